"""The page of a comparison: one HTML file that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from finmodel.audit.versions.diff_words import (
    STRUCTURE_MARK,
    chain_of_states,
    headline,
    moved_by,
    moved_measures,
    moved_years,
    part_name,
    verdict,
)
from finmodel.audit.versions.waterfall import waterfall
from finmodel.document.chart_shapes import Chart
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.document.templating import environment
from finmodel.report.frame import ContentsEntry, Frame
from finmodel.results.wording import sentence

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Why:
    """What moved one figure of an option: the sentence, the chart, the table, in which order."""

    headline: str
    chart: Chart | None
    table: Table | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option on the page."""

    title: str
    tag: str
    headlines: tuple[str, ...]
    why: tuple[Why, ...]
    measures: Table | None
    years: Table | None


def render_page(found: Found) -> str:
    """The page of a comparison's plain values. The same comparison gives the same text."""
    return (
        environment()
        .get_template("diff.html.j2")
        .render(
            frame=_frame(found),
            verdict=verdict(found),
            broken=[name for name in ("old", "new") if not found[name]["checks_hold"]],
            options=[_option(option, index) for index, option in enumerate(found["options"])],
            changes=_changes(found),
            words=[each["path"] for each in found["changes"] if each["kind"] == "words"],
            inputs=_inputs(found),
            files=found["files"],
            basis=_basis(found),
        )
    )


def _frame(found: Found) -> Frame:
    old, new = found["old"], found["new"]
    return Frame(
        council=new["council"],
        title="What changed, and what it moved",
        summary=f"Two versions of “{new['title']}” compared: {old['folder']} (old) and {new['folder']} (new).",
        facts=(
            ("Old version", f"{old['folder']}, {old['years'][0]} to {old['years'][-1]}"),
            ("New version", f"{new['folder']}, {new['years'][0]} to {new['years'][-1]}"),
        ),
        contents=(
            ContentsEntry("answer", "The answer"),
            *([ContentsEntry("why", "What moved it")] if found["moved"] else []),
            ContentsEntry("changes", "What was changed"),
            *([ContentsEntry("inputs", "Inputs of the model")] if found["inputs"] else []),
            *([ContentsEntry("figures", "Figures moved")] if found["moved"] else []),
            ContentsEntry("reading", "How to read it"),
        ),
    )


def _basis(found: Found) -> str:
    old, new = (found[name]["present_value_basis"] for name in ("old", "new"))
    return str(new) if old == new else f"Old version: {old} New version: {new}"


def _option(option: Found, index: int) -> OptionView:
    moved = moved_measures(option)
    only = "" if option["which"] == "both" else f"Only in the {option['which']} version"
    attributions = option["attribution"] if moved else []
    return OptionView(
        title=option["title"],
        tag=only,
        headlines=tuple(headline(each) for each in attributions),
        why=tuple(_why(option, each, f"{index + 1}-{n + 1}") for n, each in enumerate(attributions)),
        measures=_measures(option, moved, index),
        years=_years(option, index),
    )


def _why(option: Found, each: Found, index: str) -> Why:
    if not each["parts"]:
        return Why(headline(each), None, None, ())
    chart = waterfall(option, each, int(index.partition("-")[0])) if each["unit"] == "£" else None
    states = f"In order: {chain_of_states(each)}." if each["by"] is None else ""
    sentences = tuple(filter(None, (states, each["order"])))
    return Why(headline(each), chart, _parts(option, each, index), sentences)


def _parts(option: Found, each: Found, index: str) -> Table:
    unit = each["unit"]
    rows = [
        Row(
            part_name(part) + (STRUCTURE_MARK if part["structure"] else ""),
            (Cell(moved_by(part["in_order"], unit)), Cell(part["after_text"])),
        )
        for part in each["parts"]
    ]
    if each["by"] is not None:
        rows.append(Row("In all", (Cell(moved_by(each["by"], unit)), Cell(each["new_text"])), kind="total"))
    return Table(
        id=f"parts-{index}",
        caption=f"{each['label']}, change by change: {option['title']}",
        corner="Change in the case file",
        columns=(Cell("Moves it by"), Cell(f"{each['label']} after it")),
        rows=tuple(rows),
        note=f"Old version: {each['old_text']}.",
    )


def _measures(option: Found, moved: Sequence[Found], index: int) -> Table | None:
    if not moved:
        return None
    return Table(
        id=f"measures-{index + 1}",
        caption=f"Measures moved: {option['title']}",
        corner="Measure",
        columns=(Cell("Old"), Cell("New"), Cell("By")),
        rows=tuple(Row(each["label"], (_side(each["old"]), _side(each["new"]), Cell(_by(each)))) for each in moved),
    )


def _by(each: Found) -> str:
    """How far a measure moved, in pounds; others are read from the two sides."""
    return moved_by(each["by"], "£", 2) if each["unit"] == "£" and each["by"] is not None else ""


def _side(side: Found | None) -> Cell:
    if side is None:
        return Cell("Not there")
    if side.get("reason"):
        return Cell(NO_FIGURE, sentence(side["reason"]))
    return Cell(side["text"])


def _years(option: Found, index: int) -> Table | None:
    moved = moved_years(option)
    if not moved:
        return None
    rows = [Row(each["label"], (_side(each["old"]), _side(each["new"]))) for each in moved]
    return Table(
        f"years-{index + 1}",
        f"Yearly lines moved: {option['title']}",
        "Line",
        (Cell("Old"), Cell("New")),
        tuple(rows),
        figures=False,
    )


def _changes(found: Found) -> Table | None:
    moving = [each for each in found["changes"] if each["kind"] != "words"]
    rows = [
        Row(
            each["path"] + (STRUCTURE_MARK if each["kind"] == "structure" else ""),
            (Cell(each["change"]), Cell(each["old"] or "–"), Cell(each["new"] or "–")),
        )
        for each in moving
    ]
    if not rows:
        return None
    return Table(
        "changes-table",
        "Changes that move an input or the model",
        "Place in the case file",
        (Cell("What"), Cell("Old"), Cell("New")),
        tuple(rows),
        note="An asterisk marks a change of the model itself: a line or a rule came, went or became another.",
        figures=False,
    )


def _inputs(found: Found) -> Table | None:
    if not found["inputs"]:
        return None
    return Table(
        "inputs-table",
        "Inputs of the model that differ",
        "Input",
        (Cell("Unit"), Cell("Old"), Cell("New")),
        tuple(
            Row(each["label"], (Cell(each["unit"]), _input(each["old"]), _input(each["new"])), _remark(each))
            for each in found["inputs"]
        ),
        note="With the source of each value below it.",
        figures=False,
    )


def _remark(each: Found) -> str:
    """The address of an input, and what is not plain from the two sides."""
    remarks = {"periods": "the same in the years that both versions cover", "source": "only the source changed"}
    remark = remarks.get(each["change"])
    return f"{each['address']}: {remark}" if remark else str(each["address"])


def _input(side: Found | None) -> Cell:
    if side is None:
        return Cell("Not there")
    origin = side.get("origin", {})
    parts = (origin.get("source"), origin.get("where"), origin.get("confidence"))
    return Cell(side["text"], "; ".join(part for part in parts if part))
