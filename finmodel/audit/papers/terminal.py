"""A verification on the terminal: a table of every check, then what explains those that do not simply agree."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from finmodel.audit.papers.sentences import count_sentence
from finmodel.audit.papers.verification import CheckedWorking, How, Level, Verification, WorkingVerdict
from finmodel.results.wording import count

_WIDEST = 34  # characters of a column of text
_LINE = 112


def terminal_text(verification: Verification) -> str:
    """Plain aligned text: the checks in the order of the paper, what fails explained, findings, a count of verdicts."""
    parts = [verification.paper.name, "", *_table(verification), *_explained(verification)]
    parts += [*_implied(verification), *_findings(verification), *_summary(verification)]
    return "\n".join(line.rstrip() for line in parts)


def _table(verification: Verification) -> Iterator[str]:
    rows = [("", "figure", "printed", "worked out", "verdict", "where")]
    for check in verification.checks:
        worked = check.recomputed.value_text or check.recomputed.text if check.recomputed else "-"
        label = f"model: {check.label}" if check.of_the_model else check.label
        rows.append((str(check.number), label, check.printed, worked, check.outcome, check.where))
    cells = [tuple(_short(cell) for cell in row) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        number = row[0].rjust(widths[0])
        yield "  ".join([number, *(cell.ljust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])
    yield ""


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _explained(verification: Verification) -> Iterator[str]:
    """Every check that does not simply agree, the worst first."""
    for check in verification.worst_first:
        if check.verdict is WorkingVerdict.AGREES and check.how is not How.IF_ROUNDED:
            continue
        yield f"{check.number}. {check.label}: {check.outcome} ({check.where})"
        yield from _reasons(check)
        yield ""


def _reasons(check: CheckedWorking) -> Iterator[str]:
    if check.working:
        yield from _wrapped(f"{check.working} = {check.with_numbers}")
    yield from _wrapped(check.sentence)
    for near in check.nearest:
        change = f" ({near.change_text})" if near.change_text else ""
        yield from _wrapped(f"It would be right with {near.label} at {near.needed}{change}, printed {near.printed}.")


def _implied(verification: Verification) -> Iterator[str]:
    for implied in verification.implied:
        if implied.overlap is not False:  # those that do not overlap are among the findings
            yield f"Implied: {implied.label}"
            yield from _wrapped(implied.sentence)
            yield ""


def _findings(verification: Verification) -> Iterator[str]:
    for finding in verification.findings:
        head = "Finding" if finding.level is Level.ERROR else "Note"
        check = f", check {finding.check}" if finding.check is not None else ""
        yield f"{head}: {finding.kind.value}{check}{f' ({finding.where})' if finding.where else ''}"
        yield from _wrapped(finding.what)
        yield ""


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _LINE, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False)


def _summary(verification: Verification) -> Iterator[str]:
    yield count_sentence(verification)
    if verification.findings:
        are = "is" if len(verification.findings) == 1 else "are"
        yield f"Also, there {are} {count(len(verification.findings), 'finding')}."
    yield "Everything that can be checked follows." if verification.follows else "NOT EVERYTHING FOLLOWS."
