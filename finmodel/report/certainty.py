"""How sure are we? What the saving rests on, how far the inputs can be trusted, whether the checks hold."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from finmodel.basis.book import NOT_LATE
from finmodel.lines.display import plain_number
from finmodel.report.answer import Answer, claims_a_saving
from finmodel.results.appraised import AppraisalResults
from finmodel.results.lines import NO_ORIGIN, LineFound
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, count, listed

CONFIDENCES = {
    "published": "seen in the public source named",
    "derived": "worked out from published figures; the note says how",
    "stated": "printed in the proposal’s own paper, or set by what it says",
    "assumed": "chosen by the authors or by default, where nothing is stated",
    "illustrative": "made up to show the method",
    "unverified": "from memory, no source. Check before use",
    "": "its confidence is not stated",
}
_COUNTED_AS = {
    "published": "published",
    "derived": "derived from published figures",
    "stated": "stated in the paper",
    "assumed": "assumed",
    "illustrative": "illustrative",
    "unverified": "unverified",
    "": "of a confidence not stated",
}
_SETTING = ("conventions.", "calendar.", "evidence.", "record.")  # the last two stand beside: no answer rests on them


class CertaintyNotice(Struct, frozen=True):
    """What a reader must know before any figure; `among_options` says it of the options where these are compared."""

    title: str
    sentences: tuple[str, ...]
    among_options: str = ""


def confidence_answer(option: OptionResult, found: AppraisalResults) -> Answer:
    """How sure are we?"""
    question, bases = "How sure are we?", {claim.basis for claim in option.claims}
    warning = ""
    if not claims_a_saving(option):
        large, small = "No saving is claimed", "so only the cost is in question"
    elif bases == {"requirement"}:
        large, small = "A requirement", "the saving is what it would take, not what is expected"
        warning = "No forecast is made of the saving. Do not count on it."
    elif "requirement" in bases:
        large, small = "Part forecast, part requirement", "some of the saving is what it would take"
        warning = "No forecast is made of the part that is a requirement. Do not count on it."
    else:
        large, small = "A forecast", "the saving is what the authors expect"
    return Answer(question, large, small, (_inputs_sentence(option, found), checks_sentence(found)), (), warning)


def _inputs_sentence(option: OptionResult, found: AppraisalResults) -> str:
    tally = tally_of_inputs(found, option.id)
    each = [f"{plain_number(number_of)} {_COUNTED_AS[confidence]}" for confidence, number_of in tally.items()]
    return f"Behind this answer are {count(sum(tally.values()), 'input')}: {listed(each)}." if each else "No inputs."


def tally_of_inputs(found: AppraisalResults, option: str) -> dict[str, int]:
    """How many inputs there are of each confidence: those of an option and those that all options share."""
    tally = Counter(
        (line.origin or NO_ORIGIN).confidence
        for address, line in found.lines.items()
        if is_used_input(line) and is_behind(address, option)
    )
    return {confidence: tally[confidence] for confidence in CONFIDENCES if tally[confidence]}


def is_used_input(line: LineFound) -> bool:
    """Whether a line is an input on which some figure rests, and no row of a table that nothing comes to."""
    return line.origin is not None and line.in_use is None and line.origin.source != NOT_LATE.source


def is_behind(address: str, option: str) -> bool:
    """Whether an input is an option's own or shared by all; conventions and the calendar are neither."""
    if address.startswith("options."):
        return address.startswith(f"options.{option}.")
    return not address.startswith(_SETTING)


def checks_sentence(found: AppraisalResults) -> str:
    """Whether the checks hold."""
    checks = found.checks.checks
    if found.checks.all_hold and len(checks) == 1:
        return "The one check of the sums holds."
    if found.checks.all_hold:
        return f"All {count(len(checks), 'check')} of the sums hold."
    broken = [check for check in checks if not check.holds]
    do = "does" if len(broken) == 1 else "do"
    return f"{capital(count(len(broken), 'check'))} of {len(checks):,} {do} not hold: do not use these figures."


def warning_about(found: AppraisalResults) -> CertaintyNotice | None:
    """That the number of children is what it would take, and that money favours no option."""
    required = [option for option in found.options if option.requirement]
    if not required:
        return None
    claiming = [option for option in found.options if claims_a_saving(option)]
    whose = "" if len(required) == len(claiming) else f" of {listed([option.title for option in required])}"
    sentences = [
        f"The number of children fewer in care{whose} is what it would take to break even. No forecast is made that "
        "it will be reached, so the saving shown for it should not be counted on."
    ]
    rivals = [option for option in found.options if not option.status_quo]
    if len(rivals) < 2:
        return CertaintyNotice(_TITLE, tuple(sentences))
    if any(option.by_year != rivals[0].by_year for option in rivals):
        return CertaintyNotice(
            _TITLE, (*sentences, "A larger saving of which no forecast is made is no evidence for an option.")
        )
    titles = listed([option.title for option in rivals])
    return CertaintyNotice(
        _TITLE,
        (*sentences, "Nothing in the paper favours one option over another by money."),
        f"{titles} cost the same here and carry the same number of children. Nothing in the paper favours one of them "
        "by money; the choice between them rests on other grounds.",
    )


_TITLE = "What it would take, not a forecast"
