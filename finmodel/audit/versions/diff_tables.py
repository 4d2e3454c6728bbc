"""The tables of a comparison, the same on the page and on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.versions.diff_words import marked, moved_by, part_name
from finmodel.audit.versions.difference import Attribution, OptionMove, VersionDifference
from finmodel.audit.versions.moves import Move, Side
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.results.wording import sentence

_NOT_THERE = Cell("Not there")
_REMARKS = {"periods": "the same in the years that both versions cover", "source": "only the source changed"}


def changes_table(found: VersionDifference) -> Iterator[Table]:
    """The changes that move an input or the model, where there are any."""
    rows = [
        Row(
            marked(each.path, each.kind == "structure"),
            (Cell(each.edit.kind), Cell(each.old or "–"), Cell(each.new or "–")),
        )
        for each in found.moving
    ]
    if rows:
        yield Table(
            "changes-table",
            "Changes that move an input or the model",
            "Place in the case file",
            (Cell("What"), Cell("Old"), Cell("New")),
            tuple(rows),
            note="An asterisk marks a change of the model itself: a line or a rule came, went or became another.",
            figures=False,
        )


def inputs_table(found: VersionDifference) -> Iterator[Table]:
    """The inputs of the model that differ, each side with its source."""
    if found.inputs:
        yield Table(
            "inputs-table",
            "Inputs of the model that differ",
            "Input",
            (Cell("Unit"), Cell("Old"), Cell("New")),
            tuple(
                Row(each.label, (Cell(each.unit), _input(each.old), _input(each.new)), _remark(each))
                for each in found.inputs
            ),
            note="With the source of each value below it.",
            figures=False,
        )


def _remark(move: Move) -> str:
    """The address of an input, and what is not plain from the two sides."""
    remark = _REMARKS.get(move.kind)
    return f"{move.address}: {remark}" if remark else move.address


def _input(side: Side | None) -> Cell:
    if side is None:
        return _NOT_THERE
    origin = side.origin
    parts = (origin.source, origin.where, origin.confidence) if origin else ()
    return Cell(side.text, "; ".join(part for part in parts if part))


def measures_table(option: OptionMove, number: int) -> Iterator[Table]:
    """The measures of an option that moved. number: its place among the options, for the id."""
    rows = [Row(each.label, (_side(each.old), _side(each.new), Cell(_by(each)))) for each in option.moved_measures]
    if rows:
        columns = (Cell("Old"), Cell("New"), Cell("By"))
        yield Table(f"measures-{number}", f"Measures moved: {option.title}", "Measure", columns, tuple(rows))


def demand_table(found: VersionDifference) -> Iterator[Table]:
    """The figures of children looked after that moved."""
    rows = [Row(each.label, (_side(each.old), _side(each.new), Cell(_by(each)))) for each in found.moved_demand]
    if rows:
        columns = (Cell("Old"), Cell("New"), Cell("By"))
        yield Table("moved-demand", "Figures of children looked after that moved", "Figure", columns, tuple(rows))


def _by(each: Move) -> str:
    """How far a measure moved, in pounds; others are read from the two sides."""
    return moved_by(each.by, "£", 2) if each.unit == "£" and each.by is not None else ""


def _side(side: Side | None) -> Cell:
    if side is None:
        return _NOT_THERE
    return Cell(NO_FIGURE, sentence(side.reason)) if side.reason else Cell(side.text)


def caseload_table(found: VersionDifference) -> Iterator[Table]:
    """The figures of caseloads that moved."""
    rows = [Row(each.label, (_side(each.old), _side(each.new)), note=each.address) for each in found.caseload]
    if rows:
        columns = (Cell("Old"), Cell("New"))
        yield Table("moved-caseload", "Figures of caseloads that moved", "Figure", columns, tuple(rows), figures=False)


def years_table(option: OptionMove, number: int) -> Iterator[Table]:
    """The yearly lines of an option that moved."""
    rows = [Row(each.label, (_side(each.old), _side(each.new))) for each in option.moved_years]
    if rows:
        title, columns = f"Yearly lines moved: {option.title}", (Cell("Old"), Cell("New"))
        yield Table(f"years-{number}", title, "Line", columns, tuple(rows), figures=False)


def parts_table(option: OptionMove, each: Attribution, index: str) -> Table:
    """How far each change moved one figure, in their order. index: distinguishes the table from the others."""
    rows = [
        Row(marked(part_name(part), part.structure), (Cell(moved_by(part.by, each.unit)), Cell(part.after_text)))
        for part in each.parts
    ]
    if each.by is not None:
        rows.append(Row("In all", (Cell(moved_by(each.by, each.unit)), Cell(each.new_text)), kind="total"))
    return Table(
        id=f"parts-{index}",
        caption=f"{each.label}, change by change: {option.title}",
        corner="Change in the case file",
        columns=(Cell("Moves it by"), Cell(f"{each.label} after it")),
        rows=tuple(rows),
        note=f"Old version: {each.old_text}.",
        looks="moves",
    )
