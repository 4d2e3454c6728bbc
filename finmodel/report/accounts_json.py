"""The three accounts of an option in `results.json`: whose each is, its lines by year and its headline. No sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finmodel.appraisal.accounts import PUBLIC, SOCIETY, Account
from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.money_spent import CUMULATIVE, MONEY_SPENT, NET_POSITION
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.line import Line

Found = dict[str, Any]
COUNCIL = "council"
_COUNCIL_LINES = {
    "cost": "cost",
    "mrp": "part of the cost",
    "interest": "part of the cost",
    "cashable_saving": "gain",
    "net_saving": "net",
    "capital_outlay": "besides",
    MONEY_SPENT: "besides",
    NET_POSITION: "besides",
    CUMULATIVE: "besides",
}
_COUNCIL_LABELS = {
    "cost": "Cost to the revenue budget",
    "cashable_saving": "Cashable savings and income",
    "net_saving": "Net budget impact",
}
_COUNCIL_WORDS = (
    "This council’s budget",
    "Cash of the year, nominal: what the revenue budget bears, minimum revenue provision (MRP) and interest included, "
    "and what it saves. Payback and peak cash exposure are of all money spent: revenue without MRP, and capital when "
    "it is spent.",
)
_REAL_WORDS = {
    PUBLIC: (
        "The public sector",
        "Capital at its outlay, whoever pays for it; revenue without MRP and interest; every public body’s saving, "
        "after optimism bias, whether or not it releases cash.",
    ),
    SOCIETY: (
        "Society",
        "As the public sector, with the costs to others and the benefits to people that the case states.",
    ),
}
_HEADLINES = {
    COUNCIL: {
        "net_present_budget_impact": "net_present_budget_impact",
        "cashable_saving_per_pound": "cashable_saving_per_pound",
    },
    PUBLIC: {
        "net_present_public_value": "net_present_public_value",
        "benefit_cost_ratio": "public_benefit_cost_ratio",
    },
    SOCIETY: {
        "net_present_social_value": "net_present_social_value",
        "benefit_cost_ratio": "social_benefit_cost_ratio",
    },
}  # in each account, by the name of the measure that holds it


def accounts(appraisal: Appraisal, written: WrittenOption, measures: Found) -> Found:
    """The accounts by name; measures: the option's, as `results.json` has them."""
    real = appraisal.written.budget.options[written.option.id].accounts
    lines = {COUNCIL: list(_council(written, has_capital="revenue_payback" in measures))}
    for name in (PUBLIC, SOCIETY):
        lines[name] = [] if real is None else list(_real(getattr(real, name)))
    words = {COUNCIL: _COUNCIL_WORDS, **_REAL_WORDS}
    prices = f"Real, at {appraisal.case.price_base} prices."
    found = {
        name: {
            "whose": words[name][0],
            "basis": words[name][1] if name == COUNCIL or real is None else f"{prices} {words[name][1]}",
            "lines": [_line(appraisal, *each) for each in lines[name]],
            **_headline(measures, name),
        }
        for name in words
    }
    spoken = ("payback", "discounted_payback", "peak_exposure")
    names = [*spoken, *(f"revenue_{name}" for name in spoken)]
    found[COUNCIL] |= {name: measures[name] for name in names if name in measures}
    return found


def _council(written: WrittenOption, *, has_capital: bool) -> Iterator[tuple[str, str, str, Line]]:
    """The lines of the council's account; all money spent only where the case has capital, and it can differ."""
    for name, kind in _COUNCIL_LINES.items():
        if name in written.yearly and (has_capital or kind != "besides"):
            yield name, kind, _COUNCIL_LABELS.get(name, written.yearly[name].label), written.yearly[name]


def _real(account: Account) -> Iterator[tuple[str, str, str, Line]]:
    named = [(name, "part of the cost", line) for name, line in account.costs.items()]
    named.append(("cost", "cost", account.cost))
    named += [(name, "part of the gain", line) for name, line in account.gains.items()]
    named += [("gain", "gain", account.gain), ("net", "net", account.net)]
    yield from ((name, kind, line.label, line) for name, kind, line in named)


def _line(appraisal: Appraisal, name: str, kind: str, label: str, line: Line) -> Found:
    return {
        "name": name,
        "kind": kind,
        "label": label,
        "address": line.address,
        "by_year": appraisal.results.figures(line),
    }


def _headline(measures: Found, account: str) -> Found:
    """The figures by which an account is judged, each with its reason where there is none."""
    found: Found = {}
    for name, measure in _HEADLINES[account].items():
        found[name] = measures[measure]
        if measures[measure] is None:
            found[f"{name}_reason"] = measures[f"{measure}_reason"]
    return found
