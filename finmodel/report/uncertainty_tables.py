"""Tables of what a change of the inputs would do to the answer. No sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from finmodel.document.live import LiveText
from finmodel.document.parts import Fold, Heading, Paragraph, Part
from finmodel.document.table import NO_FIGURE, Cell, Row, Table
from finmodel.lines.display import inside, number, percent, short_pounds, signed
from finmodel.report.live_words import at_the_end, first_month, measure, none, reading, way
from finmodel.report.options_table import leads
from finmodel.report.page_tables import alike, tags, titles
from finmodel.report.tornado_chart import PHONE, TornadoOf, tornado_chart
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.uncertainty import (
    IN_STEPS,
    AnswerResult,
    GridResult,
    OptionTested,
    SwitchResult,
    UncertaintyResult,
    WhatIfResult,
)
from finmodel.results.wording import count, is_nil, month_words, months_of
from finmodel.uncertainty.by_evidence import BY_EVIDENCE

AS_STATED, MOVED = "As stated", "With your changes"
_TURNS = {
    "payback": "Pays back, or not, from",
    "impact": "Net present budget impact is zero at",
    "ranking": "Another option is first by it from",
}
_STAYS = {  # as stated: the better answer, or the worse one
    "payback": ("Paid back in the years shown while", "Not paid back in the years shown while"),
    "impact": ("Net present budget impact above zero while", "Net present budget impact below zero while"),
    "ranking": ("First of the options while", "First of the options while"),
}
ALL_SWITCHING = "Every switching value"
NEAREST = 10  # inputs that are shown first
_MOST_RANGES = 5  # stated ranges that are shown first
_TRIED = "everything else as stated"
_MUCH = 0.5  # of the largest amount of a grid, from which a cell is set strongly


def tested(found: AppraisalResults) -> UncertaintyResult:
    """What was tried; every case with options has it."""
    assert found.uncertainty is not None
    return found.uncertainty


def what_if_table(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    """The questions that are asked of every case, for options that are alike."""
    given, option = tested(found), group[0]
    place = [each.option for each in given.stated].index(option.id)
    rows = [Row(AS_STATED, _cells(option, given.stated[place]), kind="total")]
    rows += [Row(each.label, _cells(option, each.options[place])) for each in given.what_if if not by_evidence(each)]
    moved = Row(MOVED, tuple(map(Cell, live_answer(found, option))), kind="total")
    caption = f"What if: {titles(group)}" if len(found.options) > 1 else "What if"
    note = f"In cash; one change at a time{', all options' if len(found.options) > 1 else ''}."
    return Table(
        f"what-if-{index}",
        caption,
        "Change",
        _columns(found, option),
        tuple(rows),
        note,
        looks="what-if fits",
        moved=moved,
    )


def evidence_table(found: AppraisalResults, option: OptionResult) -> Iterator[Part]:
    """What an option comes to at the number of children that its evidence gives; nothing where it gives none."""
    given = tested(found)
    place = [each.option for each in given.stated].index(option.id)
    asked = [each for each in given.what_if if by_evidence(each, option.id)]
    if not asked:
        return
    rows = [Row(AS_STATED, _cells(option, given.stated[place]), kind="total")]
    rows += [Row(each.label, _cells(option, each.options[place])) for each in asked]
    caption = f"At the evidence’s number of children: {option.title}"
    note = " ".join(("In cash, everything else as stated.", *dict.fromkeys(each.note for each in asked)))
    yield Table(
        f"by-evidence-{option.id}", caption, "Change", _columns(found, option), tuple(rows), note, looks="what-if fits"
    )


def at_evidence(found: AppraisalResults, option: OptionResult) -> Iterator[str]:
    """What an option comes to at each number that its evidence gives, in a sentence."""
    given = found.uncertainty
    for asked in () if given is None else given.what_if:
        if by_evidence(asked, option.id) and asked.id.rpartition(".")[2].isdigit():  # neither its low nor its high
            answer = next(each for each in asked.options if each.option == option.id)
            net, when, _ = (cell.text for cell in _cells(option, answer))
            until = "not recovered by then" if answer.payback_month is None else f"recovered: {when}"
            yield f"At the evidence’s number: {net} {inside(_columns(found, option)[0].text)}, {until}."


def by_evidence(asked: WhatIfResult, option: str = "") -> bool:
    """Whether a question is what the evidence of a claim would make of it; of an option, where one is named."""
    return f"{asked.id}.".startswith(f"{BY_EVIDENCE}.{option}." if option else f"{BY_EVIDENCE}.")


def live_answer(found: AppraisalResults, option: OptionResult) -> tuple[LiveText, LiveText, LiveText]:
    """What an option comes to with inputs that a reader moves: net by the end, recovered when, children."""
    end = at_the_end(found, option, "cumulative_net_position", "signed")
    month = measure(found, option, "payback_month_number", "month")
    average = measure(found, option, "break_even_children_average", "1")
    forecast = measure(found, option, "forecast_children", "1")
    when = (way("Not by then", when=(none(month),)), way("Never out of pocket", when=(first_month(month),)), way(month))
    children = (
        way(NO_FIGURE, when=(none(average),)),
        way(average, when=(none(forecast),)),
        way(average, " / ", forecast),
    )
    recovery = (way("No forecast"),) if option.requirement else when
    return reading(way(end)), reading(*recovery), reading(*children)


def range_parts(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Iterator[Part]:
    """The ends of the ranges that the case states: those that move an option most, and the rest behind a line."""
    given, option = tested(found), group[0]
    place = [each.option for each in given.stated].index(option.id)
    order = next(each.ranges for each in given.options if each.id == option.id)
    if not order:
        return
    stated = Row(AS_STATED, _cells(option, given.stated[place]), kind="total")

    def table(name: str, caption: str, addresses: Sequence[str]) -> Table:
        rows = [
            Row(each.label, _cells(option, each.options[place]))
            for address in addresses
            for each in given.range_ends or ()
            if each.address == address
        ]
        note = "In cash; each input by itself at the low and the high that the case states."
        return Table(
            f"{name}-{index}", caption, "Input", _columns(found, option), (stated, *rows), note, looks="what-if fits"
        )

    caption = f"What if: the ranges that the case states, {titles(group)}"
    yield table("what-if-ranges", caption, order[:_MOST_RANGES])
    rest = order[_MOST_RANGES:]
    if rest:
        inside_it = (table("what-if-other-ranges", f"{caption}: the others", rest),)
        yield Fold("The other ranges", f"{count(len(rest), 'input')}, which move it less", inside_it)


def _cells(option: OptionResult, answer: AnswerResult) -> tuple[Cell, ...]:
    net = NO_FIGURE if answer.net is None else signed(short_pounds(answer.net)) if not is_nil(answer.net) else "£0"
    needed = NO_FIGURE if answer.children_needed is None else number(answer.children_needed, 1)
    if not option.requirement and answer.children is not None:  # both fall where the effect comes late
        needed = f"{needed} / {number(answer.children, 1)}"
    return Cell(net), Cell(recovered(option, answer)), Cell(needed)


def recovered(option: OptionResult, answer: AnswerResult) -> str:
    """When all money is recovered, in a few words; of a requirement, that nobody forecasts it."""
    if option.requirement:
        return "No forecast"
    if answer.never_out_of_pocket:
        return "Never out of pocket"
    return "Not by then" if answer.payback_month is None else month_words(answer.payback_month)


def what_if_parts(found: AppraisalResults) -> Iterator[Part]:
    """The what-if tables of the options that lead; none where nothing can be asked."""
    if found.uncertainty is None or not found.uncertainty.what_if:
        return
    for index, group in enumerate(alike(leads(found), _figures(found)), 1):
        yield what_if_table(found, group, index)


_Figures = list[tuple[float | None, str | None, float | None]]


def _figures(found: AppraisalResults) -> Callable[[OptionResult], _Figures]:
    def of(option: OptionResult) -> _Figures:
        given = tested(found)
        place = [each.option for each in given.stated].index(option.id)
        answers = (given.stated[place], *(each.options[place] for each in given.what_if))
        return [(each.net, each.payback_month, each.children_needed) for each in answers]

    return of


def nearest_limit(found: AppraisalResults, option: OptionResult) -> str:
    """What must be true first for an option to pay back, in a line; "" where no single input turns it."""
    given = () if found.uncertainty is None else found.uncertainty.options
    limit = next((each.nearest_limit for each in given if each.id == option.id), "")
    return f"To pay back, first: {limit}." if limit else ""


def sensitivity_fold(found: AppraisalResults) -> Iterator[Fold]:
    """Everything that was tried, behind one line."""
    parts = tuple(sensitivity_parts(found))
    if parts:
        yield Fold("How sure: what a change would do", "", parts, id="sensitivity")


def sensitivity_parts(found: AppraisalResults) -> Iterator[Part]:
    """Scenarios, what must be true, switching values, what matters most and two inputs at once, by option that leads;
    and what was asked of every option."""
    if found.uncertainty is None:
        return
    given = found.uncertainty
    yield from _scenarios(found, given)
    options = {option.id: option for option in given.options}
    groups = alike(leads(found), lambda option: (_figures(found)(option), options[option.id].grid))
    for index, group in enumerate(groups, 1):
        each = options[group[0].id]
        yield Heading(titles(group), tags(group[0]) if len(group) == 1 else "")
        if each.must_be_true:
            yield Paragraph(each.must_be_true, "stress")
        yield from range_parts(found, group, index)
        yield from _turning(given, group, index)
        yield from _bars(found, each, group, index)
        if each.grid is not None:
            yield grid_table(found, each.grid, group, index)
        for option in group:
            yield from evidence_table(found, option)
    yield from _all_options(found)
    for note in dict.fromkeys(each.note for each in given.what_if if each.note and not by_evidence(each)):
        yield Paragraph(f"Two fewer, and two more: {inside(note)}", "quiet")
    if given.not_asked:
        asked = "; ".join(f"{each.label}: {each.reason}" for each in given.not_asked)
        yield Paragraph(f"Not asked of this case. {asked}.", "quiet")


def switching_parts(found: AppraisalResults) -> Iterator[Part]:
    """What must be true for each option that is compared to pay back, and its switching values."""
    if found.uncertainty is None:
        return
    options = {option.id: option for option in found.uncertainty.options}
    for index, option in enumerate(_shown(found), 1):
        yield Heading(option.title, tags(option))
        if options[option.id].must_be_true:
            yield Paragraph(options[option.id].must_be_true)
        yield from _turning(found.uncertainty, [option], index, exact=True)


def scenario_parts(found: AppraisalResults) -> Iterator[Part]:
    """The scenarios, or that the case names none."""
    if found.uncertainty is None:
        return
    if not found.uncertainty.scenarios:
        yield Paragraph("The case names no scenarios. They are stated under `scenarios`, each with what it sets.")
    yield from _scenarios(found, found.uncertainty)


def _scenarios(found: AppraisalResults, given: UncertaintyResult) -> Iterator[Part]:
    """The named scenarios beside the case as stated, a table an option, and what each sets."""
    if not given.scenarios:
        return
    yield Heading("Scenarios")
    for index, option in enumerate(_moving(found), 1):
        place = [each.option for each in given.stated].index(option.id)
        rows = [Row(AS_STATED, _cells(option, given.stated[place]), kind="total")]
        rows += [Row(each.title, _cells(option, each.options[place]), each.note) for each in given.scenarios]
        yield Table(
            f"scenarios-{index}",
            f"Scenarios beside the case, in cash: {option.title}",
            "Scenario",
            _columns(found, option),
            tuple(rows),
        )
    rows = []
    for each in given.scenarios:
        rows.append(Row(each.title, kind="group"))
        rows += [Row(setting.label, (Cell(setting.was), Cell(setting.now))) for setting in each.settings]
    columns = (Cell(AS_STATED), Cell("In the scenario"))
    yield Table("scenarios-set", "What each scenario sets", "Input", columns, tuple(rows), figures=False, looks="fits")


def _shown(found: AppraisalResults) -> list[OptionResult]:
    """The options of which there are answers."""
    ids = {each.option for each in tested(found).stated}
    return [option for option in found.options if option.id in ids]


def _moving(found: AppraisalResults) -> list[OptionResult]:
    """Those that anything moves: of one that costs and saves nothing there is nothing to show."""
    given = {each.id: each for each in tested(found).options}
    still = _figures(found)
    return [option for option in _shown(found) if given[option.id].tornado or any(map(_counts, still(option)))]


def _counts(answer: tuple[float | None, str | None, float | None]) -> bool:
    """Whether an answer has any amount in it."""
    net, _, needed = answer
    return not is_nil(net or 0.0) or not is_nil(needed or 0.0)


def _columns(found: AppraisalResults, option: OptionResult) -> tuple[Cell, ...]:
    children = "Average children needed" if option.requirement else "Average children: needs / forecasts"
    return (Cell(f"Net by {months_of(found.years)[-1].words}"), Cell("Recovered"), Cell(children))


def _turning(
    given: UncertaintyResult, group: Sequence[OptionResult], index: int, *, exact: bool = False
) -> Iterator[Part]:
    """The nearest switching values in round figures with all of them folded; exact: all of them as they are, alone."""
    own = [each for each in given.switching_values if each.option == group[0].id]
    by_input: dict[str, list[SwitchResult]] = {}
    for each in own:
        by_input.setdefault(each.address, []).append(each)
    turned = sorted((several for several in by_input.values() if any(each.turns for each in several)), key=_nearness)
    if not by_input:
        return
    if not turned:
        yield Paragraph(f"Switching values: no answer turns as any one input moves, {_TRIED}. {given.fineness}")
        return
    whole = _exactly(given, group, turned, len(by_input) - len(turned), index)
    if exact:
        yield whole
        return
    yield _nearest(group, turned, index)
    inputs = count(len(turned), "input")
    yield Fold(ALL_SWITCHING, f"{inputs}, unrounded", (whole,), id=f"all-switching-{index}")


def _nearest(group: Sequence[OptionResult], turned: Sequence[Sequence[SwitchResult]], index: int) -> Table:
    """The inputs whose smallest change turns an answer, and within what it stays what it is."""
    own = [each for several in turned for each in several]
    shown = [turn for turn in _STAYS if any(each.turn == turn for each in own)]
    good = {turn: next(each.now for each in own if each.turn == turn) >= 0 for turn in shown}
    rows = tuple(
        Row(several[0].label, (Cell(several[0].stated_said), *(_holds_cell(several, turn) for turn in shown)))
        for several in turned[:NEAREST]
    )
    return Table(
        f"nearest-switching-{index}",
        f"What would turn the answer, nearest first: {titles(group)}",
        "Input",
        (Cell(AS_STATED), *(Cell(_STAYS[turn][0 if good[turn] else 1]) for turn in shown)),
        rows,
        f"Each input by itself, {_TRIED}, rounded so that what stands above it holds.",
        figures=False,
        looks="wide",
    )


def _holds_cell(several: Sequence[SwitchResult], turn: str) -> Cell:
    found = next((each for each in several if each.turn == turn), None)
    return Cell("Whatever it is" if found is None or not found.turns else found.holds)


def _exactly(
    given: UncertaintyResult,
    group: Sequence[OptionResult],
    turned: Sequence[Sequence[SwitchResult]],
    still: int,
    index: int,
) -> Table:
    own = [each for several in turned for each in several]
    shown = [turn for turn in _TURNS if any(each.turn == turn for each in own)]
    note = f"{IN_STEPS} {given.fineness}"
    if still:
        inputs = count(still, "other input")
        note = f"Of {inputs} the answer turns nowhere: none within its possible range. {note}"
    return Table(
        f"switching-{index}",
        f"Switching values, {_TRIED}: {titles(group)}",
        "Input",
        (Cell(AS_STATED), *(Cell(_TURNS[turn]) for turn in shown)),
        tuple(
            Row(several[0].label, (Cell(several[0].stated_text), *(_turn_cell(several, turn) for turn in shown)))
            for several in turned
        ),
        note,
        figures=False,
        looks="wide",
    )


def _nearness(several: Sequence[SwitchResult]) -> float:
    """How far the input is from the nearest turn, as a part of what is stated."""
    return min(each.change for each in several if each.change is not None)


def _turn_cell(several: Sequence[SwitchResult], turn: str) -> Cell:
    found = next((each for each in several if each.turn == turn), None)
    if found is None:
        return Cell("It does not move it")
    if not found.turns:
        return Cell("None", f"from {found.low} to {found.high}")
    jump = any(each.step for each in found.turns)
    return Cell("; ".join(each.text for each in found.turns), "it jumps there" if jump else "")


def tornado_of(found: AppraisalResults, each: OptionTested, group: Sequence[OptionResult]) -> TornadoOf | None:
    """What is drawn of the inputs that matter to options that are alike; None where none moves them."""
    given = next(stated for stated in tested(found).stated if stated.option == each.id)
    if not each.tornado or given.net is None:
        return None
    stated = any(bar.range == "stated" for bar in each.tornado)
    which = "the range that the case states, or a tenth less and more" if stated else "a tenth less and a tenth more"
    return TornadoOf(titles(group), given.net, months_of(found.years)[-1].words, which, each.tornado)


def _bars(found: AppraisalResults, each: OptionTested, group: Sequence[OptionResult], index: int) -> Iterator[Part]:
    drawn = tornado_of(found, each, group)
    if drawn is not None:
        wide = tornado_chart(drawn, str(index))
        yield replace(wide, narrow=tornado_chart(drawn, str(index), PHONE))


def grid_table(found: AppraisalResults, grid: GridResult, group: Sequence[OptionResult], index: int) -> Table:
    """Two inputs at once, as a heat map: a sign and a word in each cell beside its colour."""
    largest = max((abs(value) for row in grid.values for value in row if value is not None), default=0.0)
    rows = tuple(
        Row(
            f"{number(children, 1)} children",
            tuple(
                _heat(value, largest, change == across == 0) for across, value in zip(grid.changes, values, strict=True)
            ),
            _part(change),
            kind="" if change else "total",
        )
        for change, children, values in zip(grid.changes, grid.children_at, grid.values, strict=True)
    )
    price = f"a placement’s price, {grid.price} as stated" if grid.price else "the prices of placements"
    return Table(
        f"grid-{index}",
        f"Children and price together: {titles(group)}",
        "Fewer in care, on average",
        tuple(Cell(_part(change) or AS_STATED) for change in grid.changes),
        rows,
        f"Net by {months_of(found.years)[-1].words}, in cash. Down: children fewer in care, before deductions. Across: "
        f"{price}. A plus sign and a shade of blue: more is saved than spent; a minus sign and a shade of red: less.",
        looks="heat",
    )


def _part(change: float) -> str:
    """`−25%`; "" for what is stated."""
    return signed(percent(change, 0)) if change else ""


def _heat(value: float | None, largest: float, stated: bool) -> Cell:
    if value is None:
        return Cell(NO_FIGURE)
    strong = "much" if largest and abs(value) >= _MUCH * largest else "some"
    looks = f"{'gain' if value >= 0 else 'loss'} {strong}{' stated' if stated else ''}"
    return Cell(signed(short_pounds(value)), looks=looks)


def _all_options(found: AppraisalResults) -> Iterator[Part]:
    """The questions asked of the options that do not lead."""
    leading = leads(found)
    others = [option for option in _moving(found) if option not in leading]
    if not tested(found).what_if:
        return
    for index, group in enumerate(alike(others, _figures(found)), len(leading) + 1):
        yield what_if_table(found, group, index)
