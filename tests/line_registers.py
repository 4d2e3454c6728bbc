"""The register of a case's lines: what each is called, its unit, its section, and where an input comes from.

Taken from finmodel's own output, so it proves no figure right: it makes every change of an address, a label, a unit or
a source a deliberate one, seen in review. `python tests/line_registers.py` writes the registers anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from small_cases import NO_DEDUCTIONS, case_of, option_of

from finmodel.appraisal.appraise import write_model
from finmodel.case import Case, case_from_data, load_case
from finmodel.lines.line import Line

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "registers"
SHIPPED = sorted(path.parent.name for path in (ROOT / "inputs").glob("*/case.yaml"))
# What no shipped case uses: pay awards in pounds, a stay of a set number of months, no published spine, a lag.
THE_REST = case_of(
    option_of(
        posts=[
            {
                "id": "worker",
                "title": "Worker",
                "fte": 1.5,
                "grade": "grade",
                "end": "2016-09",
                "on_costs": {"flat_rate": "20%"},
                "ending": {"amount": 5_000, "inflation": "none", "where": "table 2"},
                "replaces": [{"id": "old", "title": "Old post", "fte": 1, "grade": "grade"}],
                "per_fte": [{"id": "travel", "label": "Travel", "amount": 1_200, "inflation": "none"}],
                "one_off": [
                    {"id": "training", "label": "Training", "amount": 600, "per": "fte", "inflation": "none"},
                    {"id": "laptop", "label": "Laptop", "amount": 900, "per": "person", "inflation": "none"},
                    {"id": "course", "label": "Training", "amount": 300, "per": "fte", "inflation": "none"},
                    {"id": "exam", "label": "Training", "amount": 100, "per": "fte", "inflation": "none"},
                ],
            }
        ],
        benefits=[
            {
                "id": "fewer",
                "label": "Fewer entries",
                "entries_avoided": 1,
                "stay": {"months": 6},
                "lag_months": 2,
                "where": "table 3",
                "placements": {"home": "100%"},
                **NO_DEDUCTIONS,
            }
        ],
    ),
    years=2,
    on_costs={"flat_rate": "25%"},
    pay_awards={"pounds": 500},
    grades={"grade": {"label": "Grade", "salary": 36_000}},
    placements={
        "home": {"label": "Home", "unit_cost": 52_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    },
)
# Starters and allowances with waits of their own, and pay after the last published spine, in pounds.
_WORKER = {
    "id": "worker",
    "title": "Worker",
    "fte": 2,
    "grade": "grade",
    "newly_qualified": {"point": "bottom", "months": 6, "share": "50%"},
    "supplements": [
        {"id": "stay", "label": "Retention", "amount": 900, "after_months": 9},
        {"id": "market", "label": "Market supplement", "percent": "5%", "start": "2027-05"},
    ],
}
AWARDS_IN_POUNDS = case_of(
    option_of(posts=[_WORKER]),
    first_year="2026/27",
    years=3,
    on_costs={"flat_rate": "25%"},
    pay_awards={"pounds": {"by_year": {"2027/28": 900, "2028/29": 1_000}}},
    grades={"grade": {"label": "Grade", "points": "33-35"}},
)
# Pay and awards of the years between the last published spine and the first year.
AWARDS_BEFORE = case_of(
    option_of(
        posts=[
            {"id": "worker", "title": "Worker", "fte": 1, "grade": "grade"},
            {"id": "starter", "title": "Starter", "fte": 1, "grade": "grade", "point": "bottom"},
        ]
    ),
    first_year="2028/29",
    on_costs={"flat_rate": "25%"},
    pay_awards={"percent": {"by_year": {"2027/28": "2%", "2028/29": "3%"}}},
    grades={"grade": {"label": "Grade", "points": "33-35"}},
)
# The average rate of the pension funds, and a salary that no award raises.
FUNDS_AVERAGE = case_of(
    option_of(posts=[{"id": "worker", "title": "Worker", "fte": 1, "grade": "grade"}]),
    first_year="2023/24",
    on_costs={"employer_pension": {"published": "national-average"}},
    grades={"grade": {"label": "Grade", "salary": 36_000, "where": "table 1"}},
)
MADE_UP = {
    "funds-average": FUNDS_AVERAGE,
    "the-rest": THE_REST,
    "awards-in-pounds": AWARDS_IN_POUNDS,
    "awards-before": AWARDS_BEFORE,
}
CASES = [*SHIPPED, "every-cost", *MADE_UP]
HEADINGS = ("address", "label", "unit", "section", "timeline", "source", "where", "confidence", "note")


def register(case: str) -> str:
    """The register of a case as CSV; a line that every option has stands there once."""
    written = write_model(_case(case))
    options = [option.option.id for option in written.options]
    rows = dict.fromkeys(_row(line, options) for line in written.model)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue()


def _case(name: str) -> Case:
    if name in MADE_UP:
        return case_from_data(MADE_UP[name])
    folder = ROOT / "inputs" if name in SHIPPED else ROOT / "tests" / "case" / "cases"
    return load_case(folder / name).case


def _row(line: Line, options: list[str]) -> tuple[str, ...]:
    address = line.address
    for option in options:
        address = address.replace(f"options.{option}.", "options.*.")
    origin = line.origin
    told = (origin.source, origin.where, origin.confidence) if origin else ("", "", "")
    note = line.note or (origin.note if origin else "")
    return (address, line.label, line.unit, line.section, line.timeline.value, *told, note)


def differences(case: str) -> Iterator[str]:
    """The rows that the code gives and the file does not hold, and the other way round."""
    given = register(case).splitlines()
    held = (FOLDER / f"{case}.csv").read_text(encoding="utf-8").splitlines()
    yield from (f"new: {row}" for row in given if row not in set(held))
    yield from (f"gone: {row}" for row in held if row not in set(given))


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / f"{name}.csv").write_text(register(name), encoding="utf-8")
