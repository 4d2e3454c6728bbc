"""How the figures that a case quotes from its paper must go together."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.schema import Case
from finmodel.parsing.faults import Fault
from finmodel.parsing.places import Address
from finmodel.quoting.consistency import figures_and_workings

STATED: Address = ("stated",)


def in_a_case(case: Case, known: Known) -> Iterator[Fault]:
    """Everything that must hold of a case's `stated:` block."""
    yield from figures_and_workings(case.stated, known.stated_figures, STATED)
