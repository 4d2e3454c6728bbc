"""From a case to its appraisal: the model written, every line worked out, every measure with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from finmodel.appraisal.beside_evidence import BesideClaim, write_beside_evidence
from finmodel.appraisal.beside_record import BesideRecord, write_beside_record
from finmodel.appraisal.budget import WrittenBudget, write_budget
from finmodel.appraisal.business_as_usual import BusinessAsUsual, write_business_as_usual
from finmodel.appraisal.checks import MASTER, write_checks
from finmodel.appraisal.discounting import basis, present_value_factor
from finmodel.appraisal.judged import Judged
from finmodel.appraisal.measures import write_measures
from finmodel.appraisal.options import WrittenOption, write_option, write_own
from finmodel.appraisal.solved import Solved
from finmodel.appraisal.stated_break_even import solve_stated
from finmodel.appraisal.stated_once import repeat_what_is_stated_once
from finmodel.appraisal.stated_ranges import RangeInCase, ranges_in_case
from finmodel.appraisal.worked_problems import check_figures
from finmodel.basis.book import Book, DrawnFromBaseline
from finmodel.case import Case, LoadedCase
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.line import Line
from finmodel.lines.model import Model
from finmodel.parsing.places import Places
from finmodel.reference.rates import Vintage

if TYPE_CHECKING:
    import pandas

    from finmodel.caseload.options import CaseloadOfOption
    from finmodel.caseload.write import WrittenCaseload
    from finmodel.demand.write import WrittenDemand


class WrittenModel(Struct, frozen=True):
    """The model of a case, and where to find in it what readers ask for."""

    case: Case
    model: Model
    options: tuple[WrittenOption, ...]
    measures: dict[str, dict[str, Line]]
    checks: tuple[Line, ...]
    present_value_basis: str
    budget: WrittenBudget
    business_as_usual: BusinessAsUsual | None
    published: Mapping[str, tuple[Vintage, ...]] = field(default_factory=dict)  # published figures behind an input
    demand: WrittenDemand | None = None
    ledger: tuple[DrawnFromBaseline, ...] = ()  # what the claims draw of the baseline
    beside: Mapping[tuple[str, str], BesideClaim] = field(default_factory=dict)  # evidence, by option and claim
    record: Mapping[tuple[str, str], BesideRecord] = field(default_factory=dict)  # the council's own, likewise
    caseload: WrittenCaseload | None = None
    caseload_of: Mapping[str, CaseloadOfOption] = field(default_factory=dict)  # by option
    ranges: tuple[RangeInCase, ...] = ()  # how far inputs may be from what the case states


class Appraisal(Struct, frozen=True):
    """A case appraised: its model and the value of every line."""

    loaded: LoadedCase
    written: WrittenModel
    results: Results
    solved: tuple[Solved, ...] = ()  # what the case asks of break-even

    @property
    def case(self) -> Case:
        """What the authors state."""
        return self.loaded.case

    @property
    def checks_hold(self) -> bool:
        """Whether every check of the model holds."""
        return self.results.figure(MASTER) == 1

    def frame(self, table: str = "") -> pandas.DataFrame:
        """A table for a notebook: the yearly lines of every option, a row an option and line, a column a year.

        table: one of the long tables of `finmodel.appraisal.tables` instead, a row a figure: `options`, `years`,
        `months`, `posts`, `placements`, `mtfs`, `measures`, `inputs`.
        """
        import pandas as pd  # noqa: PLC0415 - heavy, and only for notebooks

        if table:
            from finmodel.appraisal.tables import long_frame  # noqa: PLC0415 - it knows appraisals

            return long_frame(self, table)
        rows = {
            (option.option.id, name): self.results.figures(line)
            for option in self.written.options
            for name, line in option.yearly.items()
        }
        years = [str(year) for year in self.case.horizon.years]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=years)
        frame.index = pd.MultiIndex.from_tuples(rows, names=["option", "line"])
        return frame


def write_model(case: Case, places: Places | None = None) -> WrittenModel:
    """Write the lines of a case; places: of what it was read from, so that what is stated once is one input."""
    book = Book(case)
    demand, caseload = _demand(book), _caseload(book)
    if not case.options:
        return _without_options(book, demand, caseload)
    factor = present_value_factor(book)
    own = {option.id: write_own(book, option) for option in case.options}
    baseline = own.get(case.status_quo or "")
    options = [write_option(book, option, own[option.id], baseline) for option in case.options]
    caseloads = _caseloads(options, caseload)
    itself = write_business_as_usual(book, options, factor)
    convention = basis(case)
    judged = [Judged(option, factor, convention) for option in options]
    measures = {each.written.option.id: write_measures(each) for each in judged}
    budget = write_budget(book, judged)
    if places is not None:
        repeat_what_is_stated_once(book, places)
    checks = write_checks(book, options, measures, budget.checks)
    beside, record = write_beside_evidence(book, options), write_beside_record(book, options)
    return WrittenModel(
        case,
        book.model,
        tuple(options),
        measures,
        tuple(checks),
        convention,
        budget,
        itself,
        book.published,
        demand,
        tuple(book.ledger),
        beside,
        record,
        caseload,
        caseloads,
        ranges_in_case(case, book.ranged),
    )


def _demand(book: Book) -> WrittenDemand | None:
    if book.case.demand is None:
        return None
    from finmodel.demand.write import write_demand  # noqa: PLC0415 - a room that most cases do not enter

    return write_demand(book)


def _caseload(book: Book) -> WrittenCaseload | None:
    if book.case.caseload is None:
        return None
    from finmodel.caseload.write import write_caseload  # noqa: PLC0415 - likewise

    return write_caseload(book)


def _caseloads(options: Sequence[WrittenOption], caseload: WrittenCaseload | None) -> dict[str, CaseloadOfOption]:
    """What each option does to the caseload that it names."""
    found = {}
    for written in options:
        stated = written.option.caseload
        if stated is None or caseload is None:
            continue
        from finmodel.caseload.options import write_option_caseload  # noqa: PLC0415 - likewise

        in_post = [post.fte_in_post for post in written.own.posts if post.post.id in stated.posts]
        made = write_option_caseload(written.room, written.option.title, stated, in_post, caseload)
        if made is not None:
            found[written.option.id] = made
    return found


def _without_options(book: Book, demand: WrittenDemand | None, caseload: WrittenCaseload | None) -> WrittenModel:
    """The model of a case without options: nothing to appraise, so no present value and no budget."""
    checks = write_checks(book, [], {}, {})
    return WrittenModel(
        book.case,
        book.model,
        (),
        {},
        tuple(checks),
        "",
        WrittenBudget({}, None, None),
        None,
        book.published,
        demand,
        caseload=caseload,
        ranges=ranges_in_case(book.case, book.ranged),
    )


def appraise(loaded: LoadedCase) -> Appraisal:
    """Appraise a case; raises ProblemsError with every problem that its worked figures show."""
    written = write_model(loaded.case, loaded.places)
    check_figures(loaded, written.model, written.ranges)
    results = evaluate(written.model)
    return Appraisal(loaded, written, results, solve_stated(loaded.case, results))
