"""Writes reports as another machine would, another day: run as a program by test_same_bytes.py.

python other_machine.py CASE OUT SECONDS: every clock is so many seconds ahead.
"""

from __future__ import annotations

import datetime
import sys
import time

ahead = float(sys.argv[3])
for name in ("time", "monotonic"):
    real = getattr(time, name)
    setattr(time, name, lambda real=real: real() + ahead)
localtime, gmtime = time.localtime, time.gmtime
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)  # type: ignore[assignment]
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)  # type: ignore[assignment]


class Later(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Later:  # type: ignore[override]
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> Later:  # type: ignore[override]
        return cls.fromtimestamp(time.time())


class LaterDay(datetime.date):
    @classmethod
    def today(cls) -> LaterDay:  # type: ignore[override]
        return cls.fromtimestamp(time.time())


datetime.datetime, datetime.date = Later, LaterDay  # type: ignore[misc]

import finmodel  # noqa: E402 - after the clocks

finmodel.write_report(finmodel.appraise(finmodel.load_case(sys.argv[1])), sys.argv[2])
