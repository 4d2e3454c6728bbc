"""What a library that is not ours makes of the cash flows in a workbook's cells, on the page of an audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.audit.workbooks.page_tables import NOTHING, table
from finmodel.audit.workbooks.reperforming import KNOWN_FAULTS, Agreement, Reperformed, library_name
from finmodel.document.parts import Fold, Notice, Paragraph, Part
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import in_unit
from finmodel.results.wording import capital, count

_COLUMNS = ("Measure", "In the cell", "By the library", "Difference", "Cells used", "How, or why not")


def differing_parts(found: Sequence[Reperformed]) -> Iterator[Part]:
    """What is not what the library makes of it, to stand open; nothing where all agree."""
    differing = [each for each in found if each.outcome is Agreement.DIFFERS]
    if differing:
        how_many = capital(count(len(differing), "measure is", "measures are"))
        title = f"{how_many} not what {library_name()} makes of the cash flows"
        yield Notice(title, ("Either the measure or one of the cells used is wrong.",), alarm=True)
        yield _table("reperformed-differing", "Measures that differ", differing)


def reperformed_fold(found: Sequence[Reperformed]) -> Fold | None:
    """Every measure that was worked out again; None where the workbook has none."""
    if not found:
        return None
    counts = [(outcome, sum(each.outcome is outcome for each in found)) for outcome in Agreement]
    inside = ", ".join(f"{many} {_plural(outcome, many)}" for outcome, many in counts if many)
    told = f"By {library_name()}, a library of others, from the cash flows that stand in the cells. What it does not "
    faults = Paragraph(f"{told}do, or does badly, and what is done about it: {'; '.join(KNOWN_FAULTS)}.")
    return Fold(
        "Measures worked out again",
        f"{count(len(found), 'measure')}: {inside}",
        (faults, _table("reperformed", "Measures worked out again", found)),
        prints=True,
        id="reperformed-all",
    )


def _plural(outcome: Agreement, many: int) -> str:
    return outcome.value if many == 1 else {"agrees": "agree", "differs": "differ"}.get(outcome.value, outcome.value)


def _table(name: str, caption: str, found: Sequence[Reperformed]) -> Table:
    return table(name, caption, "Sheet and cells", _COLUMNS, list(map(_row, found)), looks="reperformed")


def _row(one: Reperformed) -> Row:
    used = f"{one.flows}; rate {one.rates}" if one.rates else one.flows
    texts = (one.label or one.function.upper(), _shown(one, one.stated), _shown(one, one.found), _apart(one), used)
    return Row(one.cell, (*map(Cell, texts), Cell(f"{capital(one.outcome.value)}: {one.why}")))


def _shown(one: Reperformed, value: float | None) -> str:
    if value is None:
        return NOTHING
    return in_unit(value, one.unit) if one.unit else f"{value:,.10g}"


def _apart(one: Reperformed) -> str:
    if one.difference is None:
        return NOTHING
    return "none" if one.outcome is Agreement.AGREES else _shown(one, one.difference)
