"""The bridge from the old to the new net present budget impact and payback, for the terminal: about a dozen lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from finmodel.audit.versions.diff_words import fails_in, in_which_order, marked, moved_by, part_name, verdict
from finmodel.audit.versions.difference import BUDGET_IMPACT, Contribution, OptionMove, VersionDifference
from finmodel.document.table import Cell, Row, Table
from finmodel.document.text import table_lines
from finmodel.results.wording import capital, count

_MOST = 9  # lines of changes, over all options; the smallest share one
_LONGEST_NAME = 44


class _Step(Struct, frozen=True):
    """A step by its name, whether it changes the model itself, and what it moved either figure by."""

    name: str
    structure: bool
    impact: Contribution | None
    payback: Contribution | None

    @property
    def size(self) -> float:
        """Larger for what is rather shown: a move of the payback, then of the present value."""
        if self.payback is not None or (self.impact is not None and self.impact.by is None):
            return math.inf
        return 0.0 if self.impact is None or self.impact.by is None else abs(self.impact.by)


def bridge_text(found: VersionDifference) -> str:
    """What moved these two figures of each option, and where the rest is."""
    rows = [f"{found.old.folder} (old) and {found.new.folder} (new): {found.new.title}", verdict(found)]
    rows += [fails_in(found.broken)] if found.broken else []
    moved = {option.id: (option, _steps(found, option)) for option in found.options if _has_moved(option)}
    if moved:
        rows += ["", *table_lines(_table(list(moved.values())))]
    rows += _others(found)
    rows += _of_demand(found)
    if any(len(steps) > 1 for _, steps in moved.values()):
        rows.append(in_which_order(any(step.structure for _, steps in moved.values() for step in steps)))
    if found.changes or found.moved:
        rows.append("Every change, input and measure: --all.")
    return "\n".join(rows)


def _has_moved(option: OptionMove) -> bool:
    return any(each.parts for each in option.attributions)


def _others(found: VersionDifference) -> Iterator[str]:
    """The options without a bridge."""
    still = [each.title for each in found.options if each.which == "both" and not _has_moved(each)]
    if still and found.moved:
        yield f"Neither figure moved: {', '.join(still)}."
    for option in found.options:
        if option.which != "both":
            sides = {move.name: move.old or move.new for move in option.measures}
            impact, payback = (side.text if side else "" for side in (sides[BUDGET_IMPACT], sides["payback_month"]))
            figures = f"net present budget impact {impact}, payback {payback}"
            yield f"Only in the {option.which} version: {option.title}, {figures}."


def _of_demand(found: VersionDifference) -> Iterator[str]:
    """The figures of children looked after that moved, as many as there is room for."""
    moved = found.moved_demand
    for move in moved[:_MOST]:
        old, new = ("not there" if side is None else side.text or "no figure" for side in (move.old, move.new))
        yield f"{move.label}: from {old} to {new}."
    if len(moved) > _MOST:
        yield f"{capital(count(len(moved) - _MOST, 'more figure'))} of children looked after moved."


def _table(options: Sequence[tuple[OptionMove, Sequence[_Step]]]) -> Table:
    rows: list[Row] = []
    most = max(1, _MOST // len(options))
    for option, steps in options:
        impact, payback = option.attributions
        title = option.title if len(option.title) <= _LONGEST_NAME else f"{option.title[: _LONGEST_NAME - 1]}…"
        rows.append(_row(f"{title}: old", impact.old_text, payback.old_text))
        rows += _shortened(steps, most)
        rows.append(_row(f"{title}: new", impact.new_text, payback.new_text))
    return Table("bridge", "", "", (Cell("Net present budget impact"), Cell("Payback")), tuple(rows))


def _row(name: str, impact: str, payback: str) -> Row:
    return Row(name, (Cell(impact), Cell(payback)))


def _steps(found: VersionDifference, option: OptionMove) -> list[_Step]:
    """Each step that moved either figure, in the order in which they are made."""
    impacts, paybacks = ({part.name: part for part in each.parts} for each in option.attributions)
    order = {change.path: place for place, change in enumerate(found.changes)}
    parts = impacts | paybacks

    def place(key: str) -> int:
        return min((order[edit.path] for edit in parts[key].edits), default=len(order))

    return [
        _Step(
            _end_of(part_name(parts[key]).replace(f"options.{option.id}.", "")),
            parts[key].structure,
            impacts.get(key),
            paybacks.get(key),
        )
        for key in sorted(parts, key=place)
    ]


def _shortened(steps: Sequence[_Step], most: int) -> Iterator[Row]:
    """The steps as rows; of many the smallest are one, those that move the payback last of all."""
    kept = sorted(range(len(steps)), key=lambda n: -steps[n].size)
    kept = sorted(kept if len(steps) <= most else kept[: max(1, most - 1)])
    for number in kept:
        step = steps[number]
        yield _row(f"  {marked(step.name, step.structure)}", _by(step.impact, "£"), _by(step.payback, "months"))
    rest = [steps[number] for number in range(len(steps)) if number not in kept]
    if rest:
        impacts, paybacks = _sum([each.impact for each in rest], "£"), _sum([each.payback for each in rest], "months")
        yield _row(f"  {count(len(rest), 'other change')}", impacts, paybacks)


def _by(part: Contribution | None, unit: str) -> str:
    """How far it moves a figure; where that is no number, the figure after it."""
    if part is None:
        return "no change"
    return part.after_text if part.by is None else _moved(part.by, unit)


def _sum(parts: Sequence[Contribution | None], unit: str) -> str:
    by = [0.0 if part is None else part.by for part in parts]
    numbers = [each for each in by if each is not None]
    return _moved(sum(numbers), unit) if len(numbers) == len(by) else "–"


def _moved(by: float, unit: str) -> str:
    if not by:
        return "no change"
    if unit == "£":
        return moved_by(by, unit)
    return f"{moved_by(abs(by), unit).lstrip('+')} {'later' if by > 0 else 'earlier'}"


def _end_of(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
