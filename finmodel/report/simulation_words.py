"""What a simulation shows, in plain words that claim no more than it does. No sums."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from finmodel.lines.display import inside, pounds, short_pounds, signed
from finmodel.lines.periods import Month
from finmodel.results.wording import listed, sentence
from finmodel.uncertainty.simulated import ChanceOfDraws, DrawnSpread, PaybackSpread, SimulatedOption, Simulation

NET_PRESENT = "net_present_budget_impact"
COST = "total_cost"
HEADLINES = {
    NET_PRESENT: "Net present budget impact",
    "total_net_saving": "Total net saving",
    COST: "Total cost",
    "total_saving": "Cashable saving",
    "peak_exposure": "Peak cash exposure",
}
WHAT_IT_IS = (
    "A draw takes every input that has a range somewhere in it, and works the whole case out anew. What no range is "
    "stated of stays as it is in every draw, so the true uncertainty is wider."
)
ILLUSTRATION = (
    "An illustration, and no estimate of risk: nobody has stated a range, so a tenth either way is taken of each input "
    "that matters."
)


def of_draws(found: ChanceOfDraws) -> str:
    """`in 7 of 10 draws (74%)`: rounded down, so that nothing is made likelier than it came out."""
    if found.draws == 0:
        return "in no draw"
    if found.share == 1.0:
        return "in every draw"
    tenths, percent = floor(found.share * 10 + _ROUNDING), floor(found.share * 100 + _ROUNDING)
    often = f"in {tenths} of 10 draws" if tenths else "in fewer than 1 of 10 draws"
    return f"{often} ({percent}%)" if percent else f"{often} (below 1%)"


_ROUNDING = 1e-9


def percent(found: ChanceOfDraws) -> str:
    """`74%`, rounded down; `0%` and `100%` only where it is none and all."""
    if found.draws and found.share < 0.01:
        return "below 1%"
    return f"{floor(found.share * 100 + _ROUNDING)}%"


def moves(option: SimulatedOption) -> bool:
    """Whether anything of an option differs from draw to draw."""
    return any(spread.p10 != spread.p90 for spread in option.measures.values())


def sentences(found: Simulation, option: SimulatedOption, years: tuple[str, ...]) -> Iterator[str]:
    """What the draws show of an option, in sentences."""
    if option.reason:
        yield sentence(option.reason)
        yield f"Of its cost over the years shown, {middle(option.measures[COST])}."
        return
    net = option.measures[NET_PRESENT]
    if option.above_zero is None:
        yield sentence(f"No probability is given: {net.reason}")
        return
    yield f"The net present budget impact is above zero {of_draws(option.above_zero)}; {middle(net)}."
    stated = option.stated[NET_PRESENT]
    if option.below_stated is not None and stated is not None:
        yield f"The impact is below the stated {pounds(stated)} {of_draws(option.below_stated)}."
    if option.payback is not None:
        yield payback_sentence(option.payback, years)
    if option.best is not None and len(found.options) > 1:
        yield f"It does better for the budget than every other option and business as usual {of_draws(option.best)}."
    if option.drivers:
        names = [inside(each.label) for each in option.drivers[:3]]
        yield f"What moves it most: {'; '.join(names)}."


def middle(spread: DrawnSpread) -> str:
    """`eight draws of ten lie between … and …, half above …`."""
    if spread.p10 is None or spread.p50 is None or spread.p90 is None:
        return spread.reason
    return (
        f"eight draws of ten lie between {pounds(spread.p10)} and {pounds(spread.p90)}, "
        f"half of them above {pounds(spread.p50)}"
    )


def payback_sentence(found: PaybackSpread, years: tuple[str, ...]) -> str:
    """By the end of which years it is paid back in how many draws."""
    known = [(year, each) for year, each in zip(years, found.by_year, strict=True) if each.draws]
    if not known:
        return f"All money spent is paid back in no draw by the end of {years[-1]}."
    told = [f"by the end of {year} {of_draws(each)}" for year, each in known[-2:]]
    return f"All money spent is paid back {listed(told)}."


def headline(found: Simulation, option: SimulatedOption, by: str) -> str:
    """In a line: how often it is paid back within the years shown, and the net at the end; "" of a requirement.

    by: the last month, in words.
    """
    last = option.fan[-1] if option.fan else None
    if option.payback is None or last is None or last.p10 is None or last.p90 is None or not moves(option):
        return ""
    whose = "Illustration, a tenth either way" if found.illustration else "The case’s own ranges"
    often = percent(option.payback.by_year[-1])
    net = f"{signed(short_pounds(last.p10))} to {signed(short_pounds(last.p90))}"
    return f"{whose}: recovered by {by} in {often} of draws; net {net} (P10–P90)."


def month_of(number: int | None, first: Month) -> str:
    """The name of a month counted from 1; where there is none, that it is not paid back."""
    return "not in these years" if number is None else (first + (number - 1)).words


def how_made(found: Simulation) -> str:
    """How many draws, from which seed, by which numbers, and whether they are enough."""
    method = "independent draws (Philox)" if found.method == "philox" else "Sobol draws in sets scrambled apart"
    text = f"{found.draws:,} {method}, seed {found.seed}"
    if found.draws < found.asked:
        text += f", stopped before the {found.asked:,} asked for"
    return f"{text}, of {len(found.ranges)} ranges. {enough(found)}"


def enough(found: Simulation) -> str:
    """Whether there are enough draws for what is said."""
    if found.enough.error is None:
        return "Nothing differs from draw to draw."
    share = f"{found.enough.error * 100:.1f}%"
    if found.enough.enough:
        return f"Enough: more would move the ends of the range by about {share} of its width."
    needed = f"{found.enough.draws_needed:,}" if found.enough.draws_needed else "more"
    return (
        f"Too few: more would move the ends of the range by about {share} of its width, and up to "
        f"{found.enough.most:.0%} is taken for enough; about {needed} draws would do."
    )


def refusals(found: Simulation) -> Iterator[str]:
    """The draws to which the model has no answer."""
    for each in found.refused:
        of_all = f"{each.draws:,} of {found.draws:,} draws"
        yield f"In {of_all} the model has no answer ({each.why}); they are counted, and in no other figure."


def without_range_text(found: Simulation) -> str:
    """The inputs that matter and have no range, and how many others there are."""
    rows = ["No range is stated of these inputs, which matter; state one of each under `uncertainty: ranges:`"]
    rows += [f"  {each.input}: {each.label}" for each in found.ranges]
    if found.without_range:
        rows.append(
            f"nor of {len(found.without_range)} others, which move no option by as much; uncertainty.json has them"
        )
    return "\n".join(rows)


def simulation_text(found: Simulation, years: tuple[str, ...]) -> str:
    """What a simulation shows, as plain text."""
    rows = [ILLUSTRATION] if found.illustration else []
    for option in found.options:
        if moves(option):
            rows += [option.title, *(f"  {each}" for each in sentences(found, option, years))]
        else:
            rows += [option.title, "  Nothing of it differs from draw to draw."]
    if found.unranked:
        rows.append(sentence(found.unranked))
    rows += [*refusals(found), how_made(found)]
    return "\n".join(rows)
