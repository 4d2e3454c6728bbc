"""The committee paper's tables on savings one by one, who gains, real terms, and what is not money. No sums."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.document.table import Cell, Row, Table
from finmodel.report.page_tables import where_and_note
from finmodel.results.appraised import AppraisalResults
from finmodel.results.claims import ClaimResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, is_nil, money

_YEARLY = {"cost": "Cost", "cashable_saving": "Cashable saving", "net_saving": "Net saving"}


def claims_table(option: OptionResult, found: AppraisalResults) -> Table | None:
    """The cashable saving of each claim, where an option has several or one that is no avoided placement."""
    claims = option.claims
    if len(claims) < 2 and not option.savings:
        return None
    rows = tuple(Row(claim.title, _pounds(claim.by_year["cashable_saving"]), _of_what_kind(claim)) for claim in claims)
    note = "Each saving by itself, after deductions. Only what this council gains is in its cashable saving."
    return _table(f"claims-{option.id}", f"Savings one by one: {option.title}", found, rows, note)


def _of_what_kind(claim: ClaimResult) -> str:
    kind = capital(claim.kind.replace("in_house", "in-house").replace("_", " "))
    return f"{kind}; a {claim.basis}; gained by {claim.body}"


def gains_table(option: OptionResult, found: AppraisalResults) -> Table | None:
    """The saving by who gains, cash apart from what releases none."""
    rows = tuple(
        Row(
            "This council" if gain.body == "this council" else gain.body,
            (*_pounds(gain.by_year), Cell(money(gain.total))),
            "Releases cash" if gain.cashable else "Releases no cash",
        )
        for gain in option.public_value
        if not all(map(is_nil, (*gain.by_year, gain.total)))
    )
    if not rows:
        return None
    note = "Only what this council gains and releases cash is in the figures of this paper’s answers."
    made = _table(f"gains-{option.id}", f"Who gains: {option.title}", found, rows, note)
    return Table(made.id, made.caption, made.corner, (*made.columns, Cell("Total")), made.rows, made.note)


def real_table(option: OptionResult, found: AppraisalResults) -> Table | None:
    """Cash of the year beside the same in real terms; never mixed."""
    real = option.real
    if real is None:
        return None
    rows = [Row("Cash of the year (nominal)", kind="group")]
    rows += [Row(label, _pounds(option.by_year[name])) for name, label in _YEARLY.items()]
    rows.append(Row(f"In real terms, {real.price_base} prices", kind="group"))
    rows += [Row(label, _pounds(real.yearly[name])) for name, label in _YEARLY.items()]
    caption = f"Cash of the year and real terms: {option.title}"
    return _table(f"real-{option.id}", caption, found, tuple(rows), "Not discounted.")


def gains_without_money(option: OptionResult) -> Table | None:
    """The benefits that are not counted in money."""
    rows = tuple(
        Row(gain.what, (Cell(gain.for_whom), Cell(gain.measured_by)), gain.where) for gain in option.other_benefits
    )
    columns = (Cell("For whom"), Cell("Measured by"))
    caption = f"Benefits that are not counted in money: {option.title}"
    return Table(f"other-{option.id}", caption, "Benefit", columns, rows, figures=False) if rows else None


def risks(option: OptionResult) -> Table | None:
    """The risks that the authors name, and what is done about them."""
    rows = tuple(
        Row(
            risk.what,
            (Cell(risk.likelihood or ""), Cell(risk.impact or ""), Cell(risk.response), Cell(risk.owner)),
            where_and_note(risk.where, risk.note),
        )
        for risk in option.risk_table
    )
    columns = tuple(map(Cell, ("Likelihood", "Impact", "Response", "Owner")))
    return Table(f"risks-{option.id}", f"Risks: {option.title}", "Risk", columns, rows, figures=False) if rows else None


def _table(name: str, caption: str, found: AppraisalResults, rows: tuple[Row, ...], note: str) -> Table:
    return Table(name, caption, "Cash of the year", tuple(map(Cell, found.years)), rows, note)


def _pounds(values: Sequence[float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(money(value)) for value in values)
