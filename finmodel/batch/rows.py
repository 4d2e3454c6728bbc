"""A row of the results table: an option of a case with its headline figures, whose headings say unit and prices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from finmodel import __version__
from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.options import WrittenOption
from finmodel.appraisal.plausibility import notes_of
from finmodel.results.measures import Measures, measures_of

DONE, FAILED, NOT_RUN = "done", "failed", "not run"


class BatchRow(Struct, frozen=True):
    """An option of a case, or a case without a figure: `status` and `reason` say why.

    Figures are whole, as `results.json` has them; None where there is none, for the `reason`. forecast: what the saving
    is, for a requirement is no forecast. present_values: on what basis they are given, real or nominal.
    """

    case: str
    status: str
    reason: str = ""
    council: str = ""
    title: str = ""
    option: str = ""
    option_title: str = ""
    role: str = ""
    first_year: str = ""
    last_year: str = ""
    forecast: str = ""
    total_cost: Annotated[float | None, "£, nominal, revenue budget"] = None
    total_money_spent: Annotated[float | None, "£, nominal, revenue without MRP and capital"] = None
    total_saving: Annotated[float | None, "£, nominal, cashable"] = None
    total_net_saving: Annotated[float | None, "£, nominal, revenue budget"] = None
    net_present_budget_impact: Annotated[float | None, "£, present value, prices as in present_values"] = None
    cashable_saving_per_pound: Annotated[float | None, "ratio of present values"] = None
    net_present_public_value: Annotated[float | None, "£, present value, real, prices as in present_values"] = None
    public_benefit_cost_ratio: Annotated[float | None, "ratio of present values, real"] = None
    payback: Annotated[float | None, "years after year 0, nominal, all money spent"] = None
    payback_month: Annotated[str | None, "month, nominal, all money spent"] = None
    peak_exposure: Annotated[float | None, "£, nominal, all money spent"] = None
    children_needed: Annotated[float | None, "children on average over all years, to repay all money spent"] = None
    children_forecast: Annotated[float | None, "children on average over all years"] = None
    present_values: str = ""
    checks: str = ""
    notes: int | None = None
    finmodel: str = ""


def headings() -> tuple[str, ...]:
    """The heading of each column, `total_cost (£, nominal, revenue budget)`."""
    hints = get_type_hints(BatchRow, include_extras=True)
    units = ((name, next(iter(getattr(hint, "__metadata__", ())), "")) for name, hint in hints.items())
    return tuple(f"{name} ({unit})" if unit else name for name, unit in units)


def rows_of(case: str, appraisal: Appraisal) -> tuple[BatchRow, ...]:
    """A row for each option of a case; one without figures where it has none."""
    stated, notes = appraisal.case, len(notes_of(appraisal))
    of_case = BatchRow(
        case,
        DONE,
        council=stated.council_name,
        title=stated.title,
        first_year=str(stated.first_year),
        last_year=str(stated.horizon.last_year),
        present_values=appraisal.written.present_value_basis,
        checks="hold" if appraisal.checks_hold else "do not hold",
        notes=notes,
        finmodel=__version__,
    )
    rows = tuple(_of_option(of_case, appraisal, option) for option in appraisal.written.options)
    return rows or (replace(of_case, reason="The case has no option, so nothing is compared."),)


def _of_option(row: BatchRow, appraisal: Appraisal, option: WrittenOption) -> BatchRow:
    found = measures_of(appraisal, option)
    spent = found.named.get("total_money_spent", found.named["total_cost"])  # without capital it is all that is spent
    needed = found.break_even_children
    return replace(
        row,
        option=option.option.id,
        option_title=option.option.title,
        role=appraisal.case.role_of(option.option) or "",
        forecast=_basis(option),
        reason="; ".join(_reasons(found)),
        payback=found.payback.years,
        payback_month=found.payback.month,
        peak_exposure=found.peak_exposure.amount,
        children_needed=needed.over_horizon,
        children_forecast=needed.forecast,
        total_cost=found.value("total_cost"),
        total_money_spent=spent.value,
        total_saving=found.value("total_saving"),
        total_net_saving=found.value("total_net_saving"),
        net_present_budget_impact=found.value("net_present_budget_impact"),
        cashable_saving_per_pound=found.value("cashable_saving_per_pound"),
        net_present_public_value=found.value("net_present_public_value"),
        public_benefit_cost_ratio=found.value("public_benefit_cost_ratio"),
    )


_NAMED = (
    "total_cost",
    "total_saving",
    "total_net_saving",
    "net_present_budget_impact",
    "cashable_saving_per_pound",
    "net_present_public_value",
    "public_benefit_cost_ratio",
)


def _reasons(found: Measures) -> Iterator[str]:
    """Why figures are missing, each reason once with what is missing for it."""
    needed = found.break_even_children
    stated = [(name, found.named[name].value, found.named[name].reason) for name in _NAMED] + [
        ("payback", found.payback.years, found.payback.reason or ""),
        ("children_needed", needed.over_horizon, needed.over_horizon_reason or ""),
        ("children_forecast", needed.forecast, needed.forecast_reason or ""),
    ]
    missing = [(name, reason) for name, value, reason in stated if value is None]
    for reason in dict.fromkeys(reason for _, reason in missing):
        yield f"no {', '.join(name for name, why in missing if why == reason)}: {reason}"


def _basis(option: WrittenOption) -> str:
    """What its savings are: a forecast, a requirement, or some of each."""
    bases = sorted({claim.claim.basis for claim in option.own.claims})
    return " and ".join(bases) or "none claimed"
