"""Inputs that move together: their rank correlations by a Gaussian copula, draw by draw.

Each draw is made by itself, so no block of draws is reordered and the size of a block changes nothing. A rank
correlation r (Spearman's) is that of normal figures with correlation 2 sin(π r / 6). Source: Kruskal (1958), Ordinal
measures of association.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from finmodel.lines.expression import Array


def of_normals(ranks: Sequence[Sequence[float]]) -> Array:
    """The correlations of normal figures that have these rank correlations."""
    return 2.0 * np.sin(np.asarray(ranks, dtype=np.float64) * (math.pi / 6.0))


def moved_together(shares: Sequence[Array], ranks: Sequence[Sequence[float]]) -> list[Array]:
    """Independent shares of some inputs as shares that move together; of the same shapes."""
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - heavy, and only where inputs move together

    root = _root(of_normals(ranks))
    normals = [ndtri(row) for row in shares]
    found = []
    for place in range(len(shares)):
        together = root[place, 0] * normals[0]
        for other in range(1, place + 1):  # added one by one: a product of matrices depends on how many draws it has
            together = together + root[place, other] * normals[other]
        found.append(ndtr(together))
    return found


def _root(matrix: Array) -> Array:
    """A triangle that times itself is the matrix; of inputs that always move alike, next to it."""
    try:
        root = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        root = np.linalg.cholesky(matrix + _NEXT_TO_NOTHING * np.eye(len(matrix)))
    return np.asarray(root, dtype=np.float64)


_NEXT_TO_NOTHING = 1e-9
