"""What a user may state, and what is shown when it is wrong. No arithmetic of the model."""

from finmodel.case.load import LoadedCase, load_case
from finmodel.case.schema import Case
from finmodel.case.validation import case_from_data
from finmodel.parsing.problems import Problem, ProblemsError

__all__ = ["Case", "LoadedCase", "Problem", "ProblemsError", "case_from_data", "load_case"]
