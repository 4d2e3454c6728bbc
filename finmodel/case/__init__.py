"""What a user may state, and what they are told when it is wrong. No arithmetic."""

from finmodel.case.load import LoadedCase, load_case
from finmodel.case.schema import Case
from finmodel.case.validation import case_from_data
from finmodel.parsing.problems import Problem, ProblemsError

__all__ = ["Case", "LoadedCase", "Problem", "ProblemsError", "case_from_data", "load_case"]
