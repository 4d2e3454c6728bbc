"""The roles of options: the case's `status_quo` and `recommended` say the same as the options themselves."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.case.checks.defined_names import Known
from finmodel.case.entries import options_of
from finmodel.case.schema import BUSINESS_AS_USUAL, RECOMMENDED, Case
from finmodel.parsing.faults import Fault

_CANNOT_BE = {
    "status_quo": ("do_minimum", RECOMMENDED, "other"),
    "recommended": ("other",),
}  # a paper may recommend to do the least, or to go on as now; what goes on as now is nothing else


def roles(case: Case, _: Known) -> Iterator[Fault]:
    """One option at most is business as usual, one is recommended, and the case's own fields name the same."""
    for field, role in (("status_quo", BUSINESS_AS_USUAL), ("recommended", RECOMMENDED)):
        named = getattr(case, field)
        for option_at, option in options_of(case):
            if option.role == role and option.id != named:
                what = f"`{named}` is {_IN_WORDS[role]} already, and there can be one"
                yield Fault((*option_at, "role"), what, f"Give one of them another role, or correct `{field}`.")
            elif option.id == named and option.role in _CANNOT_BE[field]:
                what = f"`{field}` names this option, and its role is another"
                yield Fault((*option_at, "role"), what, f"Write `role: {role}`, or correct `{field}`.")


_IN_WORDS = {BUSINESS_AS_USUAL: "business as usual", RECOMMENDED: "the recommended option"}
