"""What every test shares: a profile of Hypothesis for mutation testing, which runs the tests thousands of times."""

from __future__ import annotations

from hypothesis import Phase, settings

# A failure is enough; the smallest example of it is not looked for.
settings.register_profile(
    "mutants", max_examples=12, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)
