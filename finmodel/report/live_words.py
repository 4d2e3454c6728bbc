"""Figures of an appraisal inside text, and the words of them that depend on what they come to.

A page with levers shows such text again with other inputs. What is here is only how it reads; no sum, and no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from finmodel.document.live import Form, LiveFigure, LiveState, LiveText, Piece, Way
from finmodel.lines.display import number, plain_number, pounds, short_pounds, signed_pounds
from finmodel.lines.periods import FinancialYear
from finmodel.results.appraised import AppraisalResults
from finmodel.results.children import IN_FULL, NO_COST, NOTHING, REPAID, apart_as_shown
from finmodel.results.option import OptionResult
from finmodel.results.wording import children_and_whole, months_of

_PENNY = 0.005  # from which money comes to something at the penny
_WRITTEN: dict[str, Callable[[float], str]] = {
    "pounds": pounds,
    "short": short_pounds,
    "signed": signed_pounds,
    "0": number,
    "1": lambda value: number(value, 1),
    "2": lambda value: number(value, 2),
    "plain": lambda value: plain_number(value, 1),
}


def told(text: str, *ways: Way) -> str:
    """The text with the ways in which it can read; plain text where these do not give it as stated, letter by letter.

    Plain text is set aside on a page whose inputs are moved, so that it says nothing that is not so.
    """
    try:
        return LiveText(text, ways)
    except ValueError:
        return text


def reading(*ways: Way) -> LiveText:
    """The text that the ways give as stated."""
    pieces = next(pieces for states, pieces in ways if all(state.holds for state in states))
    return LiveText("".join(piece if isinstance(piece, str) else piece.text for piece in pieces), ways)


def way(*pieces: Piece, when: tuple[LiveState, ...] = ()) -> Way:
    """A way in which a text reads, when all of these states hold."""
    return when, pieces


def figure_of(
    found: AppraisalResults, address: str, form: Form = "pounds", period: int = 0, beside: str = ""
) -> LiveFigure:
    """A figure of a line, in a period counted from 0; beside: the line that its form takes too."""
    value = found.figures(address)[period]
    return LiveFigure(address, period, form, value, _text(found, value, form, beside), beside)


def _text(found: AppraisalResults, value: float | None, form: Form, beside: str) -> str:
    if value is None:
        return ""
    if form == "whole":
        return children_and_whole(value, found.figure(beside))
    if form in ("apart", "gap"):
        other = found.figure(beside) or 0.0
        return apart_as_shown(other + value, other) if form == "apart" else plain_number(abs(other - value), 1)
    if form == "month":
        return months_of(found.years)[round(value) - 1].words
    if form == "after":
        return str(FinancialYear.parse(found.years[-1]) + round(value))
    return found.years[round(value) - 1] if form == "year" else _WRITTEN[form](value)


def measure(
    found: AppraisalResults, option: OptionResult, name: str, form: Form = "pounds", beside: str = ""
) -> LiveFigure:
    """A measure of an option, by its name."""
    own = f"options.{option.id}.measures."
    return figure_of(found, f"{own}{name}", form, 0, f"{own}{beside}" if beside else "")


def at_the_end(found: AppraisalResults, option: OptionResult, name: str, form: Form = "pounds") -> LiveFigure:
    """A yearly figure of an option, in the last year shown."""
    return figure_of(found, f"options.{option.id}.{name}", form, len(found.years) - 1)


def all_money_spent(found: AppraisalResults, option: OptionResult, form: Form = "pounds") -> LiveFigure:
    """All money spent over the years shown; without capital the case has no line of its own for it."""
    address = f"options.{option.id}.measures.total_money_spent"
    return measure(found, option, "total_money_spent" if address in found.lines else "total_cost", form)


def none(figure: LiveFigure) -> LiveState:
    """That it has no number."""
    return LiveState(figure, none=True)


def nil(figure: LiveFigure) -> LiveState:
    """That it is money that comes to nothing at the penny."""
    return LiveState(figure, least=-_PENNY, below=_PENNY)


def between(figure: LiveFigure, least: float | None, under: float | None) -> LiveState:
    """That it is a number from one on and below another; None: without such an end."""
    return LiveState(figure, least=least, below=under)


def more_than(figure: LiveFigure, other: LiveFigure, least: float | None, under: float | None) -> LiveState:
    """That it is more than another number by so much, from one on and below another; less, where these are negative."""
    return LiveState(figure, least=least, below=under, than=other)


def first_month(figure: LiveFigure) -> LiveState:
    """That a month of payback is the first: it is never out of pocket."""
    return LiveState(figure, least=0.5, below=1.5)


def needed_ways(option: OptionResult, found: AppraisalResults) -> Iterator[Way]:
    """What `verdict` (`finmodel/results/children.py`) says of the children needed, in every state of its figures."""
    needed = option.measures.break_even_children
    exact = measure(
        found, option, "break_even_children_over_horizon", "whole", "break_even_children_over_horizon_whole"
    )
    reason = replace(exact, form="reason", text=needed.over_horizon_reason or "")
    yield way("No number can be given: ", reason, ".", when=(none(exact),))
    spent, some = all_money_spent(found, option), between(exact, None, NOTHING)
    yield way(f"It needs none: {REPAID}.", when=(some, between(spent, _PENNY, None)))
    yield way(f"It needs none: {NO_COST}.", when=(some,))
    for counted, when_counted in _counted(found, option):
        for needs, when_needs in _throughout(found, option, exact):
            if needed.basis != "forecast":
                rest = "no forecast is made" if needed.basis == "requirement" else "none is claimed"
                yield way("It needs ", exact, f"; {rest}{counted}.", when=when_counted)
                continue
            forecast, apart = (
                measure(found, option, "forecast_children", "1"),
                measure(found, option, "margin_of_children", "apart", "break_even_children_average"),
            )
            beside = ("; forecasts ", forecast, " on average: ")
            for state, words in _margins(apart):
                yield way("It needs ", *needs, *beside, *words, f"{counted}.", when=(*when_counted, *when_needs, state))
            yield way("It needs ", *needs, f"{counted}.", when=(*when_counted, *when_needs, none(apart)))


def _counted(found: AppraisalResults, option: OptionResult) -> Iterator[tuple[str, tuple[LiveState, ...]]]:
    """That growth avoided is counted in full, where the base budget does not hold all of it."""
    if f"options.{option.id}.measures.growth_beyond_base_budget" in found.lines:
        beyond = measure(found, option, "growth_beyond_base_budget")
        yield f"; {IN_FULL}", (between(beyond, _PENNY, None),)
    yield "", ()


def _throughout(
    found: AppraisalResults, option: OptionResult, exact: LiveFigure
) -> Iterator[tuple[tuple[Piece, ...], tuple[LiveState, ...]]]:
    """The number needed; where the effect is not there throughout, the average first."""
    share = f"options.{option.id}.measures.share_in_effect"
    if share in found.lines:
        average = measure(found, option, "break_even_children_average", "1")
        pieces = (average, " on average (", exact, ", while the effect lasts)")
        yield pieces, (between(figure_of(found, share, "2"), None, 1 - NOTHING),)
    yield (exact,), ()


def _margins(figure: LiveFigure) -> tuple[tuple[LiveState, tuple[Piece, ...]], ...]:
    """The words of a margin of children, by what it is: `2.2 short`, `as many as needed`."""
    return (
        (between(figure, -NOTHING, NOTHING), ("as many as needed",)),
        (between(figure, None, 0.0), (figure, " short")),
        (between(figure, 0.0, None), (figure, " more than needed")),
    )
