"""The simulation of the ranges that a case states, worked out once for all its reports."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from finmodel.appraisal.appraise import Appraisal
from finmodel.lines.evaluate import Results
from finmodel.uncertainty.simulate import simulate
from finmodel.uncertainty.simulated import Simulation

_SIMULATED: WeakKeyDictionary[Results, Simulation | None] = WeakKeyDictionary()


def simulation_of(appraisal: Appraisal) -> Simulation | None:
    """The simulation of the ranges that a case states, worked out once; None where it states none."""
    if not appraisal.written.ranges:
        return None
    if appraisal.results not in _SIMULATED:
        _SIMULATED[appraisal.results] = simulate(appraisal)
    return _SIMULATED[appraisal.results]
