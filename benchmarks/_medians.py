"""How long a call takes: the median of several runs, by one clock for all that a script compares."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

REPEATS = 5


def median(function: Callable[[], object], clock: Callable[[], float] = time.process_time, times: int = 1) -> float:
    """Seconds that a call takes. clock: processor time, or `time.perf_counter`; times: calls in each run."""
    found = []
    for _ in range(REPEATS):
        start = clock()
        for _ in range(times):
            function()
        found.append((clock() - start) / times)
    return statistics.median(found)
