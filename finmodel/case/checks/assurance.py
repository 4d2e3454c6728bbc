"""Whether the roles of assurance are apart: nobody assures or approves what they prepared themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from finmodel.case.schema import Case
from finmodel.parsing.faults import Fault

_DOES = {"prepared_by": "prepared", "assured_by": "assured", "approved_by": "approved"}


def roles_apart(case: Case) -> Iterator[Fault]:
    """The roles that one and the same hold.

    Source: The AQuA Book (Government Analysis Function, 2025), on roles: the analyst and the assurer are separate in
    every case; of the approver it leaves it to the size of the work, so there the question is asked.
    """
    for (one, who), (other, same) in combinations(case.assurance.roles.items(), 2):
        if " ".join(who.split()).casefold() == " ".join(same.split()).casefold():
            what = f"{who} {_DOES[one]} the analysis and {_DOES[other]} it as well"
            remedy = f"Name somebody else in `{other}`, who had no part in what `{one}` did; or leave it out."
            yield Fault(("assurance", other), what, remedy)
