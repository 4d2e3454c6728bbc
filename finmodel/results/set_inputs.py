"""That a report is a what-if, and which inputs of it are not the case's own."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.case import Case
from finmodel.results.wording import count

IS_A_WHAT_IF = "A what-if, and not the case as its authors state it"


@dataclass(frozen=True, slots=True)
class SetInputResult:
    """An input that was set: its address, what it is called, and what it was and is, in words."""

    address: str
    label: str
    was: str
    now: str

    @property
    def words(self) -> str:
        """The same in a sentence."""
        return f"{self.label} ({self.address}) is {self.now} here; the case states {self.was}."


@dataclass(frozen=True, slots=True)
class SetInputs:
    """The inputs that were set for a what-if, and the same in words."""

    words: str
    inputs: tuple[SetInputResult, ...]


def set_inputs(case: Case) -> SetInputs | None:
    """The inputs of a case that were set; None where it is the authors' own."""
    if not case.what_if:
        return None
    inputs = tuple(SetInputResult(each.input, each.label, each.was, each.now) for each in case.what_if)
    told = " ".join(each.words for each in inputs)
    return SetInputs(f"{IS_A_WHAT_IF}. {told}", inputs)


def titled(case: Case) -> str:
    """The title of a case, with how many inputs were set where it is a what-if."""
    number = len(case.what_if)
    return f"{case.title} (what if: {count(number, 'input')} changed)" if number else case.title
