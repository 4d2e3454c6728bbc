"""How many single changes to a sound council model do the general checks find at the very cell?

Each formula of the model in `tests/audit/workbooks/council_model.py` is changed in four ways, one at a time. A value
typed over is the one that was stored, and a moved reference is stored without a value: so recalculation cannot help.

    python benchmarks/tampering/council_workbook.py
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "audit" / "workbooks"))
from council_model import council_model

from finmodel.audit.workbooks.contents import Position, SheetCell, Workbook, Worksheet
from finmodel.audit.workbooks.general.analysis import range_of
from finmodel.audit.workbooks.general.registry import general_findings

Found = set[tuple[str, str, str, str]]


def typed_over(cell: SheetCell) -> SheetCell | None:
    return cell._replace(formula="") if cell.kind == "number" else None


def with_factor(cell: SheetCell) -> SheetCell | None:
    return cell._replace(formula=f"({cell.formula})*1.02", value=cell.value * 1.02) if cell.kind == "number" else None


def moved(cell: SheetCell) -> SheetCell | None:
    match = re.search(r"(?<![A-Z$!'])([A-Z]{1,2})(\d+)", cell.formula)
    if match is None:
        return None
    formula = f"{cell.formula[: match.start(2)]}{int(match[2]) + 1}{cell.formula[match.end(2) :]}"
    return cell._replace(formula=formula, value=None, kind="blank")


def stale(cell: SheetCell) -> SheetCell | None:
    return cell._replace(value=cell.value * 1.1) if cell.kind == "number" and cell.value else None


KINDS = {
    "a value typed over a formula": typed_over,
    "a factor typed into a formula": with_factor,
    "a reference moved by a row": moved,
    "a stored value changed": stale,
}


def found(book: Workbook) -> Found:
    return {(f.check.id, f.sheet, f.place, f.certainty) for f in general_findings(book).findings}


def points_at(told: Found, sheet: Worksheet, place: Position) -> set[str]:
    """How sure the findings are that point at a cell."""
    areas = [(certainty, range_of(0, at)) for _, name, at, certainty in told if name == sheet.name]
    return {certainty for certainty, area in areas if area is not None and area.holds(*place)}


def main() -> None:
    model = council_model()
    before = found(model)
    counts: Counter[tuple[str, str]] = Counter()
    for sheet in model.sheets:
        for place, cell in sheet.cells.items():
            for kind, change in KINDS.items():
                changed = change(cell) if cell.formula else None
                if changed is None:
                    continue
                other = replace(sheet, cells={**sheet.cells, place: changed})
                sheets = tuple(other if one is sheet else one for one in model.sheets)
                sure = points_at(found(replace(model, sheets=sheets)) - before, sheet, place)
                counts[kind, "made"] += 1
                counts[kind, "sure"] += bool(sure & {"certain", "likely"})
                counts[kind, "found"] += bool(sure)
    for kind in KINDS:
        print(f"{kind:32} {counts[kind, 'sure']:4} likely, {counts[kind, 'found']:4} found of {counts[kind, 'made']}")


if __name__ == "__main__":
    main()
