"""An explanation of a figure as text and as nested lists of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from finmodel.document.unparted import seen_unparted
from finmodel.lines.explain import Explanation
from finmodel.lines.line import Origin


def as_text(explanation: Explanation, indent: str = "") -> str:
    """An explanation as an indented tree."""
    heading = f"{explanation.label}{f', {explanation.period}' if explanation.period else ''}"
    rows = [f"{heading}: {explanation.text}  [{explanation.address}]"]
    rows += [f"  {row}" for row in _details(explanation)]
    for part in explanation.parts:
        rows += [f"  {row}" for row in as_text(part).splitlines()]
    rows += [f"  ({text})" for text in explanation.more]
    return "\n".join(indent + row for row in rows)


def _details(explanation: Explanation) -> Iterator[str]:
    if explanation.reason:
        yield f"no figure: {explanation.reason}"
    if explanation.elsewhere:
        yield "(explained above)"
        return
    if explanation.like:
        yield "(made in the same way)"
        return
    if explanation.rule:
        yield f"= {explanation.rule}"
        if explanation.numbers and explanation.numbers != explanation.rule:
            yield f"= {explanation.numbers}"
    if explanation.note:
        yield f"note: {explanation.note}"
    if explanation.origin:
        yield f"source: {origin_text(explanation.origin)}"
    if explanation.ranged:
        yield f"range stated: {explanation.ranged}"


def origin_text(origin: Origin) -> str:
    """An origin in one line."""
    confidence = f"confidence: {origin.confidence}" if origin.confidence else "confidence: not stated"
    as_at = f"as at {origin.as_at.isoformat()}" if origin.as_at else ""
    owner = f"owner: {origin.owner}" if origin.owner else ""
    parts = (origin.source, origin.where, as_at, confidence, owner, origin.note)
    return "; ".join(part for part in parts if part)


def as_html(explanation: Explanation) -> str:
    """An explanation as nested lists, every text escaped and what cannot be seen in it written out."""
    return seen_unparted(f'<ul class="explanation">{_item(explanation)}</ul>')


def _item(explanation: Explanation) -> str:
    period = f", {explanation.period}" if explanation.period else ""
    head = (
        f'<span class="figure-label">{escape(explanation.label + period)}</span> '
        f'<b class="figure-value">{escape(explanation.text)}</b>'
    )
    details = "".join(f"<div>{escape(row)}</div>" for row in _details(explanation))
    parts = "".join(_item(part) for part in explanation.parts)
    parts += "".join(f'<li class="figure-rule">({escape(text)})</li>' for text in explanation.more)
    below = f"<ul>{parts}</ul>" if parts else ""
    return f'<li>{head} <code>{escape(explanation.address)}</code><div class="figure-rule">{details}</div>{below}</li>'
