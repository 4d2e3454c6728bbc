"""Many objects at once, without the collector of circles looking through them again and again.

A workbook of 100,000 formulas is some millions of small values, none of which point in circles; looking for circles
among them takes a quarter of the time of an audit and frees nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def uncollected(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """A function during which no circles are looked for."""

    @wraps(make)
    def without(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return make(*given, **named)
        finally:
            if was_on:
                gc.enable()

    return without
