"""The tables of figures as plain text: rows and cells, each figure with its reason where it has none. No sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from finmodel.appraisal.children_needed import NEEDED, Which
from finmodel.appraisal.measure import Display, Measure
from finmodel.appraisal.measures import ZERO_LINE, shown_in
from finmodel.document.notes_once import notes_once
from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import in_unit, number, percent, pounds
from finmodel.report.award_words import award_sentence
from finmodel.report.capital_words import ROWS, rows_of, side_by_side
from finmodel.report.children_words import cost_to_repay
from finmodel.results.appraised import AppraisalResults
from finmodel.results.children import IN_FULL, ChildrenNeeded, margin
from finmodel.results.costs import ApartResult, CostResult, PostResult
from finmodel.results.measures import reached
from finmodel.results.option import OptionResult
from finmodel.results.wording import (
    capital,
    children,
    children_and_whole,
    listed,
    money,
    month_words,
    sentence,
    years_shown,
)

PREFERRED = "Preferred"
BUSINESS_AS_USUAL = "Business as usual"
DO_MINIMUM = "Do minimum"


def tags(option: OptionResult) -> str:
    """What an option is, in words: preferred, business as usual, the do-minimum, or none of these."""
    which = (
        (PREFERRED, option.recommended),
        (BUSINESS_AS_USUAL, option.status_quo),
        (DO_MINIMUM, option.role == "do_minimum"),
    )
    return " and ".join(tag for tag, is_so in which if is_so)


def alike(options: Sequence[OptionResult], what: Callable[[OptionResult], object]) -> list[list[OptionResult]]:
    """Options in groups of those that are alike in `what`, in the order of the case."""
    groups: list[list[OptionResult]] = []
    for option in options:
        same = next((group for group in groups if what(group[0]) == what(option)), None)
        if same is None:
            groups.append([option])
        else:
            same.append(option)
    return groups


def where_and_note(where: str, note: str) -> str:
    """Where in its source an entry stands, and what the case says of it."""
    return "; ".join(text for text in (where, note) if text)


def titles(group: Sequence[OptionResult]) -> str:
    """The titles of a group of options."""
    return listed([option.title for option in group])


def comparison(found: AppraisalResults) -> Table:
    """Options side by side."""
    rows = [("Basis of the saving", "", _basis_cell), *_measures(found), *_capital(found)]
    made = Table(
        id="side-by-side",
        caption="What each option costs, saves and needs"
        if len(found.options) > 1
        else "What it costs, saves and needs",
        corner="Measure",
        columns=tuple(Cell(option.title, tags(option)) for option in found.options),
        rows=tuple(Row(header, tuple(map(cell, found.options)), note) for header, note, cell in rows),
        note=_comparison_note(found),
    )
    return notes_once(made)


def _capital(found: AppraisalResults) -> Iterator[tuple[str, str, Callable[[OptionResult], Cell]]]:
    """Rows on capital, where any option spends it."""
    for name in rows_of(found):
        label, note = ROWS[name]
        yield label, note, partial(_capital_cell, name)


def _capital_cell(name: str, option: OptionResult) -> Cell:
    text, note = side_by_side(option, name)
    return Cell(text, sentence(note) if note else "")


def _measures(found: AppraisalResults) -> Iterator[tuple[str, str, Callable[[OptionResult], Cell]]]:
    """A row for each measure that the page shows: its label, its note, and what stands in its cells."""
    words = {
        "years": years_shown(found.years),
        "first_year": found.years[0],
    }
    for measure, shown in shown_in(Display.PAGE, _written(found)):
        if measure.name == _AVERAGE and all(
            option.measures.break_even_children.is_throughout for option in found.options
        ):
            continue
        yield (shown.label or measure.label).format(**words), shown.note.format(**words), _cell_of(measure)


def _written(found: AppraisalResults) -> set[str]:
    """The names of the measures that the case has."""
    return {address.rpartition(".measures.")[2] for address in found.lines if ".measures." in address}


def _cell_of(measure: Measure) -> Callable[[OptionResult], Cell]:
    name = measure.name
    if name.endswith("payback"):
        return payback_cell(name)
    if name.endswith("peak_exposure"):
        return peak_cell(name)
    if name in _BESIDE_NEEDED:
        return _beside(_BESIDE_NEEDED[name])
    if name == "cost_to_repay":
        return _cost_to_repay
    return _needed(_WHICH[name]) if name in _WHICH else _figure(measure)


def _cost_to_repay(option: OptionResult) -> Cell:
    return Cell(capital(cost_to_repay(option.measures.break_even_children)))


FROM_ZERO = (
    "Every figure is the change from business as usual, which is therefore zero itself, or has no figure (–): it is "
    "what the others are compared with."
)


def _comparison_note(found: AppraisalResults) -> str:
    parts = ["Amounts are cash of the year unless a present value is named."]
    if found.case.status_quo:
        parts.append(FROM_ZERO)
    if any(option.requirement for option in found.options):
        parts.append("Where the saving is a requirement, every figure below it holds only if the requirement is met.")
    parts.append(f"Present values: {found.present_value_basis}")
    return " ".join(parts)


def _basis_cell(option: OptionResult) -> Cell:
    bases = {claim.basis for claim in option.claims}
    if bases == {"requirement"}:
        return Cell("A requirement", "what it would take, not a forecast")
    if bases == {"forecast"}:
        return Cell("A forecast")
    return Cell("Part forecast, part requirement") if bases else Cell("None claimed")


def _figure(measure: Measure) -> Callable[[OptionResult], Cell]:
    written = {"£": pounds, "rate": percent, "share": percent}.get(measure.unit, lambda value: number(value, 2))

    def cell(option: OptionResult) -> Cell:
        found = option.measures.named[measure.name]
        return Cell(written(found.value)) if found.value is not None else no_figure_cell(found.reason)

    return cell


def no_figure_cell(reason: str | None) -> Cell:
    """No figure, and why; of the zero line a dash, for the note below the table says what it is."""
    if reason == ZERO_LINE:
        return Cell(NONE)
    return Cell(NO_FIGURE, sentence(reason) if reason else "")


def payback_cell(name: str) -> Callable[[OptionResult], Cell]:
    """When a payback comes, by its name; or why it does not."""

    def cell(option: OptionResult) -> Cell:
        payback = option.measures.payback_named(name)
        if payback is None or payback.month is None or payback.years_from_start is None:
            return no_figure_cell(None if payback is None else payback.reason)
        never = payback.never_out_of_pocket
        after = "" if never else f"{number(payback.years_from_start, 1)} years from the start"
        if option.requirement:
            after = f"{after}, if what is required were reached: no forecast".removeprefix(", ")
        return Cell(capital(reached(payback)), capital(after) if never else after)

    return cell


_WHICH = {name: which for which, name in NEEDED.items()}


def _needed(which: Which) -> Callable[[OptionResult], Cell]:
    def cell(option: OptionResult) -> Cell:
        needed = option.measures.break_even_children
        exact = needed.exact(which)
        if exact is None:
            return no_figure_cell(needed.reason(which))
        note = sentence(IN_FULL) if which == "over_horizon" and exact and needed.is_beyond else ""
        return Cell(children_and_whole(exact, needed.whole(which)), note)

    return cell


def _average(needed: ChildrenNeeded) -> Cell:
    return no_figure_cell(needed.average_reason) if needed.average is None else Cell(children(needed.average))


def _forecast(needed: ChildrenNeeded) -> Cell:
    return no_figure_cell(needed.forecast_reason) if needed.forecast is None else Cell(children(needed.forecast))


def _margin(needed: ChildrenNeeded) -> Cell:
    return no_figure_cell(needed.margin_reason) if needed.margin is None else Cell(capital(margin(needed)))


_AVERAGE = "break_even_children_average"
_BESIDE_NEEDED: dict[str, Callable[[ChildrenNeeded], Cell]] = {
    _AVERAGE: _average,
    "forecast_children": _forecast,
    "margin_of_children": _margin,
}


def _beside(written: Callable[[ChildrenNeeded], Cell]) -> Callable[[OptionResult], Cell]:
    def cell(option: OptionResult) -> Cell:
        return written(option.measures.break_even_children)

    return cell


def peak_cell(name: str) -> Callable[[OptionResult], Cell]:
    """The most that an option is out of pocket, by the name of the exposure, and when."""

    def cell(option: OptionResult) -> Cell:
        peak = option.measures.exposure_named(name)
        if peak is None:
            return no_figure_cell(None)
        why = "" if peak.reason == ZERO_LINE else capital(peak.reason or "")
        return Cell(money(peak.amount), month_words(peak.month) if peak.month else why)

    return cell


YEARLY = {
    "cost": "Cost",
    "gross_saving": "Gross saving",
    "after_deadweight": "Saving after deadweight",
    "after_optimism_bias": "Saving after optimism bias",
    "cashable_saving": "Cashable saving",
    "net_saving": "Net saving",
    "cumulative_net_saving": "Cumulative net saving",
}
ALL_MONEY = {
    "capital_outlay": "Capital outlay",
    "money_spent": "All money spent",
    "net_position": "Net position",
    "cumulative_net_position": "Cumulative net position",
}  # where a case has capital
_TOTALS = ("net_saving", "cumulative_net_saving", "net_position", "cumulative_net_position")


def yearly(found: AppraisalResults) -> tuple[Table, ...]:
    """Year by year, a table for each option, or for several that are alike to the penny."""
    groups = alike(found.options, lambda option: option.by_year)
    return tuple(_yearly_table(found, group, index) for index, group in enumerate(groups))


def _yearly_table(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    by_year = group[0].by_year
    rows = [Row("Children fewer in care", tuple(Cell(children(value)) for value in by_year["children"]), "Average")]
    labels = YEARLY | (ALL_MONEY if found.has_capital else {})
    for name, label in labels.items():
        if name not in by_year:
            continue
        kind = "total" if name in _TOTALS else ""
        rows.append(Row(label, tuple(Cell(pounds(value)) for value in by_year[name]), kind=kind))
    return Table(
        id=f"yearly-{index + 1}",
        caption=f"Year by year: {titles(group)}",
        corner="Cash of the year",
        columns=_year_columns(found),
        rows=tuple(rows),
        note="These options have the same figures." if len(group) > 1 else "",
    )


def yearly_in_short(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    """Of the table of each year the rows that an answer needs: children, cost, saving, net, and net to date."""
    whole = _yearly_table(found, group, index - 1)
    labels = ("Children fewer in care", YEARLY["cost"], YEARLY["cashable_saving"], YEARLY["net_saving"])
    last: tuple[str, ...] = (YEARLY["cumulative_net_saving"],)
    if found.has_capital:
        last = (ALL_MONEY["capital_outlay"], ALL_MONEY["cumulative_net_position"])
    rows = tuple(row for row in whole.rows if row.header in (*labels, *last))
    return replace(whole, id=f"in-short-{index}", caption=f"Cost and saving by year: {titles(group)}", rows=rows)


def _year_columns(found: AppraisalResults) -> tuple[Cell, ...]:
    return tuple(Cell(year) for year in found.years)


def posts(found: AppraisalResults) -> tuple[Table, ...]:
    """How posts and other costs are priced, a table for each option that has any, or for several that are alike."""
    costing = [option for option in found.options if option.posts or option.costs or option.apart]
    groups = alike(costing, _priced)
    return tuple(_posts_table(found, group, index) for index, group in enumerate(groups))


def _priced(option: OptionResult) -> object:
    posts = [(post.title, post.cost, post.full_year_effect, post.components) for post in option.posts]
    return (
        posts,
        award_sentence(option),
        [
            *((cost.title, cost.cost, cost.full_year_effect) for cost in option.costs),
            *((item.title, item.by_year) for item in option.apart),
        ],
    )


def apart_in_words(item: ApartResult) -> str:
    """What stands next to the cost and not in it: `Capital outlay`, `In kind, from …`, `Borne by …`."""
    if item.kind == "capital":
        return "Capital outlay"
    return f"In kind, from {item.given_by}" if item.kind == "in_kind" else f"Borne by {item.borne_by}"


def _posts_table(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    option = group[0]
    subject = "this option costs" if len(group) == 1 else "each of these options costs"
    rows = [row for post in option.posts for row in _post_rows(found, option, post)]
    for cost in option.costs:
        rows.append(Row(cost.title, kind="group"))
        rows += _rungs(cost)
        rows.append(Row("Cost in the year", _money_cells(cost.cost), kind="total"))
        if cost.full_year_effect is not None:
            rows.append(Row("Full-year effect", _money_cells(cost.full_year_effect)))
        else:
            cells = (Cell(NO_FIGURE),) * len(found.years)
            rows.append(Row("Full-year effect", cells, sentence(cost.full_year_effect_reason or "")))
    for item in option.apart:
        what = apart_in_words(item)
        rows.append(Row(item.title, kind="group"))
        rows += _rungs(item)
        rows.append(Row(f"{what}: not in the cost", _money_cells(item.by_year), kind="part"))
    return Table(
        id=f"posts-{index + 1}",
        caption=f"What posts and other things cost: {titles(group)}",
        corner="Cash of the year",
        columns=_year_columns(found),
        rows=tuple(rows),
        note=(
            "The cost in the year counts the months in post (part-year effect); the full-year effect is what the year "
            f"would cost with the posts filled in all twelve. {award_sentence(option, subject)}"
        ).rstrip(),
    )


def _rungs(cost: CostResult | ApartResult) -> list[Row]:
    """A cost before optimism bias, and what is added for it; empty where the case states none."""
    bias = cost.optimism_bias
    if bias is None:
        return []
    return [
        Row("Before optimism bias", _money_cells(bias.before), kind="part"),
        Row("Optimism bias added", _money_cells(bias.added), kind="part"),
    ]


def _post_rows(found: AppraisalResults, option: OptionResult, post: PostResult) -> list[Row]:
    fte = found.figure(f"options.{option.id}.posts.{post.id}.fte")
    heading = post.title if fte is None else f"{post.title}, {in_unit(fte, 'FTE')} FTE"
    rows = [Row(heading, kind="group", note=post.note)]
    if len(post.components) > 1:
        rows += [Row(capital(label), _money_cells(values), kind="part") for label, values in post.components.items()]
    rows.append(Row("Cost in the year", _money_cells(post.cost), kind="total"))
    rows.append(Row("Full-year effect", _money_cells(post.full_year_effect)))
    return rows


def _money_cells(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
