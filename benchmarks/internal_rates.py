"""How fast are internal rates of return of 100,000 series, beside a loop over numpy-financial and over pyxirr?

Series of eleven years: money out in the first two, then savings, as an option's are. All three must agree.

    python benchmarks/internal_rates.py [--json]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import numpy_financial
from _medians import REPEATS, median

from finmodel.appraisal.internal_rates import rates_of

SERIES, FEW, YEARS = 100_000, 2_000, 11


def main() -> None:
    draw = np.random.Generator(np.random.SFC64(1))
    flows = draw.uniform(20_000, 200_000, (YEARS, SERIES))
    flows[:2] = -draw.uniform(100_000, 600_000, (2, SERIES))
    few = [np.ascontiguousarray(series) for series in flows.T[:FEW]]
    ours = median(lambda: rates_of(flows))
    found = []
    for bar, name, rate in peers():
        assert np.allclose([rate(series) for series in few], rates_of(flows)[:FEW], rtol=1e-7, atol=1e-9)
        peer = median(lambda rate=rate: [rate(series) for series in few]) * SERIES / FEW
        found.append(
            {
                "work": f"internal rates of {SERIES:,} series of {YEARS} years",
                "ours": f"{ours:.3f} s",
                "peer": f"a loop over {name}, {peer:.2f} s",
                "ratio": round(peer / ours, 1),
                "bar": f"≥ {bar} × as fast",
                "note": f"median of {REPEATS}, processor time; the loop timed on {FEW:,} series",
            }
        )
    for each in found:
        print(f"{each['work']}: {each['ours']}; {each['peer']}: {each['ratio']} times ({each['bar']})")
    if find_spec("pyxirr") is None:
        print("pyxirr is not installed, so not measured: pip install pyxirr")
    if "--json" in sys.argv:
        print(json.dumps(found, ensure_ascii=False))


def peers() -> list[tuple[int, str, Callable[[np.ndarray], float | None]]]:
    """Other programs, and how many times as fast this should be."""
    known: list[tuple[int, str, Callable[[np.ndarray], float | None]]] = [(100, "numpy-financial", numpy_financial.irr)]
    if find_spec("pyxirr") is not None:
        import pyxirr  # noqa: PLC0415 - a peer alone, which need not be installed

        known.append((5, "pyxirr", pyxirr.irr))
    return known


if __name__ == "__main__":
    main()
