"""The sentences of a verification: the answer, the meaning of a verdict, of a printed word, of a working."""

from __future__ import annotations

import re
from collections.abc import Mapping

from finmodel.audit.papers.verification import CheckedWorking, How, Level, Verification, WorkingVerdict
from finmodel.results.wording import capital, count, listed

_NAME = re.compile(r"[a-z_][a-z0-9_]*(?!\w)(?!\s*\()")
_SIGNS = {"*": "×", "/": "÷", "-": "\N{MINUS SIGN}"}

VERDICTS: Mapping[WorkingVerdict, str] = {
    WorkingVerdict.DOES_NOT_FOLLOW: (
        "No numbers that the printed inputs may stand for give the printed figure. The inputs, the figure or the "
        "working is wrong, or the paper leaves something out."
    ),
    WorkingVerdict.TRUNCATED: (
        "Right to less than one in the last digit, but rounded the wrong way: 46.27 cut off to 46.2."
    ),
    WorkingVerdict.CANNOT_BE_CHECKED: "The paper does not print what it would take. What is missing is said.",
    WorkingVerdict.AGREES: (
        "The printed figure is one that the working can give: exactly, or within the rounding of what is printed."
    ),
}
"""What each verdict means."""

READING: tuple[tuple[str, str], ...] = (
    (
        "Agreement is not truth",
        "A figure that agrees follows from the others in the same paper. Whether those are right cannot be seen here.",
    ),
    (
        "Rounded figures are ranges",
        "Papers print rounded numbers. 46.2 stands for anything from 46.15 to 46.25, £2.0m for £1.95m to £2.05m. "
        "Every working is done with these ranges, so no figure fails because of its rounding alone.",
    ),
    (
        "About, over, up to",
        "Words next to a figure widen its range, as the table of figures shows: about and around on both sides, "
        "over and more than upwards, up to and under downwards.",
    ),
    (
        "Things counted",
        "656 cases are 656 where others are worked out from them. A result of 655.6 may be printed as 656 cases.",
    ),
    (
        "Agrees if rounded",
        "Right only if a figure that ends in zeros, such as £500,000, was rounded to them. The paper does not "
        "say so; judge for yourself.",
    ),
    (
        "The difference",
        "The printed figure less what the printed inputs give. Above zero, the paper prints more than it should.",
    ),
    (
        "What would make it true",
        "For each printed input, the values that would make the working come out if that input alone were changed. It "
        "shows where a slip may be; it does not say which figure is wrong.",
    ),
)
"""How a verification is read, in names and texts."""


def count_sentence(found: Verification) -> str:
    """`Of 34 workings, 30 agree, one is truncated, two do not follow and one cannot be checked.`"""
    if not found.checks:
        return "The file states no workings, so nothing was checked."
    phrases = [phrase(verdict, found.count(verdict)) for verdict in _BEST_FIRST if found.count(verdict)]
    return f"Of {count(len(found.checks), 'working')}, {listed(phrases)}."


def phrase(verdict: WorkingVerdict, many: int) -> str:
    """`30 agree`, `one is truncated`, `two do not follow`, `one cannot be checked`."""
    return count(many, *_VERBS[verdict])


def headline(found: Verification) -> str:
    """The answer in a few words."""
    fails, truncated = found.count(WorkingVerdict.DOES_NOT_FOLLOW), found.count(WorkingVerdict.TRUNCATED)
    errors = sum(finding.level is Level.ERROR for finding in found.findings)
    if fails:
        return capital(count(fails, "printed figure does not follow", "printed figures do not follow"))
    if errors:
        return capital(count(errors, "finding is an error", "findings are errors"))
    if truncated:
        return capital(count(truncated, "figure is", "figures are")) + " truncated; none fails to follow"
    if found.count(WorkingVerdict.AGREES):
        return "Every figure that can be checked agrees"
    return "Nothing could be checked"


def answer_sentences(found: Verification) -> tuple[str, ...]:
    """The answer in plain sentences: the counts, in which way figures agree, other findings, what that is worth."""
    worth = _WORTH[found.source == "case"] if found.checks else ""
    return tuple(
        text for text in (count_sentence(found), _ways_sentence(found), _findings_sentence(found), worth) if text
    )


_WORTH = (
    "To agree means to follow from the other figures of the same paper, not to be true.",
    "To agree means to follow from the other figures quoted, or from the model, not to be true.",
)


def _ways_sentence(found: Verification) -> str:
    ways = [(words, sum(check.how is how for check in found.checks)) for how, words in _HOW.items()]
    told = [(words, many) for words, many in ways if many]
    if not told:
        return ""
    if found.count(WorkingVerdict.AGREES) == 1:
        return f"The one that agrees does so {told[0][0]}."
    if len(told) == 1:
        return f"Those that agree do so {told[0][0]}."
    parts = [f"{count(many, 'does', 'do')} so {words}" for words, many in told]
    return f"Of those that agree, {listed(parts)}."


def _findings_sentence(found: Verification) -> str:
    errors = sum(finding.level is Level.ERROR for finding in found.findings)
    kinds = ((errors, "error"), (len(found.findings) - errors, "warning"))
    told = [count(many, one) for many, one in kinds if many]
    return (
        f"Also, {'there is' if len(found.findings) == 1 else 'there are'} {listed(told)} among the other findings."
        if told
        else ""
    )


def in_words(check: CheckedWorking, labels: Mapping[str, str]) -> str:
    """A working with what the figures are in place of their names: `‘Cost’ ÷ ‘Saving of each’`."""
    return working_in_words(check.working, labels) if check.inputs else ""


def working_in_words(working: str, labels: Mapping[str, str]) -> str:
    """A working as text, its names replaced by their labels and its signs by those of print."""
    pieces, last = [], 0
    for match in _NAME.finditer(working):
        pieces += [_signs(working[last : match.start()]), f"‘{labels.get(match[0], match[0])}’"]
        last = match.end()
    return "".join([*pieces, _signs(working[last:])])


def _signs(text: str) -> str:
    return re.sub(r"[*/-]", lambda sign: _SIGNS[sign[0]], text).replace("_", " ")


_BEST_FIRST = (
    WorkingVerdict.AGREES,
    WorkingVerdict.TRUNCATED,
    WorkingVerdict.DOES_NOT_FOLLOW,
    WorkingVerdict.CANNOT_BE_CHECKED,
)
_VERBS = {
    WorkingVerdict.AGREES: ("agrees", "agree"),
    WorkingVerdict.TRUNCATED: ("is truncated", "are truncated"),
    WorkingVerdict.DOES_NOT_FOLLOW: ("does not follow", "do not follow"),
    WorkingVerdict.CANNOT_BE_CHECKED: ("cannot be checked", "cannot be checked"),
}
_HOW = {
    How.EXACTLY: "exactly",
    How.WITHIN_ROUNDING: "within the rounding of what is printed",
    How.IF_ROUNDED: "only if figures that end in zeros are rounded",
}
