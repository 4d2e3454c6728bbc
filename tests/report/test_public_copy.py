"""A copy for publication gives nothing away: two cases that differ in what is exempt give the same bytes.

Where a reader holds the copy alone, this is proof: whatever could be worked out from it would be so in both cases.
"""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from finmodel.appraisal.appraise import appraise
from finmodel.case import ProblemsError, load_case
from finmodel.cli import main
from finmodel.parsing.problems import CannotBeDoneError
from finmodel.report.write import write_public, write_report
from finmodel.results.json_schema import public_schema
from finmodel.results.published import published

OUTPUTS = ("report.html", "report.xlsx", "report.docx", "results.json")
REASON = "Paragraph 3 of Schedule 12A to the Local Government Act 1972"
PRICE = "exempt: [{of: placements.home, reason: " + REASON + "}]"
CASE = """
    title: Family workers
    council: Anytown Council
    price_base: 2025/26
    first_year: 2025/26
    years: 2
    inflation: {{general: {index}}}
    discounting: {{schedule: green-book-2026, deflator: general}}
    placements:
      home: {{label: Home placement, unit_cost: {price}, per: year, price_base: 2025/26, inflation: general}}
    {marks}
    options:
      - id: workers
        title: Family workers
        description: {description}
        costs:
          - {{id: lease, label: Lease, amount: {lease}, per: year, price_base: 2025/26, inflation: general}}
          - {{id: cars, label: Cars, amount: 21000, per: year, price_base: 2025/26, inflation: general}}
        benefits:
          - id: fewer
            label: Fewer children in care
            children: {children}
            placements: {{home: 100%}}
            deadweight: {deadweight}
            optimism_bias: 0%
            cashable: 100%
"""
STATED = {"price": "40000", "marks": PRICE, "description": "Workers.", "lease": "90000", "children": "8"} | {
    "deadweight": "20%",
    "index": "2%",
}


def _case(folder: Path, **stated: str) -> Path:
    folder.mkdir()
    (folder / "case.yaml").write_text(dedent(CASE).format(**(STATED | stated)), encoding="utf-8")
    return folder


def _copy(folder: Path, **stated: str) -> dict[str, bytes]:
    write_public(appraise(load_case(_case(folder, **stated))), folder / "out")
    return {name: (folder / "out" / name).read_bytes() for name in OUTPUTS}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The copy of the case as it stands, whose text names the price."""
    return _copy(tmp_path_factory.mktemp("copy") / "case", description="At £40k a place, or £769 a week.")


def _figures(copy: dict[str, bytes]) -> dict[str, str]:
    """What the copy shows of each measure, and of the first year of each row."""
    option = json.loads(copy["results.json"])["options"][0]
    return {
        figure["name"]: figure["shown"][0] for group in ("by_year", "costs", "measures") for figure in option[group]
    }


def _text(content: bytes) -> str:
    """Everything in a file, of an archive every part, markup taken out of it and left in it."""
    raw = "\n".join(part.decode("utf-8", errors="replace") for part in _parts(content))
    return raw + re.sub(r"<[^>]+>", "", raw)


def _parts(content: bytes) -> list[bytes]:
    if not content.startswith(b"PK"):
        return [content]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize(
    ("marks", "one", "other"),
    [
        pytest.param(  # 8 × 40,000 × 80% = 8 × 50,000 × 64%
            PRICE, {}, {"price": "50000", "deadweight": "36%"}, id="a price, against the shares taken off"
        ),
        pytest.param(PRICE, {}, {"price": "32000", "children": "10"}, id="a price, against the number of children"),
        pytest.param(
            "exempt: [{of: options.workers.costs.lease, reason: Lease.}]", {}, {"lease": "70000"}, id="a cost"
        ),
        pytest.param(
            "exempt: [{of: options.workers.benefits.fewer, reason: Recognisable.}]",
            {},
            {"children": "9", "deadweight": "3%"},
            id="a claim",
        ),
        pytest.param("exempt: [{of: prices.general, reason: Forecast.}]", {}, {"index": "5%"}, id="an index"),
        pytest.param("small_numbers: 5", {"children": "4"}, {"children": "2", "price": "80000"}, id="a small number"),
    ],
)
def test_the_copy_is_the_same_whatever_is_exempt(
    tmp_path: Path, marks: str, one: dict[str, str], other: dict[str, str]
) -> None:
    assert _copy(tmp_path / "one", marks=marks, **one) == _copy(tmp_path / "other", marks=marks, **other)


def test_its_results_are_as_their_schema_has_them(copy: dict[str, bytes]) -> None:
    problems = Draft202012Validator(public_schema()).iter_errors(json.loads(copy["results.json"]))
    assert [problem.message for problem in problems] == []


def test_a_price_leaves_the_totals_and_takes_the_children(copy: dict[str, bytes]) -> None:
    shown = _figures(copy)
    assert shown["total_cost"] == "£224,220"  # (90,000 + 21,000) × (1 + 1.02)
    assert shown["total_saving"] == "£517,120"  # 8 × 40,000 × 80% × (1 + 1.02)
    assert shown["cashable_saving"] == "£256,000"
    assert {shown["forecast_children"], shown["break_even_children_average"]} == {"Exempt"}


def test_an_exempt_cost_takes_the_total_that_it_could_be_had_from_by_subtraction(tmp_path: Path) -> None:
    shown = _figures(_copy(tmp_path / "case", marks="exempt: [{of: options.workers.costs.lease, reason: Lease.}]"))
    assert {shown[name] for name in ("lease", "cost", "total_cost", "net_saving", "payback_month")} == {"Exempt"}
    assert (shown["cars"], shown["total_saving"]) == ("£21,000", "£517,120")


_DRAWN = "uncertainty: {{draws: 100, ranges: [{{input: {of}, {ends}, stated_as: factor, note: Made up}}]}}"
_LEASE = _DRAWN.format(of="options.workers.costs.lease.amount", ends="low: 50%, high: 150%")


def _simulated(folder: Path, **stated: str) -> list[tuple[str, str]]:
    found = published(appraise(load_case(_case(folder, **stated)))).simulation
    assert found is not None
    return [(figure.name, figure.shown[0]) for option in found.options for figure in option.figures]


def test_draws_of_an_option_that_a_price_is_behind_are_exempt_and_others_are_not(tmp_path: Path) -> None:
    hidden = _simulated(tmp_path / "hidden", marks=f"{PRICE}\n{_LEASE}")
    assert [shown for _, shown in hidden] == ["Exempt"] * 4
    shown = dict(_simulated(tmp_path / "shown", marks=f"small_numbers: 2\n{_LEASE}"))
    # 8 children less 20% at £40,000 and £111,000 of cost over 2025/26 and 2026/27, the second 2% dearer: £145,000 × 2.02
    # is £292,900, and half of the lease either way £90,900: always paid back, and the ends lie within that.
    assert shown["paid_back"] == "100%"
    pounds = [int(shown[name].replace("£", "").replace(",", "")) for name in ("net_p10", "net_p50", "net_p90")]
    assert 292_900 - 90_900 < pounds[0] < pounds[1] < pounds[2] < 292_900 + 90_900
    assert all(each % 1_000 == 0 for each in pounds)


def test_small_numbers_of_children_are_shown_as_fewer(tmp_path: Path) -> None:
    shown = _figures(_copy(tmp_path / "case", marks="small_numbers: 5", children="4"))
    assert shown["forecast_children"] == "Fewer than 5"
    assert shown["break_even_children_average"] in ("Fewer than 5", "Exempt")  # with cost and saving it gives the other
    shown = _figures(_copy(tmp_path / "large", marks="small_numbers: 3", children="8"))
    assert shown["forecast_children"] == "8.0"  # as the case states them, before deductions


# The price; that of the second year; a month and a week of it; the saving before deductions, of one and two years.
LEADS = ("40000", "40,000", "40.0k", "40k", "40800", "40,800", "3333", "3,333", "769", "320000", "320,000", "646400")
LEADS += ("646,400", "20%", "sha256", "case.yaml")


def _found(content: bytes) -> list[str]:
    return [each for each in LEADS if re.search(rf"(?<![\d,.#\"]){re.escape(each)}(?!,?\d|\.[1-9]|\")", _text(content))]


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_byte_of_an_output_has_the_price_or_what_leads_to_it(copy: dict[str, bytes], output: str) -> None:
    assert _found(copy[output]) == []
    for hidden in ("<f>", "<f ", "definedName", "unit_cost", "deadweight", "Case</"):
        assert hidden not in _text(copy[output])


def test_the_search_finds_the_price_in_the_report_itself(tmp_path: Path) -> None:
    """The search above can find what it looks for."""
    folder = _case(tmp_path / "case")
    write_report(appraise(load_case(folder)), folder / "out")
    for name in OUTPUTS:
        there = _found((folder / "out" / name).read_bytes())
        assert there if name == "report.docx" else {"40000", "40,000"}.intersection(there)  # the paper has its savings


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("A home costs £40,000 a year.", False),
        ("A home costs some 40k.", False),
        ("Homes cost £0.04 million each.", False),
        ("A home costs £3,333 a month.", False),
        ("In a home, £769 a week is paid.", False),
        ("A home costs £40 800 in the second year.", False),
        ("The lease is £90,000 from April 2025.", True),
    ],
)
def test_a_text_that_names_an_exempt_figure_is_left_out_whole(tmp_path: Path, text: str, stays: bool) -> None:
    found = published(appraise(load_case(_case(tmp_path / "case", description=json.dumps(text)))))
    assert (found.options[0].description == text, found.texts_left_out) == (stays, 0 if stays else 1)


@pytest.mark.parametrize("output", OUTPUTS)
def test_each_output_says_once_what_it_leaves_out_and_why(copy: dict[str, bytes], output: str) -> None:
    whole = "".join(re.sub(r"<[^>]+>", "", part.decode("utf-8", errors="replace")) for part in _parts(copy[output]))
    assert whole.count("This copy leaves out information that is exempt from publication: Home placement") == 1
    assert REASON in whole


def test_nothing_marked_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(CannotBeDoneError, match="marks nothing as exempt"):
        _copy(tmp_path / "case", marks="")
    assert not (tmp_path / "case" / "out").exists()


def test_no_pdf_of_the_full_report_is_left_beside_the_copy(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.pdf").write_bytes(b"%PDF")
    with pytest.raises(CannotBeDoneError, match="may hold what is exempt"):
        write_public(appraise(load_case(_case(tmp_path / "case"))), tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.pdf"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("placements.hom", "placements.home"),
        ("options.workers.measures.total_saving", "This figure is worked out"),
    ],
)
def test_a_mark_that_meets_no_input_is_a_problem(tmp_path: Path, address: str, said: str) -> None:
    folder = _case(tmp_path / "case", marks=f"exempt: [{{of: {address}, reason: Because.}}]")
    with pytest.raises(ProblemsError) as raised:
        appraise(load_case(folder))
    (problem,) = raised.value.problems
    assert problem.where == "exempt[1].of"
    assert said in f"{problem.what} {problem.remedy}"


def test_the_command_says_what_is_left_out(tmp_path: Path) -> None:
    folder = _case(tmp_path / "case")
    done = CliRunner().invoke(main, ["report", str(folder), "--public", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "This copy leaves out" in done.output
    assert REASON in done.output
    assert not _found(done.stdout.encode())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(OUTPUTS)
