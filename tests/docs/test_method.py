"""The method page against the model: each worked sum is done again from the page's own text, and looked up."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import shipped_cases

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.find_figure import find_period
from finmodel.case import load_case
from finmodel.lines.display import rounded

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
SHIPPED = {
    "Wolverhampton": "wolverhampton-2015",
    "Darlington": "darlington-2010",
    "Oxfordshire": "oxfordshire-2014",
    "Wolverhampton, counterfactual": "wolverhampton-counterfactual",
    "Blackburn with Darwen": "blackburn-2011",
}
# Which of the page's YAML blocks.
MADE_UP = {"Anytown": 0, "Old spine": 1, "Phased": 2, "One home": 3, "Part-timers": 4}
DASH = "–"


class Worked(NamedTuple):
    """A row of a table of examples."""

    case: str
    sum: str
    figure: str
    address: str
    period: str

    @property
    def name(self) -> str:
        return f"{self.case}: {self.address} {self.period} = {self.figure}"


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def worked_rows() -> list[Worked]:
    rows, case = [], ""
    for line in PAGE.splitlines():
        if not line.startswith("|"):
            case = ""
        elif cells(line)[1:] == ["comes to", "line", "when"]:
            case = cells(line)[0]
        elif case and not line.startswith("| ---"):
            rows.append(Worked(case, *(cell.strip("`") for cell in cells(line))))
    return rows


ROWS = worked_rows()

OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def evaluated(written: str) -> float:
    """A sum as the page writes it: ×, ÷, −, ^, %, commas in thousands; `max(a; b)` and `min(a; b)`."""
    text = written.replace(",", "").replace("£", "")
    for sign, python in (("×", "*"), ("÷", "/"), ("−", "-"), ("^", "**"), (";", ",")):
        text = text.replace(sign, python)
    text = re.sub(r"([\d.]+)%", r"(\1/100)", text)
    return _evaluated(ast.parse(text, mode="eval").body)


def _evaluated(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.BinOp():
            return OPERATIONS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
        case ast.UnaryOp(op=ast.USub()):
            return -_evaluated(node.operand)
        case ast.Call(func=ast.Name(id="max" | "min" as name)):
            return {"max": max, "min": min}[name](*map(_evaluated, node.args))
    raise ValueError(ast.dump(node))


def as_printed(value: float, like: str) -> str:
    """A value with as many decimals, and the signs, of a figure on the page."""
    plain = re.sub(r"[£%,−]", "", like)
    places = len(plain.partition(".")[2])
    figure = rounded(value * 100 if like.endswith("%") else value, places)
    sign = "−" if figure < 0 else ""
    return f"{sign}{'£' if '£' in like else ''}{abs(figure):,}{'%' if like.endswith('%') else ''}"


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    found = {name: shipped_cases.appraisal_of(folder) for name, folder in SHIPPED.items()}
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) == len(MADE_UP)
    for name, place in MADE_UP.items():
        folder = tmp_path_factory.mktemp("case")
        (folder / "case.yaml").write_text(blocks[place], encoding="utf-8")
        found[name] = appraise(load_case(folder))
    return found


def test_the_page_works_an_example_of_every_rule() -> None:
    assert len(ROWS) > 90
    assert {row.case for row in ROWS} == {*SHIPPED, *MADE_UP}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_sum_comes_to_what_the_page_says(row: Worked) -> None:
    assert as_printed(evaluated(row.sum), row.figure) == row.figure


@pytest.mark.parametrize("row", [row for row in ROWS if row.address != DASH], ids=lambda row: row.name)
def test_the_model_comes_to_the_same(row: Worked, appraisals: dict[str, Appraisal]) -> None:
    appraisal = appraisals[row.case]
    line = appraisal.written.model[row.address]
    year = row.period if "/" in row.period else None
    month = row.period if re.fullmatch(r"\d{4}-\d{2}", row.period) else None
    assert year or month or row.period == "once"
    value = appraisal.results.figure(line, find_period(appraisal, line, year, month))
    assert value is not None
    assert value == pytest.approx(evaluated(row.sum), rel=1e-9, abs=1e-7)


def test_amounts_in_the_text_stand_in_the_tables_too() -> None:
    tables = " ".join(f"{row.sum} {row.figure}" for row in ROWS)
    prose = "\n".join(line for line in PAGE.splitlines() if not line.startswith("|"))
    amounts = set(re.findall(r"£[\d,]+\.\d\d", prose))
    assert amounts
    assert [amount for amount in sorted(amounts) if amount not in tables] == []


def test_addresses_in_the_text_are_lines_of_a_case(appraisals: dict[str, Appraisal]) -> None:
    """`OPTION` stands for any option."""
    known = [line.address for appraisal in appraisals.values() for line in appraisal.written.model]
    spoken = set(re.findall(r"`((?:options|checks|grades|pay|prices|placements|rates|discounting)\.[\w.-]+)`", PAGE))
    assert spoken
    for address in spoken:
        pattern = re.escape(address).replace("OPTION", "[a-z0-9-]+")
        assert any(re.match(rf"{pattern}(\.|$)", line) for line in known), address


def test_the_reasons_are_those_that_the_model_gives(appraisals: dict[str, Appraisal]) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| `(\w+)` \| (.+?) \|$", PAGE, flags=re.MULTILINE)
    assert len(rows) >= 6
    results = appraisals["Wolverhampton"].results
    for option, measure, reason in rows:
        assert results.reason(f"options.{option}.measures.{measure}") == reason


def test_a_sum_is_read_as_an_officer_would_read_it() -> None:
    assert evaluated("12 × (1,000 − 50%) ÷ 2 ^ 2") == 12 * 999.5 / 4
    assert as_printed(-0.0073214, "−0.73%") == "−0.73%"
    with pytest.raises(ValueError, match="Name"):
        evaluated("salary")
