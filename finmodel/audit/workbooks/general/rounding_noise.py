"""How far two programs may be apart in a figure by rounding alone, judged by the size of what was added up.

A computer keeps 15 to 17 digits of a number (IEEE 754), so a difference of two sums of £100m is known to a
ten-millionth of a pound and no better, and 0.00000006 is zero there. Excel makes such a difference zero by itself
("floating-point arithmetic may give inaccurate results in Excel"); other programs leave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finmodel.audit.workbooks.formulas import pieces

DIGITS_KEPT = 1e-14
"""Rounding as a share of the size of what was added up: some 45 steps of a double, ten of a 15-digit decimal."""
_DIGITS_OF_A_DOUBLE = 15
_FEWEST_DIGITS = 9  # no program keeps fewer
_ENOUGH = 3  # different numbers of decimals, all with as many digits: rounded to digits, and not to pennies
_ROUNDING = frozenset(
    {"ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "TRUNC", "CEILING", "FLOOR", "MROUND", "MOD", "EVEN", "ODD", "QUOTIENT"}
)
_COMPARING = frozenset({"=", "<>", "<", ">", "<=", ">="})
_SEPARATING = frozenset({"+", "-", ","}) | _COMPARING
_NUDGE = "1E-12"


def digits_kept(results: Iterable[float]) -> float:
    """Rounding as a share, in the file of the program that stored these results of formulas.

    Excel stores 17 digits, LibreOffice 15. A program that stores ten, and no result with more, has rounded every figure
    to ten, and a difference of two of them is no more exact than that.
    """
    decimals: dict[int, set[int]] = {}
    for value in results:
        if value != int(value):
            digits, _, exponent = f"{abs(value):.15e}".partition("e")
            count = len(digits.replace(".", "").rstrip("0"))
            if count >= _DIGITS_OF_A_DOUBLE:
                return DIGITS_KEPT
            decimals.setdefault(count, set()).add(count - 1 - int(exponent))
    most = max(decimals, default=0)
    return 10.0 ** (1 - most) if most >= _FEWEST_DIGITS and len(decimals[most]) >= _ENOUGH else DIGITS_KEPT


def terms_of(formula: str) -> list[str]:
    """The parts of a formula that are added, subtracted, compared or listed, at every depth of its brackets."""
    found: list[str] = []
    open_parts: list[list[str]] = [[]]
    for piece in pieces(formula):
        text = piece.text
        if piece.kind == "function" or text in ("(", "{"):
            for part in open_parts:
                part.append(text)
            open_parts.append([])
            continue
        if text in (")", "}") and len(open_parts) > 1:
            found.append("".join(open_parts.pop()))
        elif piece.kind == "operator" and text in _SEPARATING:
            found.append("".join(open_parts[-1]))
            for part in open_parts[:-1]:
                part.append(text)
            open_parts[-1] = []
            continue
        for part in open_parts:
            part.append(text)
    found.append("".join(open_parts[0]))
    whole = formula.strip()
    return list(dict.fromkeys(term for term in map(str.strip, found) if term and term != whole and "{" not in term))


def compares(formula: str) -> bool:
    """Whether a formula compares two values."""
    return any(piece.kind == "operator" and piece.text in _COMPARING for piece in pieces(formula))


def nudged(formula: str) -> Iterator[str]:
    """A formula with all that it rounds a trifle larger, then a trifle smaller; nothing where it rounds nothing."""
    if not any(_rounds(piece.text) for piece in pieces(formula) if piece.kind == "function"):
        return
    for sign in ("+", "-"):
        text: list[str] = []
        inside: list[bool] = []  # whether each open bracket is that of a function that rounds, in its first argument
        for piece in pieces(formula):
            if piece.kind == "function" or piece.text in ("(", "{"):
                inside.append(_rounds(piece.text))
                text.append(piece.text + ("(" if inside[-1] else ""))
                continue
            if piece.text in (",", ")", "}") and inside:
                if inside[-1]:
                    text.append(f")*(1{sign}{_NUDGE})")
                    inside[-1] = False
                if piece.text != ",":
                    inside.pop()
            text.append(piece.text)
        yield "".join(text)


def _rounds(text: str) -> bool:
    return text.endswith("(") and text[:-1].upper() in _ROUNDING
