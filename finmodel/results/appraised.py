"""What an appraisal found, whole: every figure that a report shows, with its reason where it has none. No sums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Struct

from finmodel.appraisal.appraise import Appraisal
from finmodel.results.assurance import AssurancePack, assurance
from finmodel.results.break_even import SolvedResult, solved_result
from finmodel.results.business_as_usual import BusinessAsUsualResult, business_as_usual_result
from finmodel.results.case_facts import CaseFacts, PaperFacts, case_facts, paper_facts
from finmodel.results.caseload import CaseloadResult, caseload_result
from finmodel.results.checks import ChecksResult, checks_result
from finmodel.results.demand import DemandResult, demand_result
from finmodel.results.lines import FigureOnce, LineFound, lines_found
from finmodel.results.mtfs import MtfsSettings
from finmodel.results.option import OptionResult, option_result
from finmodel.results.provenance import MadeFrom, provenance
from finmodel.results.scoring import ScoringResult, scoring_result
from finmodel.results.set_inputs import SetInputs, set_inputs
from finmodel.results.stages import StageResult, StagesTogether, stage_results, stages_together
from finmodel.results.uncertainty import UncertaintyResult, uncertainty_result
from finmodel.results.written import LEFT_OUT, Yearly


class AppraisalResults(Struct, frozen=True):
    """What an appraisal found; amounts are unrounded pounds. Its plain form is `results.json`.

    format: of the plain form, raised when a key changes its meaning. lines: by address. provenance: what it was made
    from and with.
    """

    format: Literal[1]
    case: CaseFacts
    what_if: Annotated[SetInputs | None, LEFT_OUT]
    years: tuple[str, ...]
    present_value_basis: str
    options: tuple[OptionResult, ...]
    break_even: tuple[SolvedResult, ...]
    mtfs: MtfsSettings
    stages: tuple[StageResult, ...]
    stages_together: StagesTogether | None
    scoring: ScoringResult | None
    business_as_usual: BusinessAsUsualResult | None
    demand: Annotated[DemandResult | None, LEFT_OUT]
    caseload: Annotated[CaseloadResult | None, LEFT_OUT]
    uncertainty: Annotated[UncertaintyResult | None, LEFT_OUT]
    checks: ChecksResult
    paper: PaperFacts
    assurance: AssurancePack
    lines: Mapping[str, LineFound]
    provenance: MadeFrom

    def figure(self, address: str) -> float | None:
        """The figure of a line that has one for the whole case; None where there is no such line, or no figure."""
        line = self.lines.get(address)
        return line.value if isinstance(line, FigureOnce) else None

    def figures(self, address: str) -> Yearly:
        """A figure a period of a line; KeyError where there is no such line."""
        line = self.lines[address]
        return (line.value,) if isinstance(line, FigureOnce) else line.values

    @property
    def has_capital(self) -> bool:
        """Whether the case has capital, so that all money spent and the revenue budget differ."""
        return any(option.measures.revenue_payback is not None for option in self.options)

    @property
    def net_name(self) -> str:
        """What is followed by month until it is paid back: of all money, where capital makes a difference."""
        return "net position" if self.has_capital else "net saving"


def results(appraisal: Appraisal, *, uncertainty: bool = True) -> AppraisalResults:
    """What an appraisal found, as typed values.

    uncertainty: whether what a change of the inputs would do is tried too, which takes longer than all the rest;
    `results.json` always has it.
    """
    case, written = appraisal.case, appraisal.written
    scoring = written.budget.scoring
    return AppraisalResults(
        format=1,
        case=case_facts(case),
        what_if=set_inputs(case),
        years=tuple(str(year) for year in case.horizon.years),
        present_value_basis=written.present_value_basis,
        options=tuple(option_result(appraisal, option) for option in written.options),
        break_even=tuple(solved_result(each) for each in appraisal.solved),
        mtfs=MtfsSettings(case.mtfs.prefix, case.mtfs.shown_in),
        stages=stage_results(appraisal),
        stages_together=stages_together(appraisal),
        scoring=None if scoring is None else scoring_result(appraisal, scoring),
        business_as_usual=business_as_usual_result(appraisal),
        demand=demand_result(appraisal),
        caseload=caseload_result(appraisal),
        uncertainty=uncertainty_result(appraisal) if uncertainty else None,
        checks=checks_result(appraisal),
        paper=paper_facts(case),
        assurance=assurance(appraisal),
        lines=lines_found(appraisal),
        provenance=provenance(appraisal),
    )
