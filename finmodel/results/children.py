"""How many children repay an option, next to those forecast; and the same in words, written once for every output."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.children_needed import NEEDED, Which
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.display import number, rounded
from finmodel.results.figures import amount, reason, value
from finmodel.results.wording import children_and_whole, is_nil

REQUIREMENT, FORECAST, NONE = "requirement", "forecast", "none"
Basis = Literal["requirement", "forecast", "none"]
NOTHING = 1e-9  # children
IN_FULL = "growth avoided counted in full"
REPAID, NO_COST = "the other savings of the option repay its whole cost", "there is no cost to repay"


class ChildrenNeeded(Struct, frozen=True):
    """How many children repay an option: exactly, in whole children, or why there is no number.

    over_horizon repays the whole cost, first_year that of the first year, full_year is the sum that papers print.
    average: over the months shown, next to the forecast and what lies between. Amounts in £; words: the same in words.
    """

    basis: Basis
    over_horizon: float | None
    over_horizon_whole: float | None
    over_horizon_reason: str | None
    first_year: float | None
    first_year_whole: float | None
    first_year_reason: str | None
    full_year: float | None
    full_year_whole: float | None
    full_year_reason: str | None
    average: float | None
    average_reason: str | None
    forecast: float | None
    forecast_reason: str | None
    margin: float | None
    margin_reason: str | None
    cost_to_repay: float
    total_other_saving: float
    saving_given_up: float
    growth_avoided_by_children: float
    growth_beyond_base_budget: float
    total_money_spent: float
    words: str

    def exact(self, which: Which) -> float | None:
        """One of the three numbers needed, by its name."""
        return {
            "over_horizon": self.over_horizon,
            "first_year": self.first_year,
            "full_year": self.full_year,
        }[which]

    def whole(self, which: Which) -> float | None:
        """The same in whole children."""
        return {
            "over_horizon": self.over_horizon_whole,
            "first_year": self.first_year_whole,
            "full_year": self.full_year_whole,
        }[which]

    def reason(self, which: Which) -> str | None:
        """Why there is no such number."""
        return {
            "over_horizon": self.over_horizon_reason,
            "first_year": self.first_year_reason,
            "full_year": self.full_year_reason,
        }[which]

    @property
    def is_beyond(self) -> bool:
        """Whether its children avoid more growth than the base budget holds, which the numbers needed do not see."""
        return self.growth_beyond_base_budget > 0 and not is_nil(self.growth_beyond_base_budget)

    @property
    def is_throughout(self) -> bool:
        """Whether the effect is there in all the months shown, so that the number needed is its own average."""
        if self.over_horizon is None or self.average is None:
            return True
        return abs(self.over_horizon - self.average) < NOTHING


def needed_of(appraisal: Appraisal, written: WrittenOption) -> ChildrenNeeded:
    """How many children repay an option, next to those forecast."""
    lines = appraisal.written.measures[written.option.id]
    over, first, full = lines[NEEDED["over_horizon"]], lines[NEEDED["first_year"]], lines[NEEDED["full_year"]]
    average, forecast, between = (
        lines[name] for name in ("break_even_children_average", "forecast_children", "margin_of_children")
    )

    def whole(which: Which) -> float | None:
        return value(appraisal, lines[f"{NEEDED[which]}_whole"])

    def given(name: str) -> float:
        return amount(appraisal, lines[name]) if name in lines else 0.0

    found = ChildrenNeeded(
        basis=_basis(written),
        over_horizon=value(appraisal, over),
        over_horizon_whole=whole("over_horizon"),
        over_horizon_reason=reason(appraisal, over),
        first_year=value(appraisal, first),
        first_year_whole=whole("first_year"),
        first_year_reason=reason(appraisal, first),
        full_year=value(appraisal, full),
        full_year_whole=whole("full_year"),
        full_year_reason=reason(appraisal, full),
        average=value(appraisal, average),
        average_reason=reason(appraisal, average),
        forecast=value(appraisal, forecast),
        forecast_reason=reason(appraisal, forecast),
        margin=value(appraisal, between),
        margin_reason=reason(appraisal, between),
        cost_to_repay=given("cost_to_repay"),
        total_other_saving=given("total_other_saving"),
        saving_given_up=given("saving_given_up"),
        growth_avoided_by_children=given("growth_avoided_by_children"),
        growth_beyond_base_budget=given("growth_beyond_base_budget"),
        # Without capital, all money spent is the cost, and the case has no line of its own for it
        total_money_spent=amount(appraisal, lines.get("total_money_spent", lines["total_cost"])),
        words="",
    )
    return replace(found, words=verdict(found))


def _basis(written: WrittenOption) -> Basis:
    """Whether the children are forecast, a requirement in any part, or not claimed at all."""
    bases = {benefit.claim.basis for benefit in written.own.benefits}
    return "requirement" if REQUIREMENT in bases else "forecast" if bases else "none"


def verdict(needed: ChildrenNeeded) -> str:
    """`needs 8.9, so 9; forecasts 6.7 on average: 2.2 short`; or why no number can be given."""
    words = _verdict(needed)
    return f"{words}; {IN_FULL}" if needed.over_horizon and needed.is_beyond else words


def _verdict(needed: ChildrenNeeded) -> str:
    exact = needed.over_horizon
    if exact is None:
        return f"no number can be given: {needed.over_horizon_reason}"
    if exact < NOTHING:
        return f"needs none: {why_none(needed)}"
    needs = f"needs {children_and_whole(exact, needed.over_horizon_whole)}"
    if needed.basis == REQUIREMENT:
        return f"{needs}; no forecast is made"
    if needed.basis == NONE:
        return f"{needs}; none is claimed"
    if needed.average is not None and not needed.is_throughout:
        constant = needs.removeprefix("needs ")
        needs = f"needs {number(needed.average, 1)} on average ({constant}, while the effect lasts)"
    if needed.forecast is None or needed.margin is None:
        return needs
    return f"{needs}; forecasts {number(needed.forecast, 1)} on average: {margin(needed)}"


def margin(needed: ChildrenNeeded) -> str:
    """`2.2 short`, `0.8 more than needed`: what lies between the two figures as they are shown beside it."""
    apart = needed.margin or 0.0
    if abs(apart) < NOTHING:
        return "as many as needed"
    exact = needed.over_horizon if needed.average is None else needed.average
    shown = apart_as_shown(needed.forecast or 0.0, exact or 0.0)
    return f"{shown} {'short' if apart < 0 else 'more than needed'}"


def apart_as_shown(forecast: float, needed: float) -> str:
    """How far a forecast is from what is needed, as both are shown: `6.7` and `4.9` are `1.8` apart."""
    text = number(float(abs(rounded(forecast, 1) - rounded(needed, 1))), 1)
    return "less than 0.1" if text == "0.0" else text


def why_none(needed: ChildrenNeeded) -> str:
    """Why it takes no child: other savings repay the cost, or there is none."""
    spends = not is_nil(max(needed.total_money_spent, 0.0))
    return REPAID if spends else NO_COST
