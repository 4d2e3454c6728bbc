"""The range or the distribution that a case states of an input, in words, beside the input in an explanation."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from finmodel.appraisal.appraise import Appraisal
from finmodel.appraisal.stated_ranges import RangeOfInput, ranges_of
from finmodel.case import Case
from finmodel.lines.display import in_unit
from finmodel.lines.explain import Explanation

_SHAPES = {"pert": "PERT"}


def with_ranges(appraisal: Appraisal, found: Explanation) -> Explanation:
    """The explanation with the range beside each input of which the case states one."""
    written = appraisal.written
    words = {
        each.line.address: range_in_words(each, appraisal.case) for each in ranges_of(written.ranges, written.model)
    }
    if not words:
        return found
    for line in written.model:
        if not line.is_input and line.stated_in is not None and line.stated_in.address in words:
            words[line.address] = words[line.stated_in.address]
    return _with(found, words)


def _with(found: Explanation, words: Mapping[str, str]) -> Explanation:
    parts = tuple(_with(part, words) for part in found.parts)
    return replace(found, parts=parts, ranged="" if found.elsewhere else words.get(found.address, ""))


def range_in_words(each: RangeOfInput, case: Case) -> str:
    """`triangular, £740.00 to £960.00; source; confidence: illustrative; why`."""
    stated = each.stated
    if stated.values:
        chances = zip(stated.values, stated.chances, strict=True)
        how = "discrete, " + ", ".join(f"{_figure(each, value)} ({in_unit(by, 'share')})" for value, by in chances)
    else:
        how = ", ".join(part for part in (_SHAPES.get(stated.shape, stated.shape), _form(each), _between(each)) if part)
    means = {
        "figure": "",
        "factor": "; times what is stated, in every period",
        "change": "; added to what is stated, in every period",
    }[stated.stated_as]
    source = case.sources.get(stated.source)
    named = ", ".join(part for part in (source.publisher, source.title) if part) if source else stated.source
    confidence = f"confidence: {stated.confidence}" if stated.confidence else ""
    return "; ".join(part for part in (how + means, named, confidence, stated.note) if part)


def _form(each: RangeOfInput) -> str:
    """What a shape has beside its ends."""
    stated = each.stated
    if stated.deviation is not None:
        return f"standard deviation {_figure(each, stated.deviation)}"
    return f"alpha {stated.alpha:g} and beta {stated.beta:g}" if stated.alpha and stated.beta else ""


def _between(each: RangeOfInput) -> str:
    """The ends that the case states, within what the input may be."""
    low, high = each.stated.low is not None, each.stated.high is not None
    if low and high:
        return f"{_figure(each, each.least)} to {_figure(each, each.most)}"
    return f"{_figure(each, each.least)} or more" if low else f"{_figure(each, each.most)} or less" if high else ""


def _figure(each: RangeOfInput, figure: float) -> str:
    return f"{figure:g}" if each.stated.stated_as == "factor" else in_unit(figure, each.line.unit)
