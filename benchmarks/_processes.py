"""What whole commands take, each in a process of its own."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from statistics import median

FINMODEL = (sys.executable, "-m", "finmodel")
MB = 1e6
BARE_THEN = 0.013  # seconds that bare Python takes to start on the machine on which the bars were set


@dataclass(frozen=True, slots=True)
class Used:
    """What processes took: seconds of processor time, medians, and the most memory that any held, in MB."""

    seconds: float
    most: float
    code: int


def used(command: tuple[str, ...], runs: int = 1) -> Used:
    """What a command takes; what it says goes nowhere."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    seconds, most, code = [], 0.0, 0
    for _ in range(runs):
        nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
        process = os.posix_spawn(command[0], command, environment, file_actions=nowhere)
        _, status, usage = os.wait4(process, 0)
        seconds.append(usage.ru_utime + usage.ru_stime)
        most, code = max(most, usage.ru_maxrss * 1024 / MB), os.waitstatus_to_exitcode(status)
    return Used(median(seconds), most, code)


def times_bare(seconds: float) -> str:
    """A bar of so many seconds on the machine on which it was set, as one of bare Python's start on any machine."""
    return f"≤ {seconds / BARE_THEN:,.0f} ×"


def as_set(seconds: float) -> str:
    """The same as a note."""
    return f"bar: {seconds:g} s where bare Python takes {BARE_THEN * 1000:.0f} ms"
