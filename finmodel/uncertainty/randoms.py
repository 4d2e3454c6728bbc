"""Random numbers that are addressed: by seed, by input and by draw, so that nothing else can change them.

The key of each stream is the seed and a digest of the input's address; the counter is the number of the draw. So a
number is the same to the last bit whatever the block, the worker, or the other inputs that are drawn beside it.
Source of the generator: Salmon and others (2011), Parallel random numbers: as easy as 1, 2, 3 (Philox 4x64-10).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

import numpy as np

from finmodel.lines.expression import Array

Method = Literal["philox", "sobol"]
A_COUNT = 4  # numbers that one count of Philox gives
_HALF_A_STEP = 2.0**-54  # so that no number is 0, of which a normal distribution has no figure
SOBOL_SETS = 16  # at least, each scrambled apart, so that the spread between them says how sure they are


def stream_key(seed: int, address: str) -> tuple[int, int]:
    """The key of an input's stream: the seed, and the first eight bytes of its address's SHA-256."""
    return seed, int.from_bytes(sha256(address.encode()).digest()[:8], "big")


class UniformStream:
    """An input's numbers above 0 and below 1; which they are depends on nothing but the number of the draw."""

    def __init__(self, seed: int, address: str) -> None:
        self._key = np.array(stream_key(seed, address), dtype=np.uint64)
        self._generator = np.random.Generator(np.random.Philox(key=self._key))
        self._next = 0  # the draw at which the generator stands: those that follow each other are read on, not set anew

    def numbers(self, start: int, count: int) -> Array:
        """The numbers for the draws from `start` on, counted from 0; shape (count,)."""
        if start != self._next:
            first, passed = divmod(start, A_COUNT)
            self._generator = np.random.Generator(np.random.Philox(key=self._key, counter=first))
            self._generator.random(passed)
        self._next = start + count
        found: Array = self._generator.random(count)
        found += _HALF_A_STEP
        return found


def sobol_uniforms(seed: int, addresses: Sequence[str], start: int, count: int, draws: int) -> dict[str, Array]:
    """The same from Sobol's sequence, which fills the space of all inputs evenly: `draws` in all, in sets.

    Each set is Sobol's sequence from its beginning, scrambled apart (Owen, 1995). An input's place is its dimension.
    """
    from scipy.stats import qmc  # noqa: PLC0415 - heavy, and only by choice

    a_set = set_size(draws)
    found = np.empty((len(addresses), count))
    at = 0
    while at < count:
        number, inside = divmod(start + at, a_set)
        taken = min(count - at, a_set - inside)
        engine = qmc.Sobol(len(addresses), scramble=True, rng=_of_set(seed, number))
        if inside:
            engine.fast_forward(inside)
        else:  # a set is a power of two long, and SciPy warns where its beginning alone is asked for
            found[:, at] = engine.random(1)[0]
        begun = 0 if inside else 1
        if taken > begun:
            found[:, at + begun : at + taken] = engine.random(taken - begun).T
        at += taken
    clipped = np.clip(found, _HALF_A_STEP, 1.0 - 2.0**-53)
    return {address: np.ascontiguousarray(row) for address, row in zip(addresses, clipped, strict=True)}


def set_size(draws: int) -> int:
    """How many draws a set of Sobol's numbers has: the largest power of two that gives so many sets, or more."""
    return 2 ** max(0, (draws // SOBOL_SETS).bit_length() - 1)


def _of_set(seed: int, number: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(stream_key(seed, f"sobol set {number}"))))
