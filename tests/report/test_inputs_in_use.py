"""Of a table of published corrections, only the rows that a grade of evidence comes to are listed as inputs."""

from __future__ import annotations

from pathlib import Path

from home_case import HOME, ONE_CHILD, home_case
from small_cases import option_of, written

from finmodel.appraisal.appraise import Appraisal
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.evaluate import evaluate
from finmodel.report.certainty import tally_of_inputs
from finmodel.report.source_tables import inputs
from finmodel.results.appraised import AppraisalResults, results

TABLE = "rates.optimism_bias."


def test_only_the_grades_that_a_case_gives_are_listed() -> None:
    """A cost of grade 2 and a saving whose weakest input is of grade 4; the tables have six rows each."""
    child = {name: given for name, given in ONE_CHILD.items() if name != "optimism_bias"}
    graded = child | {"evidence_grade": {"effect": 4, "price": 1}}
    data = home_case(option_of("home", costs=[HOME | {"evidence_grade": 2}], benefits=[graded]))
    model = written(data)
    found = results(Appraisal(LoadedCase(case_from_data(data), Path(), ()), model, evaluate(model.model)))
    used = {f"{TABLE}cost_grade_2", f"{TABLE}grade_4"}
    assert in_tables(found) == used
    assert in_log(found) == used
    assert {rate.address for rate in found.provenance.rates if rate.address.startswith(TABLE)} == used
    listed = {row.note for table in inputs(found) for row in table.rows}
    counted = [address for address in listed if not address.startswith(("conventions.", "calendar."))]
    assert sum(tally_of_inputs(found, "home").values()) == len(counted)
    # The rest stay in the model, so that the workbook can be given another grade.
    assert sum(address.startswith(TABLE) for address in found.lines) == 12


def in_tables(found: AppraisalResults) -> set[str]:
    return {row.note for table in inputs(found) for row in table.rows if row.note.startswith(TABLE)}


def in_log(found: AppraisalResults) -> set[str]:
    logs = (*found.assurance.assumptions_log, *found.assurance.data_log)
    return {address for entry in logs for address in entry.addresses if address.startswith(TABLE)}
