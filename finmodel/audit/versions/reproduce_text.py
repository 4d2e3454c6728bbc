"""What `finmodel reproduce` found, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.versions.old_results import Value
from finmodel.audit.versions.reproduce import FigureDifference, Reproduction
from finmodel.parsing.problems import seen

MOST_SHOWN = 40
_LONGEST = 70


def as_text(found: Reproduction) -> str:
    """The answer first, then what differs, in the order in which one would look for a cause."""
    return "\n".join(
        [
            _answer(found),
            *_part("Inputs", "the same files", _each(found.inputs)),
            *_part("Versions", "the same", _each(found.versions)),
            *_part("Rates", "the same, of the same vintage", _each(found.rates)),
            *(_part("Figures, measures first", "", _by_address(found.figures)) if found.figures else ()),
            *(_part("Words", "", _each(found.words)) if found.words else ()),
        ]
    )


def _answer(found: Reproduction) -> str:
    of = f"{found.figures_compared:,} figures"
    if found.to_the_byte:
        return f"It comes out the same, to the byte: {of}."
    if found.figures:
        verb = "differs" if len(found.figures) == 1 else "differ"
        return f"It does not come out: of {of} {len(found.figures):,} {verb}."
    digits = f" {found.last_digits:,} differ in the last digits only." if found.last_digits else ""
    return f"It comes out: {of} are the same.{digits}"


def _part(title: str, same: str, told: list[str]) -> Iterator[str]:
    if not told:
        yield f"{title}: {same}."
        return
    yield f"{title}:"
    yield from (f"  {line}" for line in told[:MOST_SHOWN])
    if len(told) > MOST_SHOWN:
        yield f"  and {len(told) - MOST_SHOWN:,} more; --json has all of them"


def _each(differences: tuple[FigureDifference, ...]) -> list[str]:
    return [_in_words(each) for each in differences]


def _by_address(differences: tuple[FigureDifference, ...]) -> list[str]:
    """One line an address: its first difference, and in how many periods there is one."""
    grouped: dict[str, list[FigureDifference]] = {}
    for each in differences:
        grouped.setdefault(each.address, []).append(each)
    told = []
    for first, *others in sorted(grouped.values(), key=lambda group: ".measures." not in group[0].address):
        told.append(_in_words(first) + (f" (and {len(others):,} more of its periods)" if others else ""))
    return told


def _in_words(found: FigureDifference) -> str:
    old, new = _shown(found.old), _shown(found.new)
    if isinstance(found.old, float) and isinstance(found.new, float):
        amounts = f"{found.old:,.2f}", f"{found.new:,.2f}"
        old, new = amounts if len(set(amounts)) == 2 else (old, new)
    return seen(f"{found.address}{', ' if found.period else ''}{found.period}: {old} then, {new} now")


def _shown(value: Value) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
