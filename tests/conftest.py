"""What every test shares: a profile of Hypothesis for mutation testing, which runs the tests thousands of times."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("mutants", max_examples=12, deadline=None, derandomize=True)
