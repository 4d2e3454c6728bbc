"""A case with some of its figures changed: each change is one that moves one input of the model, or a fact of the case.

`knobs` finds the figures in a case's own data, as numbers, percentages, months and years; what is not stated, and has
a default, is stated. So no list of inputs is kept here; kept are only the names of what is no figure.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finmodel.appraisal.appraise import WrittenModel

Steps = tuple[str | int, ...]

# How a case is put together: its years, what is looked up where, what counts for what. A change is another model.
STRUCTURE = frozenset(
    (
        "years",
        "first_year",
        "price_base",
        "evidence",
        "point",
        "points",
        "increments",
        "pensionable",
        "vacancies_too",
        "public_body",
        "national_insurance",
        "apprenticeship_levy",
        "pay_awards_apply",
        "capped",
        "after_months",
        "spine",
        "highest",
        "prefix",
        "in_kind",
        "contracted_out",
        "decimals",
    )
)
# Parts of a case that say where figures are from, quote them or ask about them; and words.
QUOTED = frozenset(
    (
        "sources",
        "paper",
        "assumptions",
        "stated",
        "break_even",
        "meeting",
        "mtfs",
        "assurance",
        "exempt",
        "uncertainty",
        "scenarios",
    )
)
WORDS = frozenset(
    (
        "title",
        "note",
        "where",
        "label",
        "owner",
        "source",
        "link",
        "date",
        "as_at",
        "description",
        "what",
        "code",
        "id",
        "review_by",
    )
)
WHOLE = frozenset(
    (
        "people",
        "lag_months",
        "months",
        "months_earlier",
        "evidence_grade",
        "prices",
        "children_grade",
        "homes",
        "beds_to_close",
        "life_years",
        "service_before",
        "age",
        "average_months",
    )
)
# What has a default: stated as here, where the case says nothing.
UNSTATED: dict[str, Any] = {
    "lag_months": 1,
    "delay_months": 1.5,
    "drop_off": "1%",
    "per_entry": 1.1,
    "weeks_in_a_year": 52.1,
    "full_time_hours": 36.5,
    "leave_days": 33,
}
WORST_GRADE = 6
MONTH, YEAR = re.compile(r"\d{4}-\d\d"), re.compile(r"\d{4}/\d\d")
NUMBER, PERCENT = re.compile(r"-?[\d,]*\.?\d+"), re.compile(r"-?[\d.]+%")


@dataclass(frozen=True, slots=True)
class Knob:
    """Places in a case's data that are changed together, with what they are changed to."""

    name: str
    changes: tuple[tuple[Steps, Any], ...]


def knobs(data: dict[str, Any], model: WrittenModel, first: Mapping[Steps, Steps]) -> list[Knob]:
    """Every figure of a case, and what it leaves unstated; a list by year is one.

    first: of what the case states once and uses again, where it stands first; all its uses are changed together.
    """
    found: dict[str, list[tuple[Steps, Any]]] = {}
    for steps, value in _leaves(data):
        name = _name(data, first.get(steps, steps))
        changed = None if _is_fact(name, model) else _changed(steps, value, data)
        if changed is not None:
            found.setdefault(name, []).append((steps, changed))
    for line in model.model:
        last = line.address.rpartition(".")[2]
        place = _place(data, line.address) if line.is_input and not line.is_fact else None
        if place is not None and not _holds(data, place) and line.address not in found:
            changed = _unstated(last, data, float(line.value()[0, 0]))
            if changed is not None:
                others = [other for other, one in first.items() if one == place[:-1]]
                found[line.address] = [((*owner, place[-1]), changed) for owner in (place[:-1], *others)]
    return [Knob(name, tuple(changes)) for name, changes in found.items()]


def changed(data: dict[str, Any], made: Sequence[Knob]) -> dict[str, Any]:
    """The data with these changed."""
    new = copy.deepcopy(data)
    for knob in made:
        for steps, value in knob.changes:
            at = new
            for step in steps[:-1]:
                at = at[step]
            at[steps[-1]] = value
    _settle(new)
    return new


def _leaves(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in items:
        is_entries = isinstance(value, list) and any(isinstance(each, dict) for each in value)  # points of a projection
        if (step in STRUCTURE | WORDS and not is_entries) or (not steps and step in QUOTED):
            continue
        if isinstance(value, dict | list):
            yield from _leaves(value, (*steps, step))
        else:
            yield (*steps, step), value


def _name(data: Any, steps: Steps) -> str:
    """What the leaf belongs to, by ids: `options.team.posts.workers.fte`, whatever the form of the quantity.

    What is stated by year for years before the first, and not carried on to it, is a figure for each of them.
    """
    parts: list[str] = []
    first_year = str(data["first_year"])
    for step in steps:
        if step in ("value", "by_year", "by_month"):
            last, own = str(steps[-1]), step == "by_year" and first_year in data[step]
            return ".".join([*parts, last] if own and last < first_year else parts)
        data = data[step]
        if isinstance(step, int):
            if not isinstance(data, dict):
                break
            parts.append(str(data.get("id", step)))
        else:
            parts.append(step)
    return ".".join(parts)


def _is_fact(name: str, model: WrittenModel) -> bool:
    is_length = name.startswith("demand.claims.") and name.endswith(".months")  # a list: each has lines of its own
    return is_length or (name in model.model and model.model[name].is_fact)


def _changed(steps: Steps, value: Any, data: Any) -> Any:
    """What a figure is changed to; None for what is no figure."""
    name, text = next(step for step in reversed(steps) if isinstance(step, str) and step != "value"), str(value)
    found: Any = None
    if name == "passed":
        return "yes" if text in ("no", "False") else "no"
    if MONTH.fullmatch(text):
        found = _month(text, -1 if name in ("end", "month") else 1)
    elif YEAR.fullmatch(text):
        found = f"{int(text[:4]) + 1}/{int(text[5:]) + 1:02d}"
    elif PERCENT.fullmatch(text):
        found = f"{float(text[:-1]) * 0.99 or 1:.10g}%"
    elif NUMBER.fullmatch(text):
        number = float(text.replace(",", ""))
        found = number * 0.99 or 0.01
        if name == "fte" and not _holds(data, (*steps[: steps.index("fte")], "people")):
            found = number * 1.01  # other posts may be paid out of these
        if name in WHOLE or "evidence_grade" in steps:
            found = int(number) - 1 if number == WORST_GRADE else int(number) + 1
    return found


def _month(text: str, by: int) -> str:
    number = int(text[:4]) * 12 + int(text[5:]) - 1 + by
    return f"{number // 12}-{number % 12 + 1:02d}"


def _unstated(name: str, data: dict[str, Any], value: float) -> Any:
    first = f"{str(data['first_year'])[:4]}-04"
    if name in ("start", "end", "month"):
        return _month(first, int(value) - 1 + (1 if name == "start" else -1))
    return "no" if name == "counts" else UNSTATED.get(name)


def _place(data: dict[str, Any], address: str) -> Steps | None:
    """Where a line's figure would be stated in the data; None where there is no such place."""
    names = address.removeprefix("conventions.").removeprefix("pay.").split(".")
    names[-1] = "passed" if names[-1] == "counts" else names[-1]
    steps: list[str | int] = []
    at: Any = data
    for name in names[:-1]:
        if isinstance(at, list):
            numbers = [number for number, item in enumerate(at) if isinstance(item, dict) and item.get("id") == name]
            if not numbers:
                return None
            steps.append(numbers[0])
        elif isinstance(at, dict) and name in at:
            steps.append(name)
        else:
            return None
        at = at[steps[-1]]
    return (*steps, names[-1]) if isinstance(at, dict) else None


def _holds(data: Any, steps: Steps) -> bool:
    for step in steps[:-1]:
        data = data[step]
    return steps[-1] in data


def _settle(data: dict[str, Any]) -> None:
    """The last share of what totals 100% is what the others leave."""
    for option in data["options"]:
        for benefit in option.get("benefits", ()):
            _settle_last([(benefit["placements"], name) for name in benefit.get("placements", ())])
    criteria = data.get("scoring", {}).get("criteria", ())
    _settle_last([(each, "weight") for each in criteria])


def _settle_last(shares: Sequence[tuple[Any, str]]) -> None:
    held = [(at[name], "value") if isinstance(at[name], dict) else (at, name) for at, name in shares]
    if held:
        others = sum(float(str(at[name]).rstrip("%")) for at, name in held[:-1])
        held[-1][0][held[-1][1]] = f"{100 - others:.12g}%"
