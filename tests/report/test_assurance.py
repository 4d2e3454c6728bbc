"""The assurance pack: what is blank or expired by the meeting is flagged; nothing is filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import shipped_cases
from paper_results import INPUTS

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.appraisal.what_moves import moved_by_a_tenth_less
from finmodel.case import load_case
from finmodel.case.checks.warnings import warnings
from finmodel.lines.display import pounds
from finmodel.report.assurance_tables import assurance_tables
from finmodel.report.workbook import render_workbook
from finmodel.results.assurance import NOT_TESTED, AssumptionEntry, AssurancePack, assurance
from finmodel.results.assurance_statement import statement_facts

PACK = """
assurance:
  decisions:
    - {what: Posts are priced at the top., date: 2014-12-01, by: Budget group, why: It is the practice., source: paper}
    - {what: No deductions are made.}
  sign_off:
    - {inputs: placements, by: Chief accountant, date: 2015-01-05, review_by: 2015-01-20, effect: A tenth more is 1 child.}
    - {inputs: placements.average.unit_cost, by: Head of service, why: As the framework contract has it.}
    - {inputs: nothing.here, by: Nobody}
  review_by: 2016-01-20
  known_limits: [No effect of an option is known.]
"""


def appraisal_with(tmp_path: Path, added: str, *changes: tuple[str, str]) -> Appraisal:
    text = (INPUTS / "wolverhampton-2015" / "case.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "case.yaml").write_text(text + added, encoding="utf-8")
    return appraise(load_case(tmp_path))


@pytest.fixture
def pack(tmp_path: Path) -> AssurancePack:
    expired = ("reference: Report to Cabinet (Resources) Panel", "expires: 2015-01-20")
    return assurance(appraisal_with(tmp_path, PACK, expired))


def entry(pack: AssurancePack, address: str) -> AssumptionEntry:
    return next(each for each in pack.assumptions_log if address in each.addresses)


def test_the_closest_sign_off_speaks(pack: AssurancePack) -> None:
    cost = entry(pack, "placements.average.unit_cost")
    assert cost.signed_off_by == "Head of service"
    assert cost.effect == NOT_TESTED
    assert cost.review_by == "2016-01-20"  # the pack's own
    assert cost.value == "£40,000.00"
    assert cost.reliability == "stated"
    assert cost.why == "As the framework contract has it."
    assert cost.flags == ("no owner",)


def test_a_sign_off_that_names_no_input_is_flagged(pack: AssurancePack) -> None:
    assert "A sign-off names nothing.here, which begins the address of no input." in pack.flags


def test_what_expired_by_the_meeting_is_flagged(pack: AssurancePack) -> None:
    paper = next(each for each in pack.data_log if each.what.startswith("Investing to save"))
    assert paper.flags == ("expired",)
    assert "One of 2 documents expired by the day of the meeting." in pack.flags


def test_a_review_that_is_due_at_the_meeting_is_overdue(tmp_path: Path) -> None:
    due = PACK.replace("review_by: 2016-01-20", "review_by: 2015-01-20")
    cost = entry(assurance(appraisal_with(tmp_path, due)), "placements.average.unit_cost")
    assert "review overdue" in cost.flags
    later = PACK.replace("review_by: 2016-01-20", "review_by: 2015-01-21")
    cost = entry(assurance(appraisal_with(tmp_path, later)), "placements.average.unit_cost")
    assert "review overdue" not in cost.flags


def test_without_a_meeting_nothing_is_told_to_have_expired(tmp_path: Path) -> None:
    meeting = ("meeting: {body: Cabinet (Resources) Panel, date: 2015-01-20}\n", "")
    pack = assurance(appraisal_with(tmp_path, PACK, meeting))
    assert not any("review overdue" in each.flags for each in pack.assumptions_log)
    assert "The case has no date of meeting, so nothing can be said to have expired." in pack.flags


def test_decisions_and_their_blanks(pack: AssurancePack) -> None:
    first, second = pack.decisions_log
    assert first.flags == ()
    assert first.by == "Budget group"
    assert second.flags == ("no date", "nobody named", "no reason")
    assert "One of 2 decisions has no reason." in pack.flags


def test_alike_inputs_of_several_options_are_one_entry(pack: AssurancePack) -> None:
    fte = entry(pack, "options.peripatetic.posts.social-workers.fte")
    assert len(fte.addresses) == 3
    assert fte.value == "12 FTE"


def test_limits_are_the_authors_own_and_then_what_the_reader_was_warned_of(tmp_path: Path) -> None:
    old_prices = ("    price_base: 2014/15", "    price_base: 2011/12")  # 2015/16 less 2011/12: 4 years
    own, *warned = assurance(appraisal_with(tmp_path, PACK, old_prices)).known_limits
    assert own == "No effect of an option is known."
    assert sum("The price base is 4 years older than the case" in each for each in warned) == 1


def test_the_flat_rate_shown_beside_is_no_assumption_of_the_answer(pack: AssurancePack) -> None:
    assert not any("discounting.flat_rate" in each.addresses for each in pack.assumptions_log)


def test_a_case_that_states_nothing_is_told_what_it_lacks() -> None:
    pack = assurance(shipped_cases.appraisal_of("darlington-2010"))
    assert pack.decisions_log == ()
    assert "No decision is logged." in pack.flags
    assert "None of the 24 assumptions has been signed off." in pack.flags
    assert all(each.effect == NOT_TESTED for each in pack.assumptions_log)


def test_the_sheet_shows_every_cell_of_the_tables(tmp_path: Path) -> None:
    appraisal = appraisal_with(tmp_path, PACK)
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(appraisal))
    page = openpyxl.load_workbook(path)["Assurance"]
    shown = {cell.value for line in page.iter_rows() for cell in line if cell.value}
    for table in assurance_tables(assurance(appraisal)):
        assert table.caption in shown
        for row in table.rows:
            assert row.header in shown
            for cell in row.cells:
                assert not cell.text or any(str(value).startswith(cell.text) for value in shown)


ROLES = """
assurance:
  prepared_by: Accountant
  assured_by: " accountant"
  approved_by: Section 151 officer
  version: '2.0'
  issued: 2015-01-12
  impact: critical
  likelihood: realistic possibility
  carried_out: [Recalculated by hand.]
"""


def test_the_statement_has_roles_and_the_level_of_risk(tmp_path: Path) -> None:
    found = assurance(appraisal_with(tmp_path, ROLES)).statement
    assert (found.prepared_by, found.version, found.issued) == ("Accountant", "2.0", "2015-01-12")
    assert found.risk == "high"  # AQuA Book, example of a risk matrix: critical impact, a realistic possibility
    assert found.response.startswith("not to be tolerated: add assurance")
    assert found.flags == ("Accountant prepared the analysis and assured it as well.",)


def test_what_a_statement_lacks_is_said_and_not_made_up(pack: AssurancePack) -> None:
    facts = dict(statement_facts(pack.statement))
    assert (
        facts["Prepared by (analyst)"] == facts["Version"] == facts["Issued"] == facts["Risk of errors"] == "not stated"
    )
    assert "The case has no version." in pack.flags
    assert "Nobody is named who assured the analysis, independent of who prepared it." in pack.flags


def test_one_and_the_same_in_two_roles_is_asked_about_by_check(tmp_path: Path) -> None:
    case = appraisal_with(tmp_path, ROLES).case
    asked = [found for found in warnings(case) if found.address[0] == "assurance"]
    assert [found.address for found in asked] == [("assurance", "assured_by")]
    apart = appraisal_with(tmp_path, ROLES.replace('" accountant"', "Principal accountant")).case
    assert not [found for found in warnings(apart) if found.address[0] == "assurance"]


def test_every_published_figure_expires_or_says_why_not(pack: AssurancePack) -> None:
    rates = [each for each in pack.data_log if each.kind == "rate"]
    assert rates
    assert [each.what for each in rates if bool(each.expires) is bool(each.no_expiry)] == []


def test_a_document_may_say_why_it_never_expires(tmp_path: Path) -> None:
    told = ("reference: Report to Cabinet (Resources) Panel", "no_expiry: It was decided on.")
    pack = assurance(appraisal_with(tmp_path, PACK, told))
    paper = next(each for each in pack.data_log if each.what.startswith("Investing to save"))
    assert (paper.expires, paper.no_expiry, paper.flags) == ("", "It was decided on.", ())


def test_what_a_tenth_less_moves_is_that_of_the_case_with_a_tenth_less(tmp_path: Path) -> None:
    address, price = "placements.average.unit_cost", ("unit_cost: 40000", "unit_cost: 36000")
    whole, less = appraisal_with(tmp_path, PACK), appraisal_with(tmp_path, PACK, price)
    found = moved_by_a_tenth_less(whole, [[whole.written.model[address]]])[0]
    assert found is not None
    assert len(found) == 3
    for option in whole.written.options[:3]:
        measure = option.option.id + ".measures.net_present_budget_impact"
        moved = (less.results.figure(f"options.{measure}") or 0) - (whole.results.figure(f"options.{measure}") or 0)
        assert found[option.option.title] == pytest.approx(moved)
        assert f"{option.option.title}: {pounds(moved)}" in entry(assurance(whole), address).moves
