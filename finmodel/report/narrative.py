"""The financial implications in paragraphs ready to paste: words are chosen, no figure is made.

Every figure in a sentence is a value of `results.json` written out by `lines.display`, or stands in a text of the case.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from finmodel.lines.display import NO_NUMBER, in_unit, plain_number, pounds
from finmodel.report.award_words import award_sentence
from finmodel.report.break_even_words import solved_sentences
from finmodel.report.certainty import warning_about
from finmodel.report.children_words import children_answer
from finmodel.report.headline import cost_answer, payback_answer
from finmodel.report.narrative_budget import funding, medium_term, scoring, stages
from finmodel.report.narrative_value import business_as_usual_itself, value_for_money
from finmodel.report.options_table import leads
from finmodel.report.page_tables import apart_in_words
from finmodel.results.appraised import AppraisalResults
from finmodel.results.assurance import NOT_TESTED, AssumptionEntry
from finmodel.results.case_facts import PostPricing
from finmodel.results.claims import ClaimResult
from finmodel.results.costs import ApartResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, is_nil, is_same, listed, sentence, span, years_shown

_DOUBTFUL = ("assumed", "unverified", "illustrative")
_MOST_NAMED = 5
_POINTS = {"top": "the maximum scale point", "bottom": "the lowest scale point", "middle": "the middle point"}
_MONTHS_IN_POST = ", months in post"


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that the financial implications must speak of, and what they say."""

    key: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Implications:
    """The financial implications of an option."""

    option: str
    title: str
    topics: tuple[Topic, ...]


def narrative(found: AppraisalResults) -> tuple[Implications, ...]:
    """The financial implications of the recommended option, or of each that is not business as usual."""
    return tuple(Implications(option.id, option.title, _topics(option, found)) for option in leads(found))


def narrative_text(found: AppraisalResults, width: int = 88) -> str:
    """The same as plain text, a blank line between paragraphs."""
    case, blocks = found.case, []
    blocks += [case.title, "Financial implications"]
    for implications in narrative(found):
        blocks.append(implications.title)
        for topic in implications.topics:
            blocks.append(topic.title.upper())
            blocks += [textwrap.fill(paragraph, width, break_long_words=False) for paragraph in topic.paragraphs]
    return "\n\n".join(blocks) + "\n"


def _topics(option: OptionResult, found: AppraisalResults) -> tuple[Topic, ...]:
    made = (
        ("cost", "What it costs", cost(option, found)),
        ("basis", "How the posts are priced", basis(option, found)),
        ("funding", "How it is funded", funding(option, found)),
        ("mtfs", "The medium-term financial strategy", medium_term(option, found)),
        ("stages", "Stages", stages(found)),
        ("placements", "How many placements repay it", placements(option, found)),
        ("payback", "When it pays back", payback(option, found)),
        ("cashable", "What is cashable", cashable(option, found)),
        ("value", "Value for money", value_for_money(option, found)),
        ("business_as_usual", "What business as usual costs", business_as_usual_itself(found)),
        ("scoring", "How the options were scored", scoring(found)),
        ("doubts", "What could change the answer", doubts(option, found)),
        ("monitoring", "How it will be monitored", monitoring(option, found)),
    )
    topics = [Topic(key, title, tuple(text for text in texts if text)) for key, title, texts in made]
    return tuple(topic for topic in topics if topic.paragraphs)


def cost(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """What it costs in a full year and over the years shown, as priced and as stated."""
    full_year, answer = option.measures.value("full_year_cost"), cost_answer(option, found)
    first = ""
    if full_year is not None and not is_nil(full_year):
        year = option.measures.full_year_cost_year
        first = f"The cost of a full year is {pounds(full_year)}, as priced here at the rates of {year}."
    return (_joined(first, *answer.sentences), _by_year(option, found))


def _by_year(option: OptionResult, found: AppraisalResults) -> str:
    amounts = option.by_year["cost"]
    if len(amounts) == 1 or all(map(is_nil, amounts)):
        return ""
    if is_same(amounts):
        return f"It costs {pounds(amounts[0])} in each year, in cash."
    return f"By year, in cash: {listed(_in_years(map(pounds, amounts), found.years))}."


def _in_years(texts: Iterable[str], years: Sequence[str]) -> list[str]:
    return [f"{text} in {year}" for text, year in zip(texts, years, strict=True)]


def basis(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """On which basis posts and other costs were priced."""
    pricing = found.paper.pricing.get(option.id, ())
    by_grade = [_at_point(post, option, found) for post in pricing if post.basis != "stated"]
    stated = [_post(post, option, found) for post in pricing if post.basis == "stated"]
    sentences = []
    if by_grade:
        sentences.append(f"Priced by pay grade: {listed(by_grade)}.")
        sentences += [_on_costs(option, found), award_sentence(option)]
    if stated:
        sentences.append(f"Priced at the all-in yearly cost that the authors state: {listed(stated)}.")
    if option.costs:
        sentences.append(f"Other costs: {listed([other.title for other in option.costs])}.")
    if option.apart:
        sentences.append(f"Shown apart, and not in the cost: {listed([_apart(item) for item in option.apart])}.")
    return (_joined(*sentences),)


def _apart(item: ApartResult) -> str:
    kind = apart_in_words(item)
    return f"{item.title} ({kind[:1].lower()}{kind[1:]})"


def _at_point(post: PostPricing, option: OptionResult, found: AppraisalResults) -> str:
    if post.point is None:
        return f"{_post(post, option, found)} at the salary of the grade {post.grade}"
    point = _POINTS.get(str(post.point), f"spinal column point {post.point}")
    return f"{_post(post, option, found)} at {point} of the grade {post.grade}"


def _post(post: PostPricing, option: OptionResult, found: AppraisalResults) -> str:
    fte = found.figure(f"options.{option.id}.posts.{post.id}.fte")
    return post.title if fte is None else f"{post.title} ({in_unit(fte, 'FTE')} FTE)"


def _on_costs(option: OptionResult, found: AppraisalResults) -> str:
    """What the price of a post holds, as its components say."""
    graded = {post.id for post in found.paper.pricing[option.id] if post.basis != "stated"}
    posts = [post for post in option.posts if post.id in graded]
    counted = [name for post in posts for name, values in post.components.items() if not all(map(is_nil, values))]
    names = [_component(name) for name in dict.fromkeys(counted)]
    if len(names) < 2:
        return ""
    pension = found.figure("on_costs.employer_pension")
    rate = "" if pension is None else f" The employer’s pension contribution is {in_unit(pension, 'share')} of pay."
    return f"That covers {listed(names)}.{rate}"


def _component(name: str) -> str:
    name = name.removesuffix(_MONTHS_IN_POST)
    return name[:1].lower() + name[1:].replace("'", "’")


def placements(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """How many children fewer in care repay it."""
    answer = children_answer(option, found)
    if not answer.sentences:
        return (f"{capital(answer.small)}, so no child need be kept out of care for it.",)
    return (_joined(*answer.sentences), answer.warning, *solved_sentences(option, found))


def payback(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """When it pays back; or that it does not, and why."""
    answer, payback = payback_answer(option, found), option.measures.payback
    first = ""
    paid = payback.month is not None and not option.requirement
    if paid and not payback.never_out_of_pocket:
        first = f"It is paid back for good by {answer.large}."
    return (_joined(first, *answer.sentences), answer.warning)


def cashable(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """What is this council's and releases cash, after which deductions; who else gains."""
    ours = [claim for claim in option.claims if _is_ours(claim.body, found)]
    if not ours:
        none = "No saving of this council’s is claimed" if option.claims else "No saving is claimed"
        return (f"{none}, so nothing is cashable.", _others_gain(option, found))
    total = pounds(option.measures.amount("total_saving"))
    over = f"over {years_shown(found.years)}, {span(found.years)}"
    if all(claim.basis == "requirement" for claim in ours):
        first = f"If the requirement is met, the cashable saving comes to {total} {over}."
    else:
        first = f"The cashable saving is {total} {over}."
    return (_joined(first, _budget_parts(option), *_deductions(ours, found)), _others_gain(option, found))


_PARTS = {
    "reduction": "reduces today’s budget",
    "avoided_growth": "avoids growth",
    "not_stated": "is stated as neither",
}
_NEITHER = "The case does not say how much of that reduces today’s budget and how much avoids growth."


def _budget_parts(option: OptionResult) -> str:
    """How much of the cashable saving reduces today's budget and how much avoids growth."""
    saved = {name: part.saved for name, part in option.mtfs.parts.items() if not is_nil(part.saved)}
    if not saved:
        return ""
    if saved.keys() == {"not_stated"}:
        return _NEITHER
    return f"Of that {listed([f'{pounds(amount)} {_PARTS[name]}' for name, amount in saved.items()])}."


def _is_ours(body: str, found: AppraisalResults) -> bool:
    return body in (found.case.council, "this council")


_SHARES = {
    "deadweight": "{} taken off as what would have been avoided anyway",
    "optimism_bias": "{} taken off for optimism",
    "cashable": "{} of what remains taken to release cash",
}


def _deductions(claims: Sequence[ClaimResult], found: AppraisalResults) -> list[str]:
    """`Fewer children in care: 20% taken off as what would have been avoided anyway, …`; claims alike told together."""
    alike: dict[str, list[str]] = {}
    for claim in claims:
        basis = " (a requirement, forecast by nobody)" if claim.basis == "requirement" else ""
        alike.setdefault(_taken_off(claim, found), []).append(f"{claim.title}{basis}")
    return [f"{'; '.join(titles)}: {said}." for said, titles in alike.items() if said]


def _taken_off(claim: ClaimResult, found: AppraisalResults) -> str:
    address = claim.address.removesuffix(".cashable_saving")
    said = []
    for name, words in _SHARES.items():
        share = found.figure(f"{address}.{name}")
        if share is not None:
            taken = in_unit(share, "share")
            said.append(words.format("nothing" if is_nil(share) else "all" if taken == "100%" else taken))
        elif f"{address}.{name}" in found.lines:
            said.append(words.format("a share that changes by year"))
    return listed(said) if said else ""


def _others_gain(option: OptionResult, found: AppraisalResults) -> str:
    gains = [gain for gain in option.public_value if not is_nil(gain.total)]
    rest = [pounds(gain.total) for gain in gains if _is_ours(gain.body, found) and not gain.cashable]
    others = [
        f"{gain.body}, {pounds(gain.total)}{'' if gain.cashable else ' (no cash released)'}"
        for gain in gains
        if not _is_ours(gain.body, found)
    ]
    return _joined(
        f"A further {rest[0]} of this council’s saving releases no cash." if rest else "",
        f"Others gain as well, which is not counted above: {'; '.join(others)}." if others else "",
    )


def doubts(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """What could change the answer: a requirement, inputs that are assumed or recalled, the authors' risks."""
    notice = warning_about(found)
    paragraphs = [_joined(*notice.sentences)] if notice is not None and option.requirement else []
    paragraphs.append(_doubtful_inputs(option, found))
    if option.risks:
        paragraphs.append(f"Risks that the authors name: {_joined(*map(sentence, option.risks))}")
    return tuple(paragraphs)


def _doubtful_inputs(option: OptionResult, found: AppraisalResults) -> str:
    behind = [entry for entry in found.assurance.assumptions_log if entry.addresses and _is_behind(entry, option.id)]
    doubtful = [entry for entry in behind if entry.reliability in _DOUBTFUL]
    if not doubtful:
        return ""
    groups = []
    for reliability in _DOUBTFUL:
        names = [_named(entry) for entry in doubtful if entry.reliability == reliability]
        if names:
            more = ["others, listed in the appendix"] if len(names) > _MOST_NAMED else []
            groups.append(f"{_KINDS[reliability]}: {'; '.join([*names[:_MOST_NAMED], *more])}.")
    known = [f"{entry.what}: {entry.effect}" for entry in doubtful if entry.effect != NOT_TESTED]
    effect = _joined(*map(sentence, known))
    untested = "What a change in them would do to the answer has not been tested." if not known else ""
    return _joined("The answer rests on inputs that may prove wrong.", *groups, effect, untested)


def _named(entry: AssumptionEntry) -> str:
    """An input with its value, unless that changes over time."""
    what = entry.what.removeprefix("Benefit: ").removeprefix("Saving: ").removeprefix("Post: ")
    return what if "; " in entry.value else f"{what} ({entry.value})"


_KINDS = {
    "assumed": "Assumed by the authors or by default",
    "unverified": "Recalled, with no source found",
    "illustrative": "Made up to show the method",
}


def _is_behind(entry: AssumptionEntry, option: str) -> bool:
    return any(not a.startswith("options.") or a.startswith(f"options.{option}.") for a in entry.addresses)


def monitoring(option: OptionResult, found: AppraisalResults) -> tuple[str, ...]:
    """How it will be followed, as the authors say; and the plan to follow it against."""
    said = found.paper.monitoring
    first = sentence(said) if said else "The case does not say how this will be monitored."
    return (first, _joined(*_plan(option, found)))


def _plan(option: OptionResult, found: AppraisalResults) -> Iterator[str]:
    by_year, years = option.by_year, found.years
    plan = "What it would take, and nobody has forecast" if option.requirement else "The plan to measure it against"
    if not all(map(is_nil, by_year["children"])):
        what = _children_by_year(by_year["children"], years)
        after = _after_deductions(option, found)
        yield f"{plan}, in children fewer in care on average{', before deductions' if after else ''}: {what}.{after}"
    if not all(map(is_nil, by_year["cashable_saving"])):
        amounts = by_year["cashable_saving"]
        saved = f"{pounds(amounts[0])} in every year"
        if not is_same(amounts):
            saved = listed(_in_years(map(pounds, amounts), years))
        yield f"In cashable saving: {saved}."


def _after_deductions(option: OptionResult, found: AppraisalResults) -> str:
    """` After deadweight and optimism bias these are: 2.6 in every year.`; empty where nothing is deducted."""
    counted = found.figures(f"options.{option.id}.child_years")
    after = _children_by_year(counted, found.years)
    if after == _children_by_year(option.by_year["children"], found.years):
        return ""
    return f" After deadweight and optimism bias these are: {after}."


def _children_by_year(numbers: Sequence[float | None], years: Sequence[str]) -> str:
    texts = [NO_NUMBER if value is None else plain_number(value, 1) for value in numbers]
    return f"{texts[0]} in every year" if len(set(texts)) == 1 else listed(_in_years(texts, years))


def _joined(*sentences: str) -> str:
    return " ".join(text for text in sentences if text)
