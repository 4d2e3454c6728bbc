"""How long a call takes: the median of several runs, by one clock for all that a script compares."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

REPEATS = 5


def median(function: Callable[[], object], clock: Callable[[], float] = time.process_time, times: int = 1) -> float:
    """Seconds that a call takes. clock: processor time, or `time.perf_counter`; times: calls in each run."""
    return statistics.median(_seconds(function, clock, times) for _ in range(REPEATS))


def in_turn(
    ours: Callable[[], object],
    peer: Callable[[], object],
    times: int = 1,
    peer_clock: Callable[[], float] = time.process_time,
    peer_times: int | None = None,
) -> tuple[float, float, float]:
    """Seconds of processor time of both, and the median of peer ÷ ours, of rounds in which one follows the other.

    A machine is not as fast in every minute, and so a round's ratio is worth more than that of two medians. times,
    peer_times: calls in each round, of both where only the first is given.
    """
    rounds = []
    for _ in range(REPEATS):
        own = _seconds(ours, time.process_time, times)
        rounds.append((own, _seconds(peer, peer_clock, peer_times or times)))
    own, others = (statistics.median(each) for each in zip(*rounds, strict=True))
    return own, others, statistics.median(other / one for one, other in rounds)


def _seconds(function: Callable[[], object], clock: Callable[[], float], times: int) -> float:
    start = clock()
    for _ in range(times):
        function()
    return (clock() - start) / times
