"""Capital in words and as a table: what is spent, from what, what revenue bears, what falls after the years shown.

Each is written once; page, paper, narrative, workbook and terminal take it from here. No sums.
"""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.lines.display import pounds
from finmodel.results.appraised import AppraisalResults
from finmodel.results.capital import CapitalResult, PaidResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import is_nil, listed, money, years_shown

_FROM = {
    "borrowed": "from borrowing",
    "receipts": "from capital receipts",
    "grant": "from a capital grant",
    "funded": "from capital receipts or a grant, which is not stated",
}


def has_capital(option: OptionResult) -> bool:
    """Whether an option spends any capital, or less than the status quo does."""
    return capital_spent(option) is not None


def capital_spent(option: OptionResult) -> CapitalResult | None:
    """The capital of an option that spends any, or less than the status quo does; None of any other."""
    capital = option.capital
    return None if capital is None or all(map(is_nil, capital.outlay.by_year)) else capital


def capital_sentences(option: OptionResult, years: Sequence[str]) -> list[str]:
    """The outlay and from what it is paid; what its borrowing costs in the years shown and after; what it is worth."""
    capital = capital_spent(option)
    if capital is None:
        return []
    return [
        text
        for text in (spent(capital, years), _charged(capital, years), after(capital, years), _worth(capital))
        if text
    ]


def and_capital(option: OptionResult) -> str:
    """`, and £600,000 of capital`, where some is spent that revenue never bears; empty otherwise."""
    capital = capital_spent(option)
    if capital is None:
        return ""
    whole = capital.outlay.total
    if whole <= 0 or any(source.name == "borrowed" for source in capital.sources):
        return ""
    return f", and {pounds(whole)} of capital"


def spent(capital: CapitalResult, years: Sequence[str]) -> str:
    """`Capital of £600,000 is spent in 2026/27, from borrowing. It is no part of the cost to revenue.`

    Where business as usual spends capital too, the option's own first, and then the change, which is what is compared.
    """
    change, own = capital.outlay, capital.own_outlay
    when = [year for year, value in zip(years, own.by_year, strict=True) if not is_nil(value)]
    amount = f"Capital of {pounds(own.total)} is spent in {listed(when)}" if when else "No capital is spent"
    if is_own_change(capital):
        amount += f", {paid_from(capital)}"
    else:
        amount += f". The change from business as usual is {_move(change, years)}, {paid_from(capital)}"
    return f"{amount}. The outlay itself is no part of the cost to revenue."


def is_own_change(capital: CapitalResult) -> bool:
    """Whether an outlay is all a change: business as usual spends none, or the option is not compared with one."""
    return capital.own_outlay.address == capital.outlay.address


def _move(change: PaidResult, years: Sequence[str]) -> str:
    """`£100,000 more in 2026/27 and £20,000 less in 2027/28, £80,000 more in all`."""
    moves = [
        f"{_more_or_less(value)} in {year}"
        for year, value in zip(years, change.by_year, strict=True)
        if not is_nil(value)
    ]
    whole = "nothing" if is_nil(change.total) else _more_or_less(change.total)
    return listed(moves) if len(moves) == 1 else f"{listed(moves)}, {whole} in all"


def _more_or_less(value: float) -> str:
    return f"{pounds(value)} more" if value > 0 else f"{pounds(-value)} less"


def paid_from(capital: CapitalResult) -> str:
    """`from borrowing`; where there are several sources, each with its amount."""
    sources = [source for source in capital.sources if not is_nil(source.total)]
    if len(sources) < 2:  # none where what is spent is moved from a year to another
        return listed([_FROM[source.name] for source in sources or capital.sources])
    if all(source.total > 0 for source in sources):
        return listed([f"{pounds(source.total)} {_FROM[source.name]}" for source in sources])
    return listed([f"{_more_or_less(source.total)} {_FROM[source.name]}" for source in sources])


def _charged(capital: CapitalResult, years: Sequence[str]) -> str:
    charges = [charge for charge in capital.charges if not is_nil(charge.total)]
    if not charges:
        return ""
    names = {"mrp": "minimum revenue provision (MRP)", "interest": "interest"}
    told = listed([f"{pounds(charge.total)} of {names[charge.name]}" for charge in charges])
    return f"Its borrowing costs revenue {told} within {years_shown(years)}."


def after(capital: CapitalResult, years: Sequence[str]) -> str:
    """What falls due after the last year shown, with its present value; empty where nothing does."""
    found = capital.after
    if found is None or is_nil(found.charges):
        return ""
    return (
        f"After {years[-1]} a further {pounds(found.charges)} of MRP and interest falls due, to {found.until}: "
        f"{pounds(found.present_value)} in present value. No figure of the years shown holds it."
    )


def _worth(capital: CapitalResult) -> str:
    residual = capital.residual
    if residual is None or is_nil(residual.total):
        return ""
    return f"Its residual value of {pounds(residual.total)} counts in public and social value, and in no budget."


ROWS = {
    "outlay": ("Capital outlay", "Over the years shown, whoever pays for it"),
    "after": ("MRP and interest after the years shown", "In no other figure"),
}


def side_by_side(option: OptionResult, name: str) -> tuple[str, str]:
    """What stands in an option's cell of a row of `ROWS`: a figure, and small print below it."""
    capital, found = option.capital, None if option.capital is None else option.capital.after
    if capital is not None and name == "outlay":
        return money(capital.outlay.total), paid_from(capital) if has_capital(option) else ""
    if found is None:
        return money(0.0), ""
    present = "" if is_nil(found.charges) else f"{pounds(found.present_value)} in present value"
    return money(found.charges), present


def rows_of(found: AppraisalResults) -> list[str]:
    """The rows of `ROWS` that the options need: none where nobody spends capital."""
    spending = [capital for option in found.options if (capital := capital_spent(option)) is not None]
    borrows = any(capital.after is not None for capital in spending)
    return (["outlay", "after"] if borrows else ["outlay"]) if spending else []
