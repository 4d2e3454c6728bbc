"""Formulas that only add and subtract: `=SUM(B2:B5)-B3`, `=B2+B3+B5`, `=SUM(B2,B4:B6)`, and what each of them adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from finmodel.audit.workbooks.formulas import Piece, pieces
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node


class Term(NamedTuple):
    """One thing added: its sign, 1 or -1; which of the formula's references it is, or None; the number typed.

    `in_sum` says that it stands in SUM, which takes all of a range.
    """

    sign: int
    reference: int | None
    number: float
    in_sum: bool


class Added(NamedTuple):
    """What a formula adds: areas, those that it takes away, and the numbers typed into it with their signs."""

    added: tuple[Area, ...]
    taken: tuple[Area, ...]
    typed: tuple[float, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it adds cells and does nothing else."""
        return not self.taken and not self.typed

    @property
    def cells(self) -> int:
        """How many cells it adds."""
        return sum((area.bottom - area.top + 1) * (area.right - area.left + 1) for area in self.added)


_OTHERWISE = ("TRUE", "FALSE")
Sums: TypeAlias = dict[Node, Added]


def sums_of(analysis: Analysis) -> Sums:
    """Each formula of a workbook that only adds and subtracts two cells or more."""
    known: dict[str, tuple[Term, ...] | None] = {}
    found: Sums = {}
    for number, shapes in enumerate(analysis.shapes):
        cells = analysis.sheets[number].cells
        for place, shape in shapes.items():
            if shape.key not in known:
                known[shape.key] = None if shape.is_external or shape.is_broken else terms_of(cells[place].formula)
            terms = known[shape.key]
            reads = analysis.reads[number, *place]
            if terms is None or len(reads) != len(shape.uses):
                continue  # a name of several areas, or a sheet that is not there
            if any(
                not term.in_sum and term.reference is not None and not reads[term.reference][1].is_one_cell
                for term in terms
            ):
                continue  # `=Names`: a cell of the range, or all of it in as many cells
            added = Added(
                tuple(reads[term.reference][1] for term in terms if term.reference is not None and term.sign > 0),
                tuple(reads[term.reference][1] for term in terms if term.reference is not None and term.sign < 0),
                tuple(term.sign * term.number for term in terms if term.reference is None),
            )
            if len(added.added) + len(added.taken) > 1 or any(not area.is_one_cell for area in added.added):
                found[number, *place] = added
    return found


def terms_of(formula: str) -> tuple[Term, ...] | None:
    """What a formula adds and subtracts; None for one that does anything else."""
    reading = _Reading([piece for piece in pieces(formula) if piece.kind != "space"])
    terms = reading.sum_of(1)
    return tuple(terms) if terms is not None and reading.at == len(reading.found) else None


class _Reading:
    """One walk over the pieces; each method reads on from `at`, and gives None where there is more than a sum."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self.found, self.at, self.references, self.sums = found, 0, 0, 0

    def _text(self) -> str:
        return self.found[self.at].text if self.at < len(self.found) else ""

    def sum_of(self, sign: int) -> list[Term] | None:
        terms: list[Term] = []
        while True:
            one = sign
            while self._text() in ("+", "-"):
                one = -one if self._text() == "-" else one
                self.at += 1
            term = self._term(one)
            if term is None:
                return None
            terms += term
            if self._text() not in ("+", "-"):
                return terms

    def _term(self, sign: int) -> list[Term] | None:
        if self.at >= len(self.found):
            return None
        piece = self.found[self.at]
        self.at += 1
        if piece.kind == "function":
            return self._function(piece.text.upper(), sign)
        if piece.text == "(":
            return self._closed(self.sum_of(sign))
        if piece.kind == "number" and self._text() != "%":
            return [Term(sign, None, float(piece.text), bool(self.sums))]
        return self._reference(piece, sign)

    def _reference(self, piece: Piece, sign: int) -> list[Term] | None:
        """A reference or name; None for a part of a table that is named by its kind (`[#Totals]`) and for all else."""
        is_one = piece.kind in ("reference", "name", "structured") and piece.text.upper() not in _OTHERWISE
        if not is_one or "#" in piece.text:
            return None
        self.references += 1
        return [Term(sign, self.references - 1, 0.0, bool(self.sums))]

    def _function(self, name: str, sign: int) -> list[Term] | None:
        self.sums += name == "SUM("
        terms = self.sum_of(sign) if name in ("SUM(", "ROUND(") else None
        while terms is not None and self._text() == ",":
            self.at += 1
            more = self.sum_of(sign)
            if more is None:
                return None
            if name == "SUM(":
                terms += more
        self.sums -= name == "SUM("
        return self._closed(terms)

    def _closed(self, terms: list[Term] | None) -> list[Term] | None:
        if terms is None or self._text() != ")":
            return None
        self.at += 1
        return terms
