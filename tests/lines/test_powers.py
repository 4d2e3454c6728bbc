"""Powers against exact arithmetic, and with the same bits whatever the processor can do."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finmodel.lines.powers import power_of

DIGEST = """
import hashlib
import numpy as np
from finmodel.lines.powers import power_of
bases = 1 + np.linspace(-0.3, 0.3, 400)[:, np.newaxis]
exponents = np.arange(-60, 61)[np.newaxis, :] / 12
print(hashlib.sha256(power_of(bases, exponents).tobytes()).hexdigest())
"""


def exact(base: float, exponent: float) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return Decimal(base) ** Decimal(exponent)


@given(st.floats(0.5, 2.0), st.integers(-720, 720), st.sampled_from([1, 2, 4, 12, 365]))
def test_a_power_is_the_exact_one_to_a_few_last_digits(base: float, over: int, under: int) -> None:
    expected = exact(base, over / under)
    allowed = Decimal("1e-14") + Decimal("2.3e-16") * abs(over) / under
    assert abs(Decimal(float(power_of(base, over / under))) - expected) <= allowed * expected


@pytest.mark.parametrize(
    ("base", "exponent", "power"),
    [
        (1.5, 3, 3.375),
        (2.0, -2, 0.25),
        (2.25, 0.5, 1.5),
        (16.0, -0.75, 0.125),
        (7.0, 0, 1.0),
        (10.0, 9, 1e9),
        (-2.0, 3, -8.0),
        (0.0, 2, 0.0),
        (1e200, 2, np.inf),
        (1.0, 1e300, 1.0),
        (2.0, -1e300, 0.0),
        (2.0, np.inf, np.inf),
    ],
)
def test_powers_that_are_known(base: float, exponent: float, power: float) -> None:
    assert float(power_of(base, exponent)) == power


def test_a_power_that_is_no_number_has_no_number() -> None:
    assert np.isnan(power_of(2.0, np.nan))


def test_periods_and_draws_are_taken_element_by_element() -> None:
    found = power_of(np.array([[2.0, 3.0]]), np.array([[0.0], [1.0], [2.0]]))
    assert found.tolist() == [[1, 1], [2, 3], [4, 9]]


def test_the_bits_do_not_depend_on_what_the_processor_can_do() -> None:
    """NumPy is told to do without every feature above the least it needs; unknown names are ignored elsewhere."""
    found = set()
    for without in ("", "X86_V3 X86_V4 AVX512_ICL AVX512_SPR AVX2 FMA3 AVX512F AVX512_SKX ASIMDHP"):
        environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": without, "PYTHONWARNINGS": "ignore"}
        command = [sys.executable, "-c", DIGEST]
        found.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(found) == 1
