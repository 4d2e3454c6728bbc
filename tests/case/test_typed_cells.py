"""What people type into cells, each read as what it means or refused with its cell. Expected readings are by hand."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from workbooks import CASE, DATA, OPTIONS, PLACEMENTS, POSTS, PRICES, content, made

from finmodel.case.validation import case_from_document
from finmodel.case.workbook.cells import AskedError, Found, Held, held, text_of
from finmodel.case.workbook.kinds import FieldShape, Kind
from finmodel.case.workbook.reading import read_workbook
from finmodel.parsing.problems import ProblemsError

MONEY, SHARE, CHANGE, NUMBER, WHOLE = Kind.MONEY, Kind.SHARE, Kind.CHANGE, Kind.NUMBER, Kind.WHOLE
YEAR, MONTH, DATE, YES_NO, POINTS, TEXT = Kind.YEAR, Kind.MONTH, Kind.DATE, Kind.YES_NO, Kind.POINTS, Kind.TEXT
PERCENT = "0.0%"

READ = [
    (MONEY, 40000, "General", "40000"),
    (MONEY, 40000.5, "£#,##0.00", "40000.5"),
    (MONEY, "£40,000", "General", "£40,000"),
    (MONEY, " 40,000 ", "General", "40,000"),
    (MONEY, "£40,000\u00a0", "General", "£40,000"),
    (MONEY, 0, "General", "0"),
    (MONEY, 1e6, "0.00E+00", "1000000"),
    (MONEY, 0.1 + 0.2, "General", "0.3"),
    (MONEY, "\u2212500", "General", "-500"),  # a minus sign; that money is not negative is for the case to say
    (MONEY, "40k", "General", "40k"),
    (MONEY, 0.2, PERCENT, "20%"),
    (SHARE, 0.035, PERCENT, "3.5%"),
    (SHARE, 0.035, "0%", "3.5%"),  # shown as 4%, and stored as 3.5%
    (SHARE, 0.138, "0.00%", "13.8%"),
    (SHARE, 0.2, "General", "0.2"),
    (SHARE, 3.5, "General", "3.5"),  # in a cell without a percent sign: the case asks whether 3.5% is meant
    (SHARE, 3.5, PERCENT, "350%"),
    (SHARE, "3.5%", "General", "3.5%"),
    (SHARE, " 3.5 % ", "@", "3.5 %"),
    (SHARE, 1, PERCENT, "100%"),
    (SHARE, 0.5, '0" % of all"', "0.5"),  # a percent sign in quotation marks multiplies nothing
    (CHANGE, -0.01, PERCENT, "-1%"),
    (CHANGE, "–1%", "General", "-1%"),
    (NUMBER, 4, "General", "4"),
    (NUMBER, 2.5, "0", "2.5"),
    (NUMBER, "4", "@", "4"),
    (NUMBER, "10/37", "@", "10/37"),
    (NUMBER, "up to 12", "General", "up to 12"),
    (WHOLE, 5.0, "General", "5"),
    (YEAR, "2026/27", "@", "2026/27"),
    (YEAR, " 2026 / 27", "@", "2026/27"),
    (YEAR, "2026-27", "@", "2026-27"),
    (YEAR, "2026/2027", "@", "2026/2027"),
    (YEAR, datetime(2011, 12, 1), "mmm-yy", "2011/12"),  # Excel's December 2011
    (YEAR, 2026, "General", "2026"),
    (MONTH, datetime(2026, 4, 1), "d/m/yyyy", "2026-04"),
    (MONTH, datetime(2026, 9, 1), "mmm yyyy", "2026-09"),
    (MONTH, "1/4/2026", "@", "2026-04"),
    (MONTH, "01.04.2026", "@", "2026-04"),
    (MONTH, "Sept 2026", "@", "2026-09"),
    (MONTH, "September 2026", "@", "2026-09"),
    (MONTH, "Apr-26", "@", "2026-04"),
    (MONTH, "2026-04", "@", "2026-04"),
    (MONTH, "soon", "General", "soon"),
    (DATE, datetime(2026, 1, 20), "d/m/yyyy", "2026-01-20"),
    (DATE, "20/1/2026", "@", "2026-01-20"),
    (DATE, "20 January 2026", "@", "2026-01-20"),
    (DATE, "31/2/2026", "@", "31/2/2026"),
    (YES_NO, True, "General", "true"),
    (YES_NO, "Yes", "General", "yes"),
    (YES_NO, "N", "General", "no"),
    (YES_NO, "maybe", "General", "maybe"),
    (POINTS, "23-27", "@", "23-27"),
    (POINTS, 27, "General", "27"),
    (TEXT, 2015, "General", "2015"),
    (TEXT, "Two lines,\nof a text ", "General", "Two lines,\nof a text"),
    (TEXT, "=not a formula", "@", "=not a formula"),
    (TEXT, datetime(2026, 4, 1), "d/m/yyyy", "1 April 2026"),
    (TEXT, None, "General", ""),
    (TEXT, "   ", "General", ""),
]
REFUSED = [
    (MONTH, datetime(2026, 4, 15), "d/m/yyyy", "This is a day, 15 April 2026"),
    (MONTH, "15/4/2026", "@", "This is a day, 15 April 2026"),
    (MONTH, 46113, "General", "This is a number where a date is needed"),
    (DATE, 20260120, "General", "This is a number where a date is needed"),
    (YEAR, datetime(2026, 4, 1), "d/m/yyyy", "This is a date, 1 April 2026, and a council year is needed"),
    (POINTS, datetime(2026, 10, 5), "d-mmm", "Excel has made a date of what was typed here, 5 October 2026"),
    (NUMBER, datetime(1900, 1, 4), "d/m/yyyy", "Excel has made a date of what was typed here"),
    (NUMBER, time(12, 0), "h:mm", "This is a time of day"),
]


@pytest.mark.parametrize(("kind", "value", "number_format", "expected"), READ)
def test_what_was_typed_is_read_as_meant(kind: Kind, value: Any, number_format: str, expected: str) -> None:
    assert text_of(Found(value, number_format), FieldShape(kind)) == expected


@pytest.mark.parametrize(("kind", "value", "number_format", "what"), REFUSED)
def test_what_may_mean_two_things_is_asked_about(kind: Kind, value: Any, number_format: str, what: str) -> None:
    with pytest.raises(AskedError) as caught:
        text_of(Found(value, number_format), FieldShape(kind))
    assert caught.value.what.startswith(what)


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (Found("#REF!", is_error=True), "The cell shows an error"),
        (Found(None, uncalculated=True), "The cell holds a formula, and no value is stored with it"),
    ],
)
def test_errors_and_formulas_without_value_are_refused(found: Found, what: str) -> None:
    with pytest.raises(AskedError, match=what):
        text_of(found, FieldShape(MONEY))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (MONEY, "40000", 40000.0),
        (MONEY, "40,000", "40,000"),
        (MONEY, "14.80", "14.80"),
        (SHARE, "13.3%", 0.133),
        (SHARE, "4.0%", "4.0%"),
        (SHARE, "0.2", "0.2"),
        (NUMBER, "10/37", "10/37"),
        (NUMBER, "0.1234567890123456", "0.1234567890123456"),
        (YES_NO, "yes", "Yes"),
        (YES_NO, "true", True),
        (YEAR, "2026/27", "2026/27"),
    ],
)
def test_a_cell_holds_a_number_only_where_it_gives_back_the_same_text(kind: Kind, text: str, expected: Any) -> None:
    assert held(text, FieldShape(kind)) == expected
    assert type(held(text, FieldShape(kind))) is type(expected)


def test_layouts_that_people_leave_are_read() -> None:
    """Renamed headings, a moved column, empty rows, merged cells, a table below another, sheets of one's own."""
    book = made(
        Posts=[
            ("Posts of our paper",),
            (),
            ("Grade", "Remarks", "Option *", "Full time equivalents", "POST "),
            ("family worker ", "ask HR", "A team", "4", "Family workers"),
            (),
            ("Family Worker", None, None, 1.5, "Seniors"),
            (),
            ("Cost", "Option", "Amount (£)", "For a", "Price base (council year)", "Inflation", "First month"),
            ("Training", "a-team", "£5,000", "Once", "2026/27", "None", "1/9/2026"),
        ],
        My_workings=[("anything", 1), ("else", "=1/0")],
    )
    posts = book["Posts"]
    posts.merge_cells("C4:C6")
    posts.merge_cells("A1:E1")
    posts.row_dimensions[6].hidden = True
    book["Placements"].title = "Placement"
    found = read_workbook(content(book), "ours.xlsx")
    assert found.problems == []
    (_, team) = found.data["options"]
    assert team["posts"] == [
        {"id": "family-workers", "title": "Family workers", "grade": "family-worker", "fte": "4"},
        {"id": "seniors", "title": "Seniors", "grade": "family-worker", "fte": "1.5"},
    ]
    assert team["costs"] == [
        {
            "id": "training",
            "label": "Training",
            "amount": "£5,000",
            "per": "once",
            "price_base": "2026/27",
            "inflation": "none",
            "start": "2026-09",
        }
    ]
    assert {**found.data, "options": []} == {**DATA, "options": []}


def test_names_are_made_where_none_are_given_and_two_alike_differ() -> None:
    book = made(Options=[*OPTIONS, ("A team", "")], Posts=POSTS[:1])
    found = read_workbook(content(book), "ours.xlsx")
    assert [option["id"] for option in found.data["options"]] == ["as-now", "a-team", "a-team-2"]


BY_YEAR = [
    ("Sheet", "Row", "Column", "How", "Years left out", "2026/27", "2027/28"),
    ("Posts", "A team / Family workers", "Full-time equivalent", "council years", None, 2, 4),
    ("Case", None, "Children in care", "one after another", None, 420, "430"),
    ("Price rises", "fees", "Rise", None, None, 0.03, "2%"),
]


def test_figures_by_year_and_by_month_and_their_sources_go_to_the_figure() -> None:
    post = ("A team", "Family workers", "see By year", "Family worker", "See by month")
    book = made(
        Case=[*CASE, ("Children in care", "see By year")],
        Price_rises=[("Index", "Rise"), ("Fees", "see By year")],
        Posts=[(*POSTS[0], "Vacancy factor"), post],
        By_year=BY_YEAR,
        By_month=[
            ("Sheet", "Row", "Column", "From month", "Value"),
            ("Posts", "family-workers", "Vacancy factor (%)", "Apr 2026", "4%"),
            ("Posts", "family-workers", "Vacancy factor", datetime(2027, 1, 1), "5%"),
        ],
        Sources=[("Source",), ("Cabinet paper",)],
        Assumptions_and_sources=[
            ("Sheet", "Row", "Column", "Source", "Note"),
            ("Case", "", "Discount rate", "Cabinet paper", "By the board."),
            ("Posts", "a-team / family-workers", "Full-time equivalent", "cabinet-paper", None),
        ],
    )
    book["Sources"].insert_cols(1)  # so that a table has two headings
    book["Sources"]["A1"] = "Publisher"
    book["Sources"]["A2"] = "The council"
    for cell in ("F4", "G4"):
        book["By year"][cell].number_format = "0%"
    book["By year"]["F4"].number_format = "0%"
    found = read_workbook(content(book), "ours.xlsx")
    assert [str(problem) for problem in found.problems] == []
    post_found = found.data["options"][1]["posts"][0]
    assert post_found["fte"] == {"by_year": {"2026/27": "2", "2027/28": "4"}, "source": "cabinet-paper"}
    assert post_found["vacancy_factor"] == {"by_month": {"2026-04": "4%", "2027-01": "5%"}}
    assert found.data["children_in_care"] == ["420", "430"]
    assert found.data["inflation"]["fees"] == {"by_year": {"2026/27": "3%", "2027/28": "2%"}}
    rate = {"value": "3.5%", "source": "cabinet-paper", "note": "By the board."}
    assert found.data["discounting"]["rate"] == rate


def test_everything_wrong_is_shown_at_once_with_its_cell() -> None:
    book = made(
        Case=[
            *CASE[:4],
            ("Number of years", "two"),
            ("Price base", datetime(2026, 4, 1)),
            *CASE[6:],
            ("Council", "Again"),
        ],
        Placements=[
            (PLACEMENTS[0][0], "Unit cost (£000)", *PLACEMENTS[0][2:], "Rating"),
            ("Foster care", "40k", "fortnight", "2026", "Fees", "good"),
        ],
        Price_rises=[*PRICES, ("Pay", 3)],
        Posts=[
            (*POSTS[0], "First month"),
            ("A teem", "Ghosts", 1, "Family worker", None),
            ("A team", "Workers", "up to 12", "Famly workers", datetime(2026, 4, 15)),
            ("A team", "More", "=1+1", None, "#REF!"),
        ],
        By_year=[*BY_YEAR[:1], ("Posts", "A team / Nobody", "Full-time equivalent", "council years", None, 2, 4)],
        Advanced=[("Address", "Value in YAML"), ("options.nobody.risks", "[a]"), ("summary", "[unclosed")],
    )
    book["Posts"]["E4"].data_type = "e"
    document = read_workbook(content(book), "ours.xlsx")
    with pytest.raises(ProblemsError) as caught:
        case_from_document(document)
    found = {(problem.cell, problem.what) for problem in caught.value.problems}
    expected = [
        ("Case!B5", "This is not a whole number"),
        ("Case!B6", "This is a date, 1 April 2026, and a council year is needed"),
        ("Case!B10", "“Council” is asked twice"),
        ("Placements!B1", "The heading says that amounts are in thousands or millions"),
        ("Placements!B2", "This is not an amount of money"),
        ("Placements!C2", "This is not one of the words allowed here"),
        ("Placements!D2", "This is not a financial year"),
        ("Placements!F1", "This column is not known here"),
        ("'Price rises'!B3", "This is a number above 1 where a percentage is needed"),
        ("Posts!A2", "There is no such row on the sheet Options"),
        ("Posts!C3", "This is not a number"),
        ("Posts!E3", "This is a day, 15 April 2026"),
        ("Posts!C4", "The cell holds a formula, and no value is stored with it"),
        ("Posts!E4", "The cell shows an error"),
        ("'By year'!B2", "The sheet Posts has no such row"),
        ("Advanced!A2", "Nothing in this case has that address"),
        ("Advanced!B3", ""),
    ]
    missing = [each for each in expected if not any(cell == each[0] and each[1] in what for cell, what in found)]
    assert missing == [], "\n".join(map(str, caught.value.problems))
    assert all(problem.file == "ours.xlsx" and problem.remedy for problem in caught.value.problems)


def test_a_problem_of_the_schema_speaks_of_headings_and_not_of_names_of_fields() -> None:
    book = made(Posts=[POSTS[0], ("A team", "Family workers", None, None)], Price_rises=PRICES)
    with pytest.raises(ProblemsError) as caught:
        case_from_document(read_workbook(content(book), "ours.xlsx"))
    assert str(caught.value).splitlines()[1:5] == [
        "ours.xlsx, Posts!A2, Family workers: Neither “Grade” nor “All-in annual cost” is given",
        "    Give exactly one of “Grade” and “All-in annual cost”.",
        "ours.xlsx, Posts!C2, “Family workers”, Full-time equivalent: “Full-time equivalent” is missing, and so is “Hours "
        "a week each”, which may take its place",
        "    Fill in “Full-time equivalent” or “Hours a week each”.",
    ]


def test_problems_between_sheets_name_the_sheet_to_fill_in_and_no_yaml() -> None:
    """What a saving has on a sheet of its own is not on Placements; an index goes on Price rises, with its rate."""
    book = made(
        Case=[*CASE[:6], ("Discount schedule", "green-book-2026"), ("Deflator", "none"), *CASE[7:]],
        Posts=[
            (*POSTS[0], "All-in annual cost", "Price base", "Inflation"),
            ("A team", "Family workers", 4, "Family wirker", None, None, None),
            ("A team", "Manager", 1, None, 68_000, "2026/27", "Pay"),
            ("A team", "Deputy", 1, None, 58_000, "2026/27", "Fees"),
        ],
        Placements_avoided=[
            ("Option", "Saving", "Children fewer in care", "Deadweight", "Optimism bias", "Cashable"),
            ("A team", "Fewer in care", 2, "20%", "15%", "100%"),
        ],
        Costs=[("Option", "Cost", "Amount", "For a", "Price base", "Inflation"),
               ("A teem", "Training", 1500, "year", "2026/27", "none")],
    )  # fmt: skip
    with pytest.raises(ProblemsError) as caught:
        case_from_document(read_workbook(content(book), "ours.xlsx"))
    found = {problem.cell: (problem.what, problem.remedy) for problem in caught.value.problems}
    assert found["'Placements avoided'!A2"] == (
        "There is no row for this on the sheet Placement mix",
        "Add a row on the sheet Placement mix.",
    )
    assert found["Posts!G3"][1].endswith("Define an index on the sheet Price rises.")
    assert found["Posts!D2"][1].endswith("Define a grade on the sheet Grades.")  # with the misspelt option of a cost
    assert "“Family worker”. Define" in found["Posts!D2"][1]  # as the sheet has it, and not by its short name
    assert found["Costs!A2"][1].startswith("Did you mean “A team”?")
    assert found["Case!B8"][1] == (
        "Name in “Deflator” an index of general prices on the sheet Price rises, such as one whose “Published rate” is "
        "gdp-deflator."
    )


def test_rates_and_months_that_are_missing_are_asked_for_as_the_workbook_has_them() -> None:
    """A case without on-costs and pay award, whose years go past the published pay; a month with a year of two figures."""
    book = made(
        Case=[*CASE[:3], ("First year", "2026/27"), ("Number of years", 3), *CASE[5:7], ("Pay award", None)],
        Posts=[(*POSTS[0], "First month"), *((*POSTS[1][:2], 4, "Family worker", month) for month in ("", "01/09/26"))],
    )
    with pytest.raises(ProblemsError) as caught:
        case_from_document(read_workbook(content(book), "ours.xlsx"))
    remedies = {problem.remedy for problem in caught.value.problems}
    assert "Write a month like Apr 2026." in remedies
    assert any(remedy.startswith("Fill in “Employer's pension”, your fund's rate") for remedy in remedies)
    assert any(remedy.startswith("Fill in “Pay award”, or on the sheet By year for 20") for remedy in remedies)
    said = "".join(f"{problem.what} {problem.remedy}" for problem in caught.value.problems)
    assert "{" not in said and "…" not in said and "`" not in said


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (datetime(2014, 3, 1), "mmm-yy", "March 2014"),  # what Excel makes of a typed March 2014
        (datetime(2014, 3, 1), "mmmm yyyy", "March 2014"),
        (datetime(2014, 3, 1), "dd/mm/yyyy", "2014-03-01"),
        (datetime(2014, 3, 31), "[$-809]d mmmm yyyy", "2014-03-31"),
        (datetime(2014, 1, 1), "yyyy", "2014"),
        (2014, "General", "2014"),
        ("31/3/2014", "@", "2014-03-31"),
        ("late 2016", "@", "late 2016"),
    ],
)
def test_the_date_of_a_count_is_as_much_of_it_as_the_cell_shows(value: Held, number_format: str, read: str) -> None:
    assert text_of(Found(value, number_format), FieldShape(Kind.PART_OF_DATE)) == read
