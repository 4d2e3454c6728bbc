"""Every mapping that a case may hold, for the tests that go through all of them."""

from __future__ import annotations

from finmodel.parsing.fields import Stated


def mappings(model: type[Stated]) -> list[type[Stated]]:
    """Those made from one, from whichever module of the schema; not of the workload report, which reads no case."""
    found = [below for each in model.__subclasses__() for below in (each, *mappings(each))]
    return [each for each in found if not each.__module__.startswith("finmodel.workload")]
