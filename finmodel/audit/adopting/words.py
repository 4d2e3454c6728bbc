"""What was taken over from a workbook, in words for a terminal."""

from __future__ import annotations

from finmodel.audit.adopting.adoption import Adoption, Taken
from finmodel.results.wording import capital, count

NOTHING = "Nothing was changed: every input of {} is what its case states. Nothing is written."


def adopted_text(adoption: Adoption) -> str:
    """Each change: what, old, new, the cell of the workbook and the line of the case; then what to look at."""
    if adoption.new is None:
        return NOTHING.format(adoption.workbook)
    taken = adoption.taken
    lines = [f"{capital(count(len(taken), 'input'))} changed in {adoption.workbook}:", ""]
    for each in taken:
        lines += _change(each)
    lines += [f"Note: {note}" for note in adoption.notes]
    sourced = sum(bool(each.source) for each in taken)
    if sourced:
        lines.append(
            f"Note: the case names a source for {count(sourced, 'figure')} that {'is' if sourced == 1 else 'are'} no "
            "longer the source's. Say in the case where the new figure comes from, and how sure it is."
        )
    return "\n".join(lines)


def _change(taken: Taken) -> list[str]:
    finding = taken.finding
    period = f", {finding.period}" if finding.period else ""
    place = taken.file if taken.line is None else f"{taken.file}, line {taken.line}"
    lines = [
        f"  {finding.label}{period}: {finding.expected}, now {finding.found}",
        f"    {finding.place}; {place}, {taken.where}",
    ]
    return [*lines, f"    source in the case: {taken.source}"] if taken.source else lines
