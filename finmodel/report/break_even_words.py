"""Break-even of each saving and of any input, in words and tables, each written once. No sums.

Page, paper, `results.json` and `finmodel break-even` take theirs from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.claims_needed import NeededOfClaim
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.solved import TOLERANCE, Solved
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import in_unit, number, percent, pounds
from finmodel.report.children_words import is_beyond
from finmodel.report.page_tables import titles
from finmodel.report.wording import capital, sentence

Found = dict[str, Any]
_MANY = 10
HOW = (
    "Everything else is as stated. The figure was found by search, until the measure came within half a penny (0.005) "
    "of breaking even; the last column is the measure with the figure put in."
)
_PROPORTION = (
    "Everything else is as stated. A saving is in proportion to the number behind it, so each is a live formula."
)
_IN_FULL = "Growth avoided is counted in full, also what the base budget does not hold and which releases no cash."


def claims_needed(appraisal: Appraisal, written: WrittenOption) -> list[Found]:
    """What each saving of an option must come to, as plain values."""
    needed = appraisal.written.budget.options[written.option.id].claims_needed
    return [_claim(appraisal, found) for found in needed]


def _claim(appraisal: Appraisal, found: NeededOfClaim) -> Found:
    value, reason = appraisal.results.figure, appraisal.results.reason
    return {
        "id": found.written.claim.id,
        "title": found.written.claim.label,
        "requirement": found.written.claim.basis == "requirement",
        "address": found.share.address,
        "share": value(found.share),
        "reason": reason(found.share) or None,
        "numbers": [
            {
                "label": stated.label,
                "unit": stated.unit,
                "stated": value(stated),
                "needed": value(needed),
                "reason": reason(needed) or None,
                "address": needed.address,
            }
            for stated, needed in found.numbers
        ],
    }


def claims_table(group: Sequence[Found], index: int | str) -> Table | None:
    """What each saving must come to; None where the options claim none. group: options that are alike."""
    rows = [row for claim in group[0]["break_even"] for row in _claim_rows(claim)]
    if not rows:
        return None
    columns = (Cell("As stated"), Cell("Needed"))
    caption = f"What each saving must come to by itself: {titles(group)}"
    beyond = is_beyond(group[0]["measures"]["break_even_children"])
    note = f"{_PROPORTION} {_IN_FULL}" if beyond else _PROPORTION
    return Table(f"break-even-{index}", caption, "Saving", columns, tuple(rows), note)


def _claim_rows(claim: Found) -> list[Row]:
    basis = "A requirement: nobody has forecast it." if claim["requirement"] else ""
    share = Cell(NO_FIGURE, sentence(claim["reason"])) if claim["share"] is None else Cell(_of_stated(claim["share"]))
    head = Row(capital(claim["title"]), (Cell("100%"), share), basis or "The saving as a whole")
    return [head, *(_number_row(each) for each in claim["numbers"] if claim["share"] is not None)]


def _of_stated(share: float) -> str:
    """`88.4%` of what is stated; `25.7 times` of more than ten."""
    return percent(share) if share < _MANY else f"{number(share, 1)} times"


def _number_row(given: Found) -> Row:
    needed, unit = given["needed"], given["unit"]
    cell = Cell(NO_FIGURE, sentence(given["reason"])) if needed is None else Cell(_short(needed, unit))
    return Row(given["label"], (Cell(_short(given["stated"], unit)), cell), _unit(unit), "part")


def _short(value: float, unit: str) -> str:
    """A figure as a table shows it: whole pounds, tenths of a percent, two decimals."""
    if unit.startswith("£"):
        return pounds(value)
    return percent(value) if unit in ("share", "rate") else number(value, 2)


def _unit(unit: str) -> str:
    return "" if unit in ("share", "rate", "number") else capital(unit)


def solved_as_dict(found: Solved) -> Found:
    """What was solved, as plain values, and the same in words."""
    return {**found.as_dict(), "words": solved_words(found)}


def solved_words(found: Solved) -> str:
    """`breaks even at £642.13 or more; £820.00 is stated`; or why at no figure."""
    stated = "" if found.stated is None else f"; {in_unit(found.stated, found.unit)} is stated"
    if found.figure is None:
        return f"breaks even at no figure: {found.reason}{stated}"
    jump = ", where it jumps past zero" if found.step else ""
    return f"breaks even at {solved_figure(found)} or {'more' if found.rising else 'less'}{jump}{stated}"


def solved_figure(found: Solved) -> str:
    """The figure with its unit, or how many times what is stated it is."""
    if found.figure is None:
        return NO_FIGURE
    return in_unit(found.figure, found.unit) if found.stated is not None else f"{found.figure:.4g} times what is stated"


def solved_table(found: Found, options: Sequence[str]) -> Table | None:
    """What the case asked of break-even, for these options; None where it asked nothing."""
    names = {option["id"]: option["title"] for option in found["options"]}
    rows = [
        Row(
            f"{each['label']}: {names[each['option']]}",
            (
                Cell("Changes over time" if each["stated"] is None else in_unit(each["stated"], each["unit"])),
                Cell(NO_FIGURE, sentence(each["reason"])) if each["figure"] is None else Cell(_even(each)),
                Cell(NO_FIGURE if each["reached"] is None else in_unit(settled(each["reached"]), each["measure_unit"])),
            ),
            each["address"],
        )
        for each in found.get("break_even", ())
        if each["option"] in options
    ]
    if not rows:
        return None
    columns = (Cell("As stated"), Cell("Breaks even at"), Cell(capital(found["break_even"][0]["measure_label"])))
    return Table("solved", "At which figure does it break even?", "Input", columns, tuple(rows), HOW)


def solved_sentences(option: Found, found: Found) -> tuple[str, ...]:
    """The same as sentences on an option, all else as stated."""
    solved = [each for each in found.get("break_even", ()) if each["option"] == option["id"]]
    if len(solved) == 1:
        return (f"{solved[0]['label']}: all else as stated, it {solved[0]['words']}.",)
    each_alone = "; ".join(f"{each['label'][:1].lower()}{each['label'][1:]} {each['words']}" for each in solved)
    return (f"Each by itself, all else as stated: {each_alone}.",) if solved else ()


def _even(each: Found) -> str:
    figure = in_unit(each["figure"], each["unit"]) if each["stated"] is not None else f"{each['figure']:.4g} times"
    return f"{figure} or {'more' if each['rising'] else 'less'}"


def settled(value: float) -> float:
    """What is left of zero by the search, far below half a penny, is zero."""
    return 0.0 if abs(value) < TOLERANCE else value
