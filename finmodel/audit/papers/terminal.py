"""A verification on the terminal: every check in a row, then what the page says of those that do not agree."""

from __future__ import annotations

from msgspec.structs import replace

from finmodel.audit.pages import section
from finmodel.audit.papers.page import verification_sections
from finmodel.audit.papers.verification import Verification
from finmodel.audit.terminal import sections_text
from finmodel.document.parts import Fold, Notice, Tally
from finmodel.document.table import Table

_SHOWN = (0, 2, 4)  # of the columns of the checks: printed, what it gives, verdict
_MOST = 1_000  # rows of a table; the longest shipped paper has some hundred checks


def terminal_text(found: Verification) -> str:
    """The sections of the page, every check first and the answer last, where a terminal shows it."""
    answer, *others, whole = verification_sections(found)
    folds = {part.id: part for part in whole.parts if isinstance(part, Fold)}
    checks = folds["checks"].parts if "checks" in folds else ()
    checks = tuple(_narrow(found, part) for part in checks if isinstance(part, Table))
    implied = (section("implied", "What the figures imply", folds["implied"].parts),) if "implied" in folds else ()
    all_hold = "Everything that can be checked follows." if found.follows else "NOT EVERYTHING FOLLOWS."
    last = tuple(replace(part, title=all_hold) if isinstance(part, Notice) else part for part in answer.parts)
    sections = (
        section("checks", found.paper.name, checks),
        *others,
        *implied,
        replace(answer, parts=tuple(part for part in last if not isinstance(part, Tally))),
    )
    return sections_text(sections, _MOST)


def _narrow(found: Verification, table: Table) -> Table:
    """The checks in fewer columns, with what is missing where one cannot be checked: the page explains the others."""
    rows = []
    for check, row in zip(found.checks, table.columns_in(_SHOWN).rows, strict=True):
        note = f"{row.note}: {check.missing}" if check.missing else row.note
        rows.append(replace(row, cells=tuple(replace(cell, note="") for cell in row.cells), note=note))
    return replace(table.columns_in(_SHOWN), rows=tuple(rows), note="")
