"""Types that results share, and the two marks on how a field is written in `results.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

HOW = "written"
# A field that is None or "" is left out, key and all; without this mark None is written as null.
LEFT_OUT: Mapping[str, str] = MappingProxyType({HOW: "left out"})
# The keys of what a field holds stand among those of what holds the field.
INLINE: Mapping[str, str] = MappingProxyType({HOW: "inline"})

Yearly = tuple[float | None, ...]  # a value a period, None where there is no figure
Amounts = tuple[float, ...]  # a value a period, each of them there


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A figure, or why there is none; written as `name`, and as `name_reason` where there is none."""

    value: float | None
    reason: str
