"""The answer on one screen: what is asked, what it costs and saves, when it pays back, what it needs, how sure it is.

Figures are large and few, each with a line that says what it means; the sentences behind them are in `headline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from finmodel.appraisal.measures import FULL_YEAR_NUMBER
from finmodel.appraisal.money_spent import CUMULATIVE
from finmodel.document.live import Piece
from finmodel.document.parts import HEADROOM, Columns, Gauge, Heading, Key, Keys, Notice, Paragraph, Part
from finmodel.lines.display import inside, number, plain_number, short_pounds
from finmodel.report.answer import claims_a_saving
from finmodel.report.certainty import checks_sentence, confidence_answer, tally_of_inputs, warning_about
from finmodel.report.cumulative_chart import cumulative
from finmodel.report.evidence_tables import in_short
from finmodel.report.live_words import (
    all_money_spent,
    at_the_end,
    between,
    figure_of,
    first_month,
    measure,
    more_than,
    needed_ways,
    nil,
    none,
    reading,
    told,
    way,
)
from finmodel.report.options_table import compared, leads, money_spent, recovered
from finmodel.report.page_tables import alike, tags, titles
from finmodel.report.simulation_tables import drawn_headline
from finmodel.report.uncertainty_tables import at_evidence, nearest_limit
from finmodel.results.appraised import AppraisalResults
from finmodel.results.children import NOTHING, REPAID
from finmodel.results.option import OptionResult
from finmodel.results.set_inputs import IS_A_WHAT_IF
from finmodel.results.wording import (
    WHAT_A_SAVING_DOES,
    count,
    is_nil,
    month_words,
    months_of,
    sentence,
    span,
    whole_children,
    years_shown,
)

_WEAK = ("assumed", "illustrative", "unverified", "")  # confidences of inputs that no source supports
_MOST_PANELS = 3
_SHOWN = 0.05  # from which a number is seen at one decimal
DESK, PHONE = 500.0, 350.0  # widths of the chart of the answer, as wide as it is shown


def answer_parts(found: AppraisalResults) -> Iterator[Part]:
    """The answer for the recommended option, or for every option where none is; alike ones share a panel."""
    if found.what_if is not None:
        yield Notice(IS_A_WHAT_IF, tuple(each.words for each in found.what_if.inputs))
    if not found.checks.all_hold:
        yield Notice("A check does not hold", (checks_sentence(found),), alarm=True)
    groups = alike(leads(found), lambda option: (option.by_year, option.requirement))
    if len(groups) > _MOST_PANELS:
        yield Paragraph(
            f"No option is recommended; {count(len(groups), 'option')} stand side by side below.", "verdict"
        )
        yield from _chart(found)
        return
    for place, group in enumerate(groups):
        yield from _panel(found, group, first=place == 0, several=len(groups) > 1)
    yield from _context(found)


def _panel(found: AppraisalResults, group: Sequence[OptionResult], *, first: bool, several: bool) -> Iterator[Part]:
    option = group[0]
    if several or len(group) > 1 or len(compared(found)) > 1:
        yield Heading(titles(group), tags(option) if len(group) == 1 else "")
    says: list[Part] = [Paragraph(verdict(option, found), "verdict"), *_held_beside_need(option, found)]
    says.append(Keys(tuple(_keys(option, found))))
    says += _needs(option, found)
    says += _sureness(found, option)
    beside = tuple(map(Paragraph, (*in_short(group), *at_evidence(found, option))))
    yield Columns((tuple(says), (*_chart(found), *beside)), "answer") if first else Columns(((*says, *beside),))


def _chart(found: AppraisalResults) -> Iterator[Part]:
    if any(not is_nil(amount) for option in found.options for amount in option.by_month["cumulative_net_position"]):
        yield replace(cumulative(found, DESK), narrow=cumulative(found, PHONE))


def verdict(option: OptionResult, found: AppraisalResults) -> str:
    """The answer in a sentence: when all money spent is recovered, or why nobody can expect it."""
    payback, shown = option.measures.payback, years_shown(found.years)
    if _is_still(option):
        return "It adds no cost and no saving."
    if not claims_a_saving(option):
        return f"It costs {short_pounds(money_spent(option))} over {shown}. No saving is claimed."
    if option.requirement:
        return _if_required(option, found)
    month = measure(found, option, "payback_month_number", "month")
    never, first = (
        f"On this forecast the money spent is not recovered within {shown}.",
        "On this forecast it saves more than it costs from the first month.",
    )
    start = "On this forecast all money spent is recovered by "
    if payback.month is None:
        text = never
    elif is_nil(option.measures.peak_exposure.amount or 0.0):
        text = first
    else:
        text = f"{start}{month_words(payback.month)}."
    return told(text, way(never, when=(none(month),)), way(first, when=(first_month(month),)), way(start, month, "."))


def _if_required(option: OptionResult, found: AppraisalResults) -> str:
    needed, shown = option.measures.break_even_children, years_shown(found.years)
    whole = measure(found, option, "break_even_children_over_horizon_whole", "plain")
    without = "What it would have to save is a requirement. No forecast is made of it."
    rest = f" fewer in care to recover the money within {shown}. The paper gives no forecast."
    free, no_child = "It costs nothing, so no saving has to repay it.", f"It takes no child fewer in care: {REPAID}."
    text = without
    if needed.over_horizon_whole == 0:
        text = free if is_nil(needed.total_money_spent) else no_child
    elif needed.over_horizon_whole is not None:
        text = f"It takes {whole_children(needed.over_horizon_whole)}{rest}"
    one, below_one, spent = between(whole, 0.5, 1.5), between(whole, None, 0.5), all_money_spent(found, option)
    return told(
        text,
        way(without, when=(none(whole),)),
        way(free, when=(below_one, nil(spent))),
        way(no_child, when=(below_one,)),
        way("It takes ", whole, " child", rest, when=(one,)),
        way("It takes ", whole, " children", rest),
    )


def _held_beside_need(option: OptionResult, found: AppraisalResults) -> Iterator[Part]:
    """How far the children that a requirement is costed on, which a reader moves, are from those that it takes.

    What falls short is said of whole children; a number between the exact one and the next whole one is enough.
    """
    if not option.requirement or option.children_throughout is None:
        return
    whole, exact = (
        measure(found, option, f"break_even_children_over_horizon{name}", "plain") for name in ("_whole", "")
    )
    line, last = f"options.{option.id}.children", len(found.years) - 1  # when a late start is over
    held, gap = figure_of(found, line, "plain", last), figure_of(found, line, "gap", last, whole.address)
    repays = more_than(held, exact, -NOTHING, None)
    text = reading(
        way("No number is enough.", when=(none(whole),)),
        way(held, " is enough.", when=(between(whole, None, 0.5),)),
        way(held, " is enough.", when=(repays, more_than(held, whole, None, _SHOWN))),
        way(held, " is ", gap, " more than enough.", when=(repays,)),
        way(
            held,
            " is ",
            gap,
            " child short.",
            when=(more_than(held, whole, -1 - _SHOWN, -1 + _SHOWN),),
        ),
        way(held, " is ", gap, " children short."),
    )
    yield Paragraph(text, "verdict only-what-if")


def _keys(option: OptionResult, found: AppraisalResults) -> Iterator[Key]:
    yield _cost(option, found)
    if claims_a_saving(option):
        yield _saving(option, found)
        yield _net(option, found)
        yield from _budget(option, found)
    yield from _public(option, found)
    yield _how_sure(option, found)


def _cost(option: OptionResult, found: AppraisalResults) -> Key:
    """The cost; what of it is capital, and what a full year costs, are left out where they are zero."""
    spent = all_money_spent(found, option, "short")
    pieces: list[Piece] = [f"over {years_shown(found.years)}, {span(found.years)}"]
    outlay = None if option.capital is None else option.capital.outlay
    if outlay is not None and not is_nil(outlay.total):
        pieces += ["; ", figure_of(found, outlay.address, "short"), " of it capital", *_charged_later(option, found)]
    full_year, known = measure(found, option, "full_year_cost", "short"), option.measures.full_year_cost_year
    if full_year.value is None or is_nil(full_year.value) or known is None:
        return Key("It costs", told(short_pounds(money_spent(option)), way(spent)), reading(way(*pieces)))
    year = measure(found, option, FULL_YEAR_NUMBER, "year")
    ways = (
        way(*pieces, when=(none(full_year),)),
        way(*pieces, when=(nil(full_year),)),
        way(*pieces, "; ", full_year, " in a full year at ", year, " rates"),
    )
    text = f"{reading(way(*pieces))}; {short_pounds(full_year.value)} in a full year at {known} rates"
    return Key("It costs", told(short_pounds(money_spent(option)), way(spent)), told(text, *ways))


def _charged_later(option: OptionResult, found: AppraisalResults) -> tuple[Piece, ...]:
    """That what capital is paid with goes on after the years shown; empty where it does not."""
    after = None if option.capital is None else option.capital.after
    if after is None or is_nil(after.charges):
        return ()
    charges = figure_of(found, after.address, "short")
    until = figure_of(found, f"options.{option.id}.capital_funding.years_after", "after")
    return ", with ", charges, " of MRP and interest later, to ", until


def _saving(option: OptionResult, found: AppraisalResults) -> Key:
    """The saving, and what part of it reduces budgets of today; of a requirement, what it rests on."""
    saving = told(
        short_pounds(option.measures.amount("total_saving")), way(measure(found, option, "total_saving", "short"))
    )
    if option.requirement:
        held = option.children_throughout
        if held is None:
            return Key("It would save", saving, "if it came about; no forecast is made")
        at_last = len(found.years) - 1  # when a late start is over
        children = figure_of(found, f"options.{option.id}.children", "plain", at_last)
        rest = " fewer in care; no forecast is made"
        meaning = told(f"with {plain_number(held, 1)}{rest}", way("with ", children, rest))
        return Key("It would save", saving, meaning)
    parts = {name: part for name, part in option.mtfs.parts.items() if not is_nil(part.saved)}
    if set(parts) - {"not_stated"}:
        each = [
            (figure_of(found, part.saved_address, "short"), WHAT_A_SAVING_DOES[name]) for name, part in parts.items()
        ]
        pieces: list[Piece] = ["in this council’s budget: "]
        for place, (figure, does) in enumerate(each):
            joint = "" if place == 0 else " and " if place == len(each) - 1 else ", "
            pieces += [joint, figure, f" {does}"]
        return Key("It is forecast to save", saving, reading(way(*pieces)))
    return Key("It is forecast to save", saving, "in this council’s budget")


def _net(option: OptionResult, found: AppraisalResults) -> Key:
    net = at_the_end(found, option, CUMULATIVE, "signed")
    by = f"by {months_of(found.years)[-1].words}"
    label = "So, net, in that case" if option.requirement else "So, net"
    text = told(net.text, way(net))
    if option.requirement:
        return Key(
            label,
            text,
            reading(way(f"{by}; without the saving, ", all_money_spent(found, option, "short"), " is spent")),
        )
    amount, month = (
        measure(found, option, "peak_exposure", "short"),
        measure(found, option, "peak_exposure_month_number", "month"),
    )
    peak, meaning = option.measures.peak_exposure, by
    if peak.amount is not None and peak.month is not None and not is_nil(peak.amount):
        meaning += f"; most out of pocket {short_pounds(peak.amount)}, {month_words(peak.month)}"
    empty = (none(amount), none(month), nil(amount))
    ways = (*(way(by, when=(state,)) for state in empty), way(by, "; most out of pocket ", amount, ", ", month))
    return Key(label, text, told(meaning, *ways))


def _budget(option: OptionResult, found: AppraisalResults) -> Iterator[Key]:
    """What it does to the base budget by the last year."""
    parts = option.mtfs.parts
    if option.requirement or not parts:
        return
    if not is_nil(option.mtfs.total.total):
        change = figure_of(found, f"options.{option.id}.mtfs.all_years", "signed")
        meaning = "a year by then, growth avoided counted as a saving"
        yield Key(f"Base budget, {found.years[-1]}", reading(way(change)), meaning)


def _public(option: OptionResult, found: AppraisalResults) -> Iterator[Key]:
    value, ratio = option.measures.value("net_present_public_value"), option.measures.value("public_benefit_cost_ratio")
    if value is None or not claims_a_saving(option):
        return
    worth, of_each = (
        measure(found, option, "net_present_public_value", "signed"),
        measure(found, option, "public_benefit_cost_ratio", "2"),
    )
    valued = f"net present value, {found.case.price_base} prices"
    meaning = valued if ratio is None else f"{valued}; £{number(ratio, 2)} of saving for each £1"
    ways = (way(valued, when=(none(of_each),)), way(f"{valued}; £", of_each, " of saving for each £1"))
    yield Key("To the public sector", reading(way(worth)), told(meaning, *ways))


def _how_sure(option: OptionResult, found: AppraisalResults) -> Key:
    tally = tally_of_inputs(found, option.id)
    weak, total = sum(tally.get(each, 0) for each in _WEAK), sum(tally.values())
    meaning = (
        f"{weak:,} of the {total:,} inputs behind it are assumed or made up"
        if weak
        else f"all {total:,} inputs behind it have a source"
    )
    return Key("How sure", confidence_answer(option, found).large, meaning)


def _needs(option: OptionResult, found: AppraisalResults) -> Iterator[Part]:
    """What it needs, next to what is forecast: as a gauge where both are numbers, else in words."""
    needed = option.measures.break_even_children
    if needed.basis == "none" and not needed.over_horizon:
        return
    words = sentence(needed.words if needed.over_horizon is None else f"It {needed.words}")
    text = told(words, *needed_ways(option, found))
    if needed.average is None or needed.forecast is None or needed.margin is None or needed.basis != "forecast":
        yield Paragraph(text)
        return
    scale = max(needed.average, needed.forecast) * HEADROOM
    if scale > 0 and needed.average >= 0 and needed.forecast >= 0:
        average = measure(found, option, "break_even_children_average", "1")
        forecast = measure(found, option, "forecast_children", "1")
        yield Gauge(
            text,
            told(f"forecast {number(needed.forecast, 1)}", way("forecast ", forecast)),
            told(f"needs {number(needed.average, 1)}", way("needs ", average)),
            needed.forecast / scale,
            needed.average / scale,
            (forecast.address, average.address),
        )
    else:
        yield Paragraph(text)


def _sureness(found: AppraisalResults, option: OptionResult) -> Iterator[Part]:
    """What must be true first for it to pay back, and what the draws from the case's own ranges say, a line each."""
    yield from (
        Paragraph(said, "note") for said in (nearest_limit(found, option), drawn_headline(found, option.id)) if said
    )


def _context(found: AppraisalResults) -> Iterator[Part]:
    """The nearest rival, and what is to be known before any figure."""
    rival, notice = _rival(found), warning_about(found)
    among = notice.among_options if notice else ""
    drawn = any(
        drawn_headline(found, option.id) for option in leads(found)
    )  # the options table has the rival's figures
    if rival is not None and not among and not drawn:
        cost, saving = money_spent(rival), rival.measures.amount("total_saving")
        what = "adds no cost and no saving"
        if not (is_nil(cost) and is_nil(saving)):
            when = recovered(rival)
            when = when if rival.measures.payback.month is not None else inside(when)
            what = f"costs {short_pounds(cost)} and saves {short_pounds(saving)}; recovered: {when}"
        yield Paragraph(f"The nearest other option by money, {rival.title}, {what}.")
    if among:
        same = count(len(compared(found)), "option")
        yield Paragraph(f"The {same} cost the same and need the same number of children: money does not separate them.")


def _rival(found: AppraisalResults) -> OptionResult | None:
    """Of the options that are not recommended, the one with the highest net present budget impact.

    One that spends and saves nothing is the zero line, and a rival only where there is no other.
    """
    leading = leads(found)
    others = [option for option in compared(found) if option not in leading]
    if not others or len(leading) > 1:
        return None
    moving = [option for option in others if not _is_still(option)]
    return max(moving or others, key=lambda option: option.measures.amount("net_present_budget_impact"))


def _is_still(option: OptionResult) -> bool:
    return all(is_nil(amount) for amount in (*option.by_year["money_spent"], *option.by_year["cashable_saving"]))
