"""The options side by side, as a cabinet compares them: eight rows at most, each a change from business as usual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import inside, number, pounds
from finmodel.report.answer import claims_a_saving
from finmodel.report.live_words import (
    all_money_spent,
    at_the_end,
    figure_of,
    first_month,
    measure,
    nil,
    none,
    told,
    way,
)
from finmodel.report.page_tables import tags
from finmodel.results.appraised import AppraisalResults
from finmodel.results.children import ChildrenNeeded
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, is_nil, listed, month_words, sentence, years_shown


def compared(found: AppraisalResults) -> list[OptionResult]:
    """The options that are compared: all but business as usual, which is the zero line; or all, where it is alone."""
    return [option for option in found.options if not option.status_quo] or list(found.options)


def leads(found: AppraisalResults) -> list[OptionResult]:
    """The options that the answer is for: the recommended one, else every one but business as usual."""
    recommended = [option for option in found.options if option.recommended]
    return recommended or compared(found)


def money_spent(option: OptionResult) -> float:
    """All money spent over the years shown, £: revenue without MRP, and capital when it is spent."""
    return option.measures.break_even_children.total_money_spent


def options_table(found: AppraisalResults) -> Table:
    """What each option costs, saves and needs; rows in which no option has a figure become a line below the table."""
    options = compared(found)
    rows: tuple[tuple[str, Callable[[AppraisalResults, OptionResult], str]], ...] = (
        ("Cost, all money spent", _cost),
        ("Of which capital", _capital),
        ("Saving in this council’s budget", _saving),
        ("Net", _net),
        ("All money recovered", _recovered),
        ("Children: needs / forecasts", _children),
        ("Most out of pocket", _exposure),
        (f"Caseload, March {int(found.years[-1][:4]) + 1}", _caseload),
        ("Public value (ratio)", _public),
    )
    made = [Row(label, tuple(Cell(write(found, option)) for option in options)) for label, write in rows]
    empty = [row.header for row in made if all(cell.text == NONE for cell in row.cells)]
    return Table(
        "options-table",
        "The options at a glance" if len(options) > 1 else "At a glance",
        "Change from business as usual" if found.case.status_quo else "Over the years shown",
        tuple(Cell(option.title, tags(option)) for option in options),
        tuple(row for row in made if row.header not in empty),
        note=" ".join(_notes(found, options, empty)),
        cards=True,
        looks="options",
    )


def recovered(option: OptionResult) -> str:
    """When all money spent is recovered, in a few words."""
    payback, peak = option.measures.payback, option.measures.peak_exposure
    if option.requirement:
        return "No forecast"
    if payback.month is not None:
        return "Never out of pocket" if is_nil(peak.amount or 0.0) else capital(month_words(payback.month))
    if all(is_nil(amount) for amount in option.by_year["net_position"]):
        return "No net cost to recover"
    return "Not within the years shown" if claims_a_saving(option) else "No saving is claimed"


def _recovered(found: AppraisalResults, option: OptionResult) -> str:
    text = recovered(option)
    if option.requirement or not claims_a_saving(option):
        return told(text, way(text))
    month = measure(found, option, "payback_month_number", "month")
    spent, saved = all_money_spent(found, option), measure(found, option, "total_saving")
    return told(
        text,
        way("No net cost to recover", when=(none(month), nil(spent), nil(saved))),
        way("Not within the years shown", when=(none(month),)),
        way("Never out of pocket", when=(first_month(month),)),
        way(month),
    )


def _cost(found: AppraisalResults, option: OptionResult) -> str:
    return told(pounds(money_spent(option)), way(all_money_spent(found, option)))


def _net(found: AppraisalResults, option: OptionResult) -> str:
    text = pounds(option.by_year["cumulative_net_position"][-1])
    return told(text, way(at_the_end(found, option, "cumulative_net_position")))


def _capital(found: AppraisalResults, option: OptionResult) -> str:
    if option.capital is None:
        return told(NONE, way(NONE))
    outlay = option.capital.outlay
    figure = figure_of(found, outlay.address)
    text = NONE if is_nil(outlay.total) else pounds(outlay.total)
    return told(text, way(NONE, when=(nil(figure),)), way(figure))


def _saving(found: AppraisalResults, option: OptionResult) -> str:
    if not claims_a_saving(option):
        return told(NONE, way(NONE))
    return told(pounds(option.measures.amount("total_saving")), way(measure(found, option, "total_saving")))


def _exposure(found: AppraisalResults, option: OptionResult) -> str:
    peak = option.measures.peak_exposure
    if option.requirement:  # with no forecast there is no saving to count on: all of it is out of pocket
        without = ", without the saving"
        return told(f"{pounds(money_spent(option))}{without}", way(all_money_spent(found, option), without))
    never = peak.amount is None or peak.month is None or is_nil(peak.amount)
    text = NONE if never else f"{pounds(peak.amount or 0.0)}, {month_words(peak.month or '')}"
    amount, month = (
        measure(found, option, "peak_exposure"),
        measure(found, option, "peak_exposure_month_number", "month"),
    )
    empty = (none(amount), none(month), nil(amount))
    return told(text, *(way(NONE, when=(state,)) for state in empty), way(amount, ", ", month))


def _children(found: AppraisalResults, option: OptionResult) -> str:
    needed = option.measures.break_even_children
    text = NONE if needed.average is None else f"{number(needed.average, 1)} / {_forecast(needed)}"
    average, forecast = (
        measure(found, option, name, "1") for name in ("break_even_children_average", "forecast_children")
    )
    without = f" / {'no forecast' if needed.basis == 'requirement' else 'none'}"
    return told(
        text,
        way(NONE, when=(none(average),)),
        way(average, without, when=(none(forecast),)),
        way(average, " / ", forecast),
    )


def _caseload(found: AppraisalResults, option: OptionResult) -> str:
    """Cases for each case-holding FTE at the end, and with nothing done."""
    of = None if found.caseload is None else found.caseload.option(option.id)
    if of is None or of.at_year_end[-1] is None:
        return NONE
    without = of.without[-1]
    against = "" if without is None else f", not {number(without, 1)}"
    return f"{number(of.at_year_end[-1], 1)} cases each{against}"


def _forecast(needed: ChildrenNeeded) -> str:
    if needed.basis == "requirement":
        return "no forecast"
    return "none" if needed.forecast is None else number(needed.forecast, 1)


def _public(found: AppraisalResults, option: OptionResult) -> str:
    value, ratio = option.measures.value("net_present_public_value"), option.measures.value("public_benefit_cost_ratio")
    beside = ratio is not None and claims_a_saving(option)
    text = NO_FIGURE if value is None else pounds(value) + (f" ({number(ratio or 0.0, 2)})" if beside else "")
    worth, of_each = (
        measure(found, option, "net_present_public_value"),
        measure(found, option, "public_benefit_cost_ratio", "2"),
    )
    ways = [way(NO_FIGURE, when=(none(worth),))]
    if claims_a_saving(option):
        ways += [way(worth, when=(none(of_each),)), way(worth, " (", of_each, ")")]
    return told(text, *ways, way(worth))


def _notes(found: AppraisalResults, options: Sequence[OptionResult], empty: Sequence[str]) -> Iterator[str]:
    """What no row can say: business as usual itself, rows without a figure, and on what the figures rest."""
    itself = found.business_as_usual
    if itself is not None:
        costs = f"costs {pounds(itself.cost.total)}" if itself.priced else "has no price in this appraisal"
        yield f"Business as usual, “{itself.title}”, {costs}."
    if found.caseload is None:
        empty = [header for header in empty if not header.startswith("Caseload")]
    if empty:
        yield f"No option has a figure for: {listed(list(map(inside, empty)))}."
    without = {option.measures.reason("net_present_public_value") for option in options} - {""}
    yield from (f"No public value: {sentence(reason)}" for reason in sorted(without))
    if any(option.requirement for option in options):
        yield "Where there is no forecast, the saving is that of the number it is costed on, and not an expectation."
    yield (
        f"Cash of the year over {years_shown(found.years)}; children fewer in care on average; public value: net "
        f"present, {found.case.price_base} prices (benefit-cost ratio)."
    )
