"""The report as data: a tidy CSV, a row a figure, and JSON. What the page hides is hidden here too."""

from __future__ import annotations

import csv
import io
import json

from finmodel import __version__
from finmodel.workload.published import ShownLine, ShownReport

FORMAT = "finmodel workload 1"
COLUMNS = (
    "quarter", "measure", "section", "value", "quarter_end", "group", "label", "kind", "unit", "base",
    "change_on_last_quarter", "change_on_last_year",
)  # fmt: skip
_DECIMALS = 6
_YEAR = 4


def as_csv(report: ShownReport) -> str:
    """A row a figure, in the long form that is read; the value is empty where there is none, c where it is hidden."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    names = [(quarter.name, quarter.last_day.isoformat()) for quarter in report.quarters]
    for line in report.lines:
        ends = (line.group, line.label, line.kind, line.unit, line.base)
        for place, (name, day) in enumerate(names):
            changes = (_plain(line.change(place, back)) for back in (1, _YEAR))
            row = (name, line.key.measure, line.key.section, _cell(line, place), day, *ends, *changes)
            writer.writerow(row)
    return target.getvalue()


def _cell(line: ShownLine, place: int) -> str:
    value = line.values[place]
    if value is None:
        return "" if line.signs[place] == "missing" else line.signs[place]
    return _plain(value)


def _plain(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() else f"{round(value, _DECIMALS):.15g}"


def as_json(report: ShownReport) -> str:
    """The same by line, with notes and comparators."""
    last = len(report.quarters) - 1
    found = {
        "format": FORMAT,
        "finmodel": __version__,
        "title": report.title,
        "authority": report.authority,
        "suppressed": report.suppressed,
        "quarters": [
            {"name": each.name, "end": each.last_day.isoformat(), "missing": each in report.missing}
            for each in report.quarters
        ],
        "lines": [
            {
                "measure": line.key.measure,
                "section": line.key.section,
                "label": line.label,
                "group": line.group,
                "unit": line.unit,
                "kind": line.kind,
                "base": line.base,
                "note": line.note,
                "values": [None if value is None else round(value, _DECIMALS) for value in line.values],
                "signs": list(line.signs),
                "on_last_quarter": line.change_words(last, 1),
                "on_last_year": line.change_words(last, _YEAR),
                **({"beside": _comparator(line)} if line.comparator is not None else {}),
            }
            for line in report.lines
        ],
        "notes": [{"about": note.about, "text": note.text} for note in report.notes],
        "assumptions": list(report.assumptions),
        "asked": list(report.asked),
        # A digest of the tables would let a guess at a hidden figure be tried.
        "sources": [] if report.suppressed else [{"file": name, "sha256": digest} for name, digest in report.sources],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _comparator(line: ShownLine) -> dict[str, str | float | int | None]:
    one = line.comparator
    assert one is not None
    return {
        "period": one.period,
        "england": one.england,
        "region": one.region,
        "region_name": one.region_name,
        "neighbours_median": one.neighbours,
        "neighbours": one.number,
        "caution": one.caution,
        "source": one.source,
    }
