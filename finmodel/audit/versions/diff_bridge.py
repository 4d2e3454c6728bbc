"""The bridge from the old to the new net present budget impact and payback, for the terminal: about a dozen lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from finmodel.audit.versions.diff_words import STRUCTURE_MARK, count, in_which_order, moved_by, part_name, verdict

Found = dict[str, Any]
_MOST = 9  # lines of changes, over all options; the smallest share one
_LONGEST_NAME = 44
_FIGURES = ("net_present_budget_impact", "payback")


def bridge_text(found: Found) -> str:
    """What moved these two figures of each option, and where the rest is."""
    old, new = found["old"], found["new"]
    rows = [f"{old['folder']} (old) and {new['folder']} (new): {new['title']}", verdict(found)]
    rows += [
        f"A check of the model fails in the {name} version: its figures are not to be used."
        for name in ("old", "new")
        if not found[name]["checks_hold"]
    ]
    moved = [option for option in found["options"] if any(_parts(option))]
    if moved:
        rows += ["", *_table(found, moved)]
    rows += _others(found)
    steps = [_steps(found, option) for option in moved]
    if any(len(each) > 1 for each in steps):
        rows.append(in_which_order(any(name.endswith(STRUCTURE_MARK) for each in steps for name, *_ in each)))
    if found["changes"] or found["moved"]:
        rows.append("Every change, input and measure: --all.")
    return "\n".join(rows)


def _parts(option: Found) -> list[list[Found]]:
    """What moved the net present budget impact, and what the payback; empty for an option of one version."""
    return [each["parts"] for each in option["attribution"]]


def _others(found: Found) -> Iterator[str]:
    """The options without a bridge."""
    still = [each["title"] for each in found["options"] if each["which"] == "both" and not any(_parts(each))]
    if still and found["moved"]:
        yield f"Neither figure moved: {', '.join(still)}."
    for option in found["options"]:
        if option["which"] != "both":
            impact, payback = (option["measures"][name][option["which"]] for name in (_FIGURES[0], "payback_month"))
            figures = f"net present budget impact {impact['text']}, payback {payback['text']}"
            yield f"Only in the {option['which']} version: {option['title']}, {figures}."


def _table(found: Found, options: Sequence[Found]) -> Iterator[str]:
    rows = [("", "Net present budget impact", "Payback")]
    most = max(1, _MOST // len(options))
    for option in options:
        impact, payback = option["attribution"]
        title = option["title"] if len(option["title"]) <= _LONGEST_NAME else f"{option['title'][: _LONGEST_NAME - 1]}…"
        rows.append((f"{title}: old", impact["old_text"], payback["old_text"]))
        rows += _shortened(_steps(found, option), most)
        rows.append((f"{title}: new", impact["new_text"], payback["new_text"]))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, *cells in rows:
        yield f"{name:<{widths[0]}}  " + "  ".join(
            cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)
        )


Step = tuple[str, Found | None, Found | None]  # its name, and its part in either figure


def _steps(found: Found, option: Found) -> list[Step]:
    """Each step that moved either figure, in the order in which they are made."""
    by_change = [{tuple(part["changes"]): part for part in parts} for parts in _parts(option)]
    order = [each["path"] for each in found["changes"]]
    keys = sorted({*by_change[0], *by_change[1]}, key=lambda key: order.index(key[0]) if key else len(order))
    steps = []
    for key in keys:
        impact, payback = (parts.get(key) for parts in by_change)
        part = impact or payback
        assert part is not None
        name = part_name(part).replace(f"options.{option['id']}.", "")
        mark = STRUCTURE_MARK if part["structure"] else ""
        steps.append((_end_of(name) + mark, impact, payback))
    return steps


def _shortened(steps: Sequence[Step], most: int) -> Iterator[tuple[str, str, str]]:
    """The steps as rows; of many the smallest are one, those that move the payback last of all."""
    kept = sorted(range(len(steps)), key=lambda n: -_size(steps[n]))
    kept = sorted(kept if len(steps) <= most else kept[: max(1, most - 1)])
    for number in kept:
        name, impact, payback = steps[number]
        yield f"  {name}", _by(impact, "£"), _by(payback, "months")
    rest = [steps[number] for number in range(len(steps)) if number not in kept]
    if rest:
        impacts, paybacks = _sum([each for _, each, _ in rest], "£"), _sum([each for _, _, each in rest], "months")
        yield f"  {count(len(rest), 'other change')}", impacts, paybacks


def _size(step: Step) -> float:
    """Larger for what is rather shown: a move of the payback, then of the present value."""
    _, impact, payback = step
    if payback is not None or (impact is not None and impact["in_order"] is None):
        return math.inf
    return 0.0 if impact is None else abs(impact["in_order"])


def _by(part: Found | None, unit: str) -> str:
    """How far it moves a figure; where that is no number, the figure after it."""
    if part is None:
        return "no change"
    return part["after_text"] if part["in_order"] is None else _moved(part["in_order"], unit)


def _sum(parts: Sequence[Found | None], unit: str) -> str:
    by = [0.0 if part is None else part["in_order"] for part in parts]
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
