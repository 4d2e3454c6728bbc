"""Named scenarios of a case against its model: what each sets, and what of it cannot be set."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.appraisal.settings import NotSettableError, Setting, settings_of
from finmodel.case import Case
from finmodel.case.schema_scenarios import Scenario
from finmodel.lines.model import Model
from finmodel.parsing.faults import Fault


def settings_in(model: Model, scenario: Scenario) -> tuple[Setting, ...]:
    """What a scenario sets. Its case has been checked, so that all of it can be."""
    return tuple(found for _, _, found in settings_of(model, _given(scenario)) if isinstance(found, Setting))


def unfit_scenarios(case: Case, model: Model) -> Iterator[Fault]:
    """A problem for each figure that a scenario sets and that cannot be set."""
    for place, scenario in enumerate(case.scenarios):
        for number, (_, _, found) in enumerate(settings_of(model, _given(scenario))):
            if isinstance(found, NotSettableError):
                yield Fault(("scenarios", place, "set", number, found.at), found.what, found.remedy)


def _given(scenario: Scenario) -> list[tuple[str, str]]:
    return [(each.input, each.figure) for each in scenario.set]
