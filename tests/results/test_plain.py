"""The plain form of results, and its schema, against forms written by hand; and the shipped cases against the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import numpy as np
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from msgspec import Struct

from finmodel.appraisal.appraise import appraise
from finmodel.case import load_case
from finmodel.cli import main
from finmodel.results.appraised import results
from finmodel.results.json_schema import results_schema
from finmodel.results.plain import Plain, as_json, as_json_bytes, plain
from finmodel.results.written import INLINE, LEFT_OUT, Reasoned

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "results.schema.json"
CASES = sorted(path.parent for path in (ROOT / "inputs").glob("*/case.yaml"))


class _Inner(Struct, frozen=True):
    from_: str | None
    note: Annotated[str, LEFT_OUT] = ""


class _Outer(Struct, frozen=True):
    many: tuple[_Inner, ...]
    named: Annotated[Mapping[str, Reasoned], INLINE]
    within: Annotated[_Inner, INLINE]
    gone: Annotated[_Inner | None, LEFT_OUT]
    nothing: float | None = None


def test_the_text_is_what_the_library_of_the_language_writes_of_the_plain_form() -> None:
    numbers = (0.1, -0.0, 1e300, 5e-324, 3, True, None, np.float64(0.1))
    texts = {'£ “é”\n\t\\"\u2028\x00': "😀"}
    inner = (_Inner("a", "b"), [], {}, ("c", (1, ())), [numbers, [_Inner(None)]])
    for value in (numbers, texts, inner, _Outer((), {}, _Inner("c"), None), "a", None, 1.5):
        expected = json.dumps(plain(value), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
        assert as_json(value) == expected
        assert as_json_bytes(value) == expected.encode()
    for value in (float("nan"), [1.0, float("inf")], np.float64("nan")):
        with pytest.raises(ValueError, match="JSON compliant"):
            as_json(value)


def test_a_record_is_written_by_its_fields_marks_obeyed() -> None:
    named = {"there": Reasoned(2.5, ""), "missing": Reasoned(None, "it costs nothing")}
    outer = _Outer((_Inner("a"), _Inner(None, "b")), named, _Inner("c", "d"), None)
    written = {
        "many": [{"from": "a"}, {"from": None, "note": "b"}],
        "there": 2.5,
        "missing": None,
        "missing_reason": "it costs nothing",
        "from": "c",
        "note": "d",
        "nothing": None,
    }
    assert plain(outer) == written
    assert list(plain(outer) or ()) == list(written)  # the order of the fields
    assert plain(_Outer((), {}, _Inner("c"), _Inner("e"))) == {
        "many": [],
        "from": "c",
        "gone": {"from": "e"},
        "nothing": None,
    }


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", _Inner], ids=["object", "set", "bytes", "a type"])
def test_what_has_no_plain_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no plain form"):
        plain([value])


def test_not_a_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json(Reasoned(float("nan"), ""))


def _closed(schema: Plain) -> Plain:
    """The schema with every object closed to keys that it does not name: stricter than what is published."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(each) for name, each in schema.items()}
    if "properties" in schema and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


@cache
def _strict() -> Draft202012Validator:
    schema = _closed(results_schema())
    assert isinstance(schema, dict)
    return Draft202012Validator(schema)


def test_the_published_schema_is_that_of_the_types() -> None:
    printed = CliRunner().invoke(main, ["schema", "results"])
    assert printed.exit_code == 0
    assert printed.stdout == PUBLISHED.read_text(encoding="utf-8"), "finmodel schema results > docs/results.schema.json"
    Draft202012Validator.check_schema(json.loads(printed.stdout))


def test_the_schema_of_a_copy_to_publish_is_that_of_its_types() -> None:
    printed = CliRunner().invoke(main, ["schema", "public-results"])
    assert printed.exit_code == 0
    stored = (ROOT / "docs" / "public-results.schema.json").read_text(encoding="utf-8")
    assert printed.stdout == stored, "finmodel schema public-results > docs/public-results.schema.json"
    Draft202012Validator.check_schema(json.loads(printed.stdout))


@cache
def _written(case: Path) -> str:
    return as_json(results(appraise(load_case(case))))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_shipped_case_is_as_the_schema_says_and_has_no_key_beyond(case: Path) -> None:
    assert [error.message for error in _strict().iter_errors(json.loads(_written(case)))] == []


# In places of every kind: nothing for a list, a text for a number, a kind that is not named.
SPOILED: dict[str, Plain] = {
    "years": None,
    "format": 2,
    "options.0.measures.payback.years": "four",
    "options.0.measures.total_cost": "£1",
    "options.0.by_year.cost.0": None,
    "options.0.risk_table": {},
    "provenance.rates.0.vintage.0.row": "12",
    "options.0.accounts.council.lines.0.kind": "other",
}


@pytest.mark.parametrize("place", SPOILED)
def test_the_schema_sees_what_is_wrong(place: str) -> None:
    found = json.loads(_written(ROOT / "inputs" / "wolverhampton-2015"))
    assert _strict().is_valid(found)
    *way, last = (int(step) if step.isdigit() else step for step in place.split("."))
    inner = found
    for step in way:
        inner = inner[step]
    assert inner[last] != SPOILED[place]
    inner[last] = SPOILED[place]
    assert not _strict().is_valid(found)
