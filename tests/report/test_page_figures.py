"""Every figure that the page prints is one of `results.json`, read back from the HTML and compared."""

from __future__ import annotations

import re
from typing import Any

import pytest
from page_cases import Element, figures_of, found, page, read, rows_of
from plain_results import typed

from finmodel.basis.book import NOT_LATE
from finmodel.report.page_tables import comparison, yearly
from finmodel.report.source_tables import assumptions, inputs, rates, safe_link

NAMES = ("wolverhampton-2015", "darlington-2010", "forecast", "hanging")
PUBLISHED = ("published", "neighbours", "england")  # the columns of a benchmark
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def amount(text: str) -> float:
    """`−£1,234.5` as a number."""
    assert re.fullmatch(r"−?£?[\d,]+(\.\d+)?%?", text), text
    return float(text.replace("−", "-").replace("£", "").replace(",", "").rstrip("%"))


def month(text: str) -> str:
    """`September 2016` as `2016-09`."""
    word, year = text.split()
    return f"{year}-{MONTHS.index(word) + 1:02d}"


def small_print(table: Element, row: str) -> list[str]:
    """The small print in the cells of a row."""
    (found_row,) = [each for each in table.all("tr") if each.children and row_name(each) == row]
    return [" ".join(under.text() for under in cell.all("span", "under")) for cell in found_row.all("td")]


def row_name(row: Element) -> str:
    return row.all("th")[0].text("under") if row.all("th") else ""


def test_the_options_table_is_the_results(name: str) -> None:
    rows, options = figures_of(read(page(name)), "side-by-side"), found(name)["options"]
    printed = {
        "Cost of a full year": "full_year_cost",
        "Total cost": "total_cost",
        "Cashable saving": "total_saving",
        "Net saving": "total_net_saving",
        "Net present budget impact": "net_present_budget_impact",
    }
    for row, measure in printed.items():
        assert [amount(cell) for cell in rows[row]] == pytest.approx(
            [option["measures"][measure] for option in options], abs=0.5
        ), row
    for index, option in enumerate(options):
        measures = option["measures"]
        check_number(rows["Cashable saving per pound"][index], measures["cashable_saving_per_pound"], 0.005)
        rate = measures["internal_rate_of_return"]
        check_number(rows["Internal rate of return"][index], None if rate is None else rate * 100, 0.05)
        for row, which in (("Payback", "payback"), ("Discounted payback", "discounted_payback")):
            text = rows[row][index]
            if measures[which]["never_out_of_pocket"]:
                assert text == "Never out of pocket"
            else:
                assert (None if text == "No figure" else month(text)) == measures[which]["month"]
        needed = measures["break_even_children"]
        for row, which in (
            ("Children fewer in care to break even", "over_horizon"),
            (f"Children to break even in {found(name)['years'][0]} alone", "first_year"),
            ("The sum that papers print", "full_year"),
        ):
            check_children(rows[row][index], needed[which], needed[f"{which}_whole"])
        assert amount(rows["Peak cash exposure"][index]) == pytest.approx(measures["peak_exposure"]["amount"], abs=0.5)


def check_number(text: str, value: float | None, within: float) -> None:
    if value is None:
        assert text == "No figure"
    else:
        assert amount(text) == pytest.approx(value, abs=within * 1.001)


def check_children(text: str, exact: float | None, whole: float | None) -> None:
    if exact is None:
        assert text == "No figure"
        return
    about, *rounded = text.split(", rounded up to ")
    assert float(about) == pytest.approx(exact, abs=0.05001)
    assert float(rounded[0] if rounded else about) == whole


def test_where_there_is_no_figure_the_reason_stands_beside_or_once_below(name: str) -> None:
    whole = read(page(name))
    table, below = whole.by_id("side-by-side"), whole.by_id("side-by-side-note").text()
    for row, cells in rows_of(table).items():
        for cell, under in zip(cells, small_print(table, row), strict=True):
            if cell.startswith("No figure"):
                letter = cell.removeprefix("No figure").strip()
                assert len(under) > 10 or (letter and below.count(letter) == 1), row


def test_no_note_stands_in_two_cells(name: str) -> None:
    for table in read(page(name)).all("table", "wide"):
        notes = [under.text() for cell in table.all("td") for under in cell.all("span", "under")]
        notes = [note for note in notes if len(note) > len("12.3 years from the start")]  # shorter than a look below
        assert len(notes) == len(set(notes)), table.attributes["id"]


def test_every_table_with_present_values_says_their_basis_once(name: str) -> None:
    whole, basis = read(page(name)), found(name)["present_value_basis"]
    assert whole.by_id("side-by-side-note").text().count(basis) == 1
    assert basis not in whole.by_id("side-by-side").text()


def test_what_an_option_is_stands_in_words(name: str) -> None:
    table = read(page(name)).by_id("side-by-side")
    _, *heads = table.all("thead")[0].all("th")
    for head, option in zip(heads, found(name)["options"], strict=True):
        assert option["title"] in head.text()
        assert ("Business as usual" in head.text("")) == option["status_quo"]
        assert ("Do minimum" in head.text("")) == (option["role"] == "do_minimum")
        assert ("Preferred" in head.text()) == option["recommended"]


def test_every_year_of_every_option_is_there(name: str) -> None:
    tables = [each for each in read(page(name)).all("table") if each.attributes["id"].startswith("yearly-")]
    labels = {
        "cost": "Cost",
        "gross_saving": "Gross saving",
        "after_deadweight": "Saving after deadweight",
        "after_optimism_bias": "Saving after optimism bias",
        "cashable_saving": "Cashable saving",
        "net_saving": "Net saving",
        "cumulative_net_saving": "Cumulative net saving",
        "children": "Children fewer in care",
    }
    for option in found(name)["options"]:
        (table,) = [each for each in tables if option["title"] in each.all("caption")[0].text()]
        rows = rows_of(table)
        for key, label in labels.items():
            within = 0.05001 if key == "children" else 0.5
            assert [amount(cell) for cell in rows[label]] == pytest.approx(option["by_year"][key], abs=within), label


def test_posts_show_their_parts_and_both_effects() -> None:
    table = read(page("wolverhampton-2015")).by_id("posts-1")
    rows, (post,) = rows_of_posts(table), found("wolverhampton-2015")["options"][0]["posts"]
    for label, values in post["components"].items():
        assert [amount(cell) for cell in rows[label]] == pytest.approx(values, abs=0.5), label
    assert [amount(cell) for cell in rows["Cost in the year"]] == pytest.approx(post["cost"], abs=0.5)
    assert [amount(cell) for cell in rows["Full-year effect"]] == pytest.approx(post["full_year_effect"], abs=0.5)
    assert "Additional social workers, 12 FTE" in table.text()


def rows_of_posts(table: Element) -> dict[str, list[str]]:
    rows = [each for each in table.all("tbody")[0].all("tr") if "group" not in each.classes]
    return {row_name(row): [cell.text() for cell in row.all("td")] for row in rows}


def numbers_in(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [number for each in value.values() for number in numbers_in(each)]
    if isinstance(value, list):
        return [number for each in value for number in numbers_in(each)]
    return [float(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_no_pound_on_the_page_is_worked_out_on_the_page(name: str) -> None:
    """Whatever stands after a pound sign is a value of the results, or of a text that stands in them.

    The published figures beside the case are such texts: no sum uses them, so the results hold no number of them.
    """
    results = found(name)
    known = numbers_in(results)
    whole, exact = {round(abs(value) + 1e-6) for value in known}, {round(abs(value), 2) for value in known}
    notes = results["assurance"]  # what was found of each assumption is a text there
    titles = [option["title"] for option in results["options"]]
    titles += [
        each["must_be_true"] for each in results["uncertainty"]["options"]
    ]  # a bound is rounded to its good side
    benchmarks = [each[column] for each in results["assurance"]["benchmarks"] for column in PUBLISHED]
    stated = set(re.findall(r"£[\d,.]*\d", f"{results['case']} {titles} {notes} {benchmarks}"))
    text = read(page(name)).text("derivation", "style", "head", "script", "aside")
    printed = set(re.findall(r"£\d+(?:,\d{3})*(?:\.\d+)?[km]?", text))
    assert len(printed) > 10
    for each in printed - stated:
        if each.endswith(("k", "m")):
            unit, places = (1e3 if each.endswith("k") else 1e6), len(each.partition(".")[2].rstrip("km"))
            off = min(abs(abs(value) / unit - amount(each[:-1])) for value in known)
            assert off <= 0.5 * 10**-places + 1e-9, each
            continue
        value = amount(each)
        near = {value} if "." in each else {value, value - 1, value + 1}  # halves may round either way
        assert near & (exact if "." in each else whole), each


def test_every_input_is_listed_with_its_source(name: str) -> None:
    results = found(name)
    rows = [row for table in inputs(typed(results)) for row in table.rows]
    expected = {
        address: line
        for address, line in results["lines"].items()
        if "origin" in line and line["origin"]["source"] != NOT_LATE.source  # a delay that nobody states
    }
    assert {row.note for row in rows} == set(expected)
    assert len(rows) == len(expected)
    for row in rows:
        line = expected[row.note]
        _, unit, source, where, confidence, owner = row.cells
        assert row.header == line["label"]
        assert unit.text == line["unit"]
        assert source.text == line["origin"].get("source", "")
        assert where.text == line["origin"].get("where", "")
        assert confidence.text == line["origin"].get("confidence", "not stated")
        assert owner.text == line["origin"].get("owner", "")


def test_an_input_that_changes_shows_each_value_and_since_when() -> None:
    rows = {row.note: row.cells[0].text for table in inputs(typed(found("wolverhampton-2015"))) for row in table.rows}
    assert rows["placements.average.unit_cost"] == "£40,000.00"
    assert rows["on_costs.employer_pension"] == "13.3%"
    assert rows["grades.social-worker.point_40"] == (
        "£34,746.00 from April 2015; £35,093.00 from April 2016; £35,444.00 from April 2017; £36,153.00 from April 2018"
    )


def test_rates_show_their_vintage_and_confidence() -> None:
    rows = {row.note: row for row in rates(typed(found("wolverhampton-2015"))).rows}
    rate = rows["discounting.rate"]
    assert rate.cells[0].text == "3.5%"
    assert "before February 2026" in rate.cells[2].text
    assert rate.cells[3].text == "published"


def test_assumptions_are_the_cases_own() -> None:
    stated = found("wolverhampton-2015")["case"]["assumptions"]
    assert [row.header for row in assumptions(typed(found("wolverhampton-2015"))).rows] == [
        each["text"] for each in stated
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc", ""])
def test_only_plain_links_are_followed(link: str) -> None:
    assert safe_link(link) == ""
    assert safe_link("https://www.gov.uk/x") == "https://www.gov.uk/x"


def test_options_that_are_alike_share_a_table() -> None:
    captions = [table.caption for table in yearly(typed(found("wolverhampton-2015")))]
    assert captions == [
        "Year by year: Option 1: Peripatetic units, Option 2: Developing specialist units and Option 3: Spreading the "
        "additional resource across the whole service",
        "Year by year: Option 4: Maintain current status quo",
    ]


def test_wolverhampton_takes_fourteen_children_and_darlington_229097() -> None:
    first = read(page("wolverhampton-2015")).by_id("answer").text()
    assert "It takes 14 children fewer in care to recover the money within the four years shown." in first
    assert "The paper gives no forecast." in first
    assert "The three options cost the same and need the same number of children" in first
    text = read(page("wolverhampton-2015")).by_id("in-full").text("derivation")
    for said in (
        "It needs 13.1, rounded up to 14; no forecast is made.",
        "For 2015/16 alone it takes 12.6, rounded up to 13; the years after it need more.",
        "£500,000 ÷ £40,000, gives 12.5, rounded up to 13: a full year’s cost ÷ the price of a placement, before deductions.",
        "No forecast is made: this is what it would take.",
        "Nothing in the paper favours one option over another by money.",
        "it does not pay back within the four years shown.",
    ):
        assert said in text
    first = read(page("darlington-2010")).by_id("answer").text()
    assert "It costs £944k over the four years shown. No saving is claimed." in first
    text = read(page("darlington-2010")).by_id("in-full").text("derivation")
    assert "£229,097" in text
    assert "The authors state £229,097 (paragraph 21 (e)); as priced here it is the same." in text
    assert "No saving is claimed; so it does not pay back: it costs £944,248 over the four years shown" in text


def test_the_paper_is_printed_as_it_is() -> None:
    text = read(page("wolverhampton-2015")).by_id("all-arguments").text()
    for option in found("wolverhampton-2015")["options"]:
        for said in (*option["advantages"], *option["disadvantages"], *option["risks"]):
            assert " ".join(said.split()) in text


def test_the_comparison_sets_the_forecast_beside_what_is_needed() -> None:
    table = comparison(typed(found("wolverhampton-2015")))
    rows = {row.header: row.cells for row in table.rows}
    assert rows["Children fewer in care to break even"][0].text == "13.1, rounded up to 14"
    assert not {"Children forecast", "Forecast above what is needed"} & rows.keys()  # no option has either
    reason = "the number is a requirement, of which no forecast is made"
    assert f"children forecast, forecast above what is needed ({reason})" in table.note
