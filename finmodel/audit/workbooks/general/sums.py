"""Formulas that only add and subtract: `=SUM(B2:B5)-B3`, `=B2+B3+B5`, `=SUM(B2,B4:B6)`, and what each of them adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from finmodel.audit.workbooks.formulas import Piece, pieces
from finmodel.audit.workbooks.general.analysis import Analysis, Area, Node

DEEPEST = 64  # levels of functions within functions that Excel takes (Excel specifications and limits)


class SumTerm(NamedTuple):
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


class _PlannedSum(NamedTuple):
    """Which references of a formula are added, which are taken away, which stand outside of SUM; the numbers typed."""

    added: tuple[int, ...]
    taken: tuple[int, ...]
    single: tuple[int, ...]
    typed: tuple[float, ...]


def sums_of(analysis: Analysis) -> Sums:
    """Each formula of a workbook that only adds and subtracts two cells or more."""
    known: dict[str, _PlannedSum | None] = {}
    found: Sums = {}
    for number, shapes in enumerate(analysis.shapes):
        cells = analysis.sheets[number].cells
        for place, shape in shapes.items():
            if shape.key not in known:
                broken = shape.is_external or shape.is_broken
                known[shape.key] = None if broken else _planned(terms_of(cells[place].formula))
            plan = known[shape.key]
            if plan is None:
                continue
            reads = analysis.reads[number, *place]
            if len(reads) != len(shape.uses) or any(not reads[at][1].is_one_cell for at in plan.single):
                continue  # a name of several areas; `=Names`, a cell of the range or all of it in as many cells
            added = tuple([reads[at][1] for at in plan.added])
            if len(added) + len(plan.taken) > 1 or not added[0].is_one_cell:
                found[number, *place] = Added(added, tuple([reads[at][1] for at in plan.taken]), plan.typed)
    return found


def _planned(terms: tuple[SumTerm, ...] | None) -> _PlannedSum | None:
    """The references of a sum by what is done with them; None for no sum, or one that adds nothing."""
    if terms is None:
        return None
    references = [(term.reference, term) for term in terms if term.reference is not None]
    added = tuple(at for at, term in references if term.sign > 0)
    taken = tuple(at for at, term in references if term.sign < 0)
    single = tuple(at for at, term in references if not term.in_sum)
    typed = tuple(term.sign * term.number for term in terms if term.reference is None)
    return _PlannedSum(added, taken, single, typed) if added else None


def terms_of(formula: str) -> tuple[SumTerm, ...] | None:
    """What a formula adds and subtracts; None for one that does anything else."""
    reading = _SumReader([piece for piece in pieces(formula) if piece.kind != "space"])
    terms = reading.sum_of(1)
    return tuple(terms) if terms is not None and reading.at == len(reading.found) else None


class _SumReader:
    """One walk over the pieces; each method reads on from `at`, and gives None where there is more than a sum."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self.found, self.at, self.references, self.sums = found, 0, 0, 0
        self.inside = 0  # how many brackets are open

    def _text(self) -> str:
        return self.found[self.at].text if self.at < len(self.found) else ""

    def sum_of(self, sign: int) -> list[SumTerm] | None:
        terms: list[SumTerm] = []
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

    def _term(self, sign: int) -> list[SumTerm] | None:
        if self.at >= len(self.found):
            return None
        piece = self.found[self.at]
        self.at += 1
        if piece.kind == "function" or piece.text == "(":
            self.inside += 1
            if self.inside > DEEPEST:
                return None
            terms = self._closed(self.sum_of(sign)) if piece.text == "(" else self._function(piece.text.upper(), sign)
            self.inside -= 1
            return terms
        if piece.kind == "number" and self._text() != "%":
            return [SumTerm(sign, None, float(piece.text), bool(self.sums))]
        return self._reference(piece, sign)

    def _reference(self, piece: Piece, sign: int) -> list[SumTerm] | None:
        """A reference or name; None for a part of a table that is named by its kind (`[#Totals]`) and for all else."""
        is_one = piece.kind in ("reference", "name", "structured") and piece.text.upper() not in _OTHERWISE
        if not is_one or "#" in piece.text:
            return None
        self.references += 1
        return [SumTerm(sign, self.references - 1, 0.0, bool(self.sums))]

    def _function(self, name: str, sign: int) -> list[SumTerm] | None:
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

    def _closed(self, terms: list[SumTerm] | None) -> list[SumTerm] | None:
        if terms is None or self._text() != ")":
            return None
        self.at += 1
        return terms
