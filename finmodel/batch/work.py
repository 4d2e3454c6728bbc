"""One case worked out from its files alone, wherever that is: no file of another machine is read, and none written."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from finmodel.appraisal.appraise import appraise
from finmodel.audit.workbooks.as_case import load_case_or_workbook
from finmodel.batch.inputs import CaseInputs
from finmodel.batch.rows import BatchRow, rows_of
from finmodel.parsing.problems import Problem, ProblemsError
from finmodel.results.evidence import code_edition


class CaseWork(Struct, frozen=True):
    """A case to be worked out; report: whether its documents are to be made as well."""

    inputs: CaseInputs
    report: bool


class CaseWorked(Struct, frozen=True):
    """What came of a case: its rows, or its problems in words; documents by name; code: a digest of what ran."""

    rows: tuple[BatchRow, ...]
    failure: str
    problems: int
    documents: tuple[tuple[str, bytes], ...]
    code: str


def work_out_case(work: CaseWork) -> CaseWorked:
    """Work a case out. Whatever goes wrong with it is in what is given back, so that no case ends another's run."""
    code = code_edition()
    try:
        rows, documents = _worked(work)
    except ProblemsError as error:
        return CaseWorked((), str(error), len(error.problems), (), code)
    except RecursionError:
        return CaseWorked((), "Something in it is nested too deeply. Is this the right input?", 1, (), code)
    except MemoryError:
        return CaseWorked((), "It takes more memory than there is. Is this the right input?", 1, (), code)
    except Exception:  # a mistake of finmodel's: shown in full, to be reported
        return CaseWorked((), f"finmodel made a mistake in this case:\n{traceback.format_exc()}", 1, (), code)
    return CaseWorked(rows, "", 0, documents, code)


def _worked(work: CaseWork) -> tuple[tuple[BatchRow, ...], tuple[tuple[str, bytes], ...]]:
    inputs = work.inputs
    if inputs.problems:
        raise ProblemsError(inputs.problems)
    with tempfile.TemporaryDirectory(prefix="finmodel-") as temporary:
        folder = Path(temporary, Path(inputs.shown).name if inputs.is_folder else "case")
        for name, content in inputs.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        where = folder if inputs.is_folder else folder / inputs.files[0][0]
        try:
            appraisal = appraise(load_case_or_workbook(where))
        except ProblemsError as error:
            raise type(error)(_named_as_given(each, str(where), inputs.shown) for each in error.problems) from None
    rows = rows_of(inputs.name, appraisal)
    if not work.report:
        return rows, ()
    from finmodel.report.write import rendered  # noqa: PLC0415 - heavy: Jinja2, python-docx, XlsxWriter

    return rows, tuple(rendered(appraisal).items())


def _named_as_given(problem: Problem, here: str, given: str) -> Problem:
    """A problem of the whole file says where the user has it."""
    return replace(problem, file=problem.file.replace(here, given))
