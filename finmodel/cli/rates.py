"""`finmodel rates`: the published figures, asked for from a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from finmodel.cli.outermost import Refused
from finmodel.cli.streams import say, say_data

if TYPE_CHECKING:
    from finmodel.reference.answer import RateAnswer
    from finmodel.reference.dataset import Dataset

# The neighbours of all councils are 3,140 figures; their children in care in all years, 100,000.
_MOST_PRINTED = 5_000

# The reference data is imported inside the functions: `finmodel --help` need not wait for it.


def _year(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from finmodel.lines.periods import FinancialYear  # noqa: PLC0415

    try:
        return None if value is None else str(FinancialYear.parse(value))
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


def _day_of(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("write the day like 2026-11-28", context, parameter) from None


@click.command("rates")
@click.argument("dataset", required=False)
@click.option("--year", callback=_year, metavar="YEAR", help="A financial year, such as 2025/26.")
@click.option("--point", type=int, metavar="POINT", help="A spinal column point, such as 31.")
@click.option("--area", metavar="AREA", help="Part of an area's name, such as Wolverhampton.")
@click.option("--stale", is_flag=True, help="List the data sets of which a newer issue was expected by now.")
@click.option("--on", "day", callback=_day_of, metavar="DATE", help="With --stale: by that day, such as 2026-11-28.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for another program.")
def rates(
    dataset: str | None,
    year: str | None,
    point: int | None,
    area: str | None,
    stale: bool,
    day: date | None,
    as_json: bool,
) -> None:
    """Published rates with their sources, and how far to trust each.

    Without DATASET, lists what there is. For example: finmodel rates njc --year 2025/26 --point 31
    """
    from finmodel.reference.layout import answers_text, catalogue_text  # noqa: PLC0415
    from finmodel.reference.listing import catalogue  # noqa: PLC0415
    from finmodel.reference.questions import query, why_nothing  # noqa: PLC0415

    if stale or day is not None:
        if not stale or (dataset, year, point, area) != (None, None, None, None):
            raise click.UsageError("--stale goes with --on and --json alone.")
        _stale(day or date.today(), as_json)
        return
    if dataset is None and (year, point, area) == (None, None, None):
        infos = catalogue()
        if as_json:
            say_data(_json([asdict(info) for info in infos]))
        else:
            say(catalogue_text(infos))
        return
    if dataset is not None:
        _check_options(_known(dataset), point, area)
    found = query(dataset, year, point, area)
    if not found:
        raise Refused(why_nothing(dataset, year, point, area))
    if len(found) > _MOST_PRINTED and not as_json:
        few = "--area or --year" if dataset is None or _known(dataset).has("area") else "--year"
        raise Refused(f"That is {len(found):,} figures: narrow the question with {few}, or ask for --json.")
    if as_json:
        say_data(_as_json(found))
    else:
        say(answers_text(found))


def _stale(on: date, as_json: bool) -> None:
    from finmodel.reference.layout import stale_text  # noqa: PLC0415
    from finmodel.reference.publications import stale  # noqa: PLC0415

    found = stale(on)
    if as_json:
        say_data(_json([asdict(each) for each in found]))
    else:
        say(stale_text(found, on))


def _known(name: str) -> Dataset:
    from finmodel.reference.datasets import UnknownDatasetError, find_dataset  # noqa: PLC0415

    try:
        return find_dataset(name)
    except UnknownDatasetError as error:
        raise Refused(str(error)) from None


def _check_options(dataset: Dataset, point: int | None, area: str | None) -> None:
    if point is not None and not (dataset.has("scp") or dataset.has("old_scp")):
        raise click.UsageError(f"--point is for pay (finmodel rates njc); {dataset.alias} has no pay points.")
    if area is not None and not dataset.has("area"):
        raise click.UsageError(f"--area is not for {dataset.alias}, which has no areas.")


def _as_json(answers: Sequence[RateAnswer]) -> str:
    return _json([{**asdict(answer), "words": answer.words, "when": answer.when} for answer in answers])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
