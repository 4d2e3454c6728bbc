"""The three accounts as tables, of page and paper alike: the headline of each side by side, and their lines by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finmodel.document.notes_once import notes_once
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import number, pounds
from finmodel.report.page_tables import FROM_ZERO, no_figure_cell, payback_cell, peak_cell, tags, titles
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.wording import money, years_shown

Write = Callable[[float], str]
ACCOUNTS = ("council", "public_sector", "society")
_PARTS = ("part of the cost", "part of the gain")
_KINDS = {**dict.fromkeys(_PARTS, "part"), "net": "total"}
_NOTHING_MORE = "The same as the public sector: no cost to others and no benefit to people is stated."


def _ratio(value: float) -> str:
    return number(value, 2)


_HEADLINES: dict[str, tuple[tuple[str, str, Write], ...]] = {
    "council": (
        ("net_present_budget_impact", "Net present budget impact", pounds),
        ("cashable_saving_per_pound", "Cashable saving per pound of cost", _ratio),
    ),
    "public_sector": (
        ("net_present_public_value", "Net present public value", pounds),
        ("benefit_cost_ratio", "Benefit-cost ratio", _ratio),
    ),
    "society": (
        ("net_present_social_value", "Net present social value", pounds),
        ("benefit_cost_ratio", "Benefit-cost ratio", _ratio),
    ),
}


_AT_RATES = {
    "net_present_budget_impact_at_green_book": "Net present budget impact at the current Green Book schedule",
    "net_present_budget_impact_at_sensitivity": "Net present budget impact at the Green Book’s sensitivity rates",
}


def three_accounts(found: AppraisalResults) -> Table:
    """The headline figures of the three accounts, the options side by side."""
    options = found.options
    rows = []
    for account in ACCOUNTS:
        about = options[0].accounts[account]
        rows.append(Row(about.whose, kind="group", note=about.basis))
        if account == "council":
            rows += _of_the_council(found)
        rows += [_row(label, options, account, name, write) for name, label, write in _HEADLINES[account]]
        if account == "council":
            rows += [
                Row(label, tuple(_at_rate(option, name) for option in options)) for name, label in _AT_RATES.items()
            ]
    columns = tuple(Cell(option.title, tags(option)) for option in options)
    caption = "Three accounts, never added together: this council’s budget, the public sector, society"
    note = " ".join((*([FROM_ZERO] if found.case.status_quo else []), f"Present values: {found.present_value_basis}"))
    return notes_once(Table("accounts", caption, "Measure", columns, tuple(rows), note))


def _of_the_council(found: AppraisalResults) -> Iterator[Row]:
    options = found.options
    over = f"Cash, over {years_shown(found.years)}"
    yield Row("Net budget impact", tuple(Cell(money(o.measures.amount("total_net_saving"))) for o in options), over)
    yield Row("Payback", tuple(map(payback_cell("payback"), options)), "Of all money spent")
    yield Row("Peak cash exposure", tuple(map(peak_cell("peak_exposure"), options)))
    if options[0].measures.revenue_payback is not None:
        cells = tuple(map(payback_cell("revenue_payback"), options))
        yield Row("Payback of the revenue budget", cells, "MRP and interest included, capital not")


def _at_rate(option: OptionResult, name: str) -> Cell:
    value = option.measures.value(name)
    return no_figure_cell(option.measures.reason(name)) if value is None else Cell(pounds(value))


def _row(label: str, options: Sequence[OptionResult], account: str, name: str, write: Write) -> Row:
    def cell(option: OptionResult) -> Cell:
        found = option.accounts[account].headline[name]
        return Cell(write(found.value)) if found.value is not None else no_figure_cell(found.reason)

    return Row(label, tuple(map(cell, options)))


def accounts_by_year(found: AppraisalResults, group: Sequence[OptionResult], index: int) -> Table:
    """The lines of each account by year, of options that have the same."""
    rows = []
    for account in ACCOUNTS:
        about = group[0].accounts[account]
        if not about.lines:
            continue
        if {line.name for line in about.lines if line.kind in _PARTS} == {"public_sector"}:
            rows.append(Row(about.whose, kind="group", note=_NOTHING_MORE))
            continue
        rows.append(Row(about.whose, kind="group", note=about.basis))
        for line in about.lines:
            cells = tuple(Cell(money(value)) for value in line.by_year)
            rows.append(Row(line.label.partition(", real, ")[0], cells, kind=_KINDS.get(line.kind, "")))
    columns = tuple(map(Cell, found.years))
    return Table(f"accounts-{index}", f"The accounts by year: {titles(group)}", "£", columns, tuple(rows))
