"""How sure the figures are, as results hold it: what a simulation of the stated ranges found."""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.evaluate import Results
from finmodel.results.written import LEFT_OUT
from finmodel.uncertainty.simulate import simulate
from finmodel.uncertainty.simulated import Simulation

_SIMULATED: WeakKeyDictionary[Results, Simulation | None] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class UncertaintyResult:
    """What was found of how sure the figures are. simulation: where the case states ranges."""

    simulation: Simulation | None = field(default=None, metadata=LEFT_OUT)


def uncertainty_result(appraisal: Appraisal) -> UncertaintyResult | None:
    """What is found of it; None where the case states no range."""
    found = simulation_of(appraisal)
    return None if found is None else UncertaintyResult(found)


def simulation_of(appraisal: Appraisal) -> Simulation | None:
    """The simulation of the ranges that a case states, worked out once; None where it states none."""
    if appraisal.case.uncertainty is None:
        return None
    if appraisal.results not in _SIMULATED:
        _SIMULATED[appraisal.results] = simulate(appraisal)
    return _SIMULATED[appraisal.results]
