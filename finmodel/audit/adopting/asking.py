"""What `--set` is given, read against a model: inputs at other figures, and questions that move several together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.appraisal.find_figure import problem
from finmodel.appraisal.input_bounds import InputBounds
from finmodel.appraisal.settings import (
    NotSettableError,
    Setting,
    figure_from,
    named_periods,
    setting,
    settings_of,
    words_of,
)
from finmodel.audit.adopting.figures import in_figures
from finmodel.case import ProblemsError
from finmodel.parsing.problems import Problem
from finmodel.uncertainty.lead_questions import (
    CHILDREN,
    LATE,
    NAMES,
    PRICE,
    LeadQuestion,
    inputs_asked,
    lead_questions,
)

_HOW = "Write it as ADDRESS=VALUE, such as placements.fostering.unit_cost=£900."
_EXAMPLES = {CHILDREN: "children=8", PRICE: "price=£60,000", LATE: "late=6"}
_HAS_NONE = {
    CHILDREN: "The case has no number of children fewer in care that can be moved as one figure",
    PRICE: "The case has no price of the placements avoided that can be moved as one figure",
    LATE: "The case has no start of an option that can be made later",
}


class GivenSetting(Struct, frozen=True):
    """One setting as it was given, and what it makes of the inputs: of one, or of all that a question moves.

    name: the address or the question; was, now: in words.
    """

    text: str
    name: str
    label: str
    was: str
    now: str
    settings: tuple[Setting, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of the inputs that it sets, each once."""
        return tuple(dict.fromkeys(each.line.address for each in self.settings))

    @property
    def is_question(self) -> bool:
        """Whether it moves its inputs together, and names none of them."""
        return self.name in NAMES


def read_settings(written: WrittenModel, given: Sequence[str]) -> list[GivenSetting]:
    """What each `ADDRESS=VALUE` or `QUESTION=VALUE` sets; ProblemsError with everything that cannot be set."""
    problems: list[Problem] = []
    pairs: list[tuple[str, str]] = []
    for each in given:
        name, equals, text = (part.strip() for part in each.partition("="))
        if equals and name and text:
            pairs.append((name, text))
        else:
            problems.append(problem(each, "This names no input and a figure", _HOW))
    asks = [pair for pair in pairs if _asks(pair)]
    asked = _asked(written, asks, problems) if asks else {}
    taken = {each.line: given.text for given in asked.values() for each in given.settings}
    found = {}
    for name, text, made in settings_of(written.model, [pair for pair in pairs if not _asks(pair)]):
        own = f"{name}={text}"
        if isinstance(made, NotSettableError):
            problems.append(problem(own, made.what, _as_question(written, name) or made.remedy))
        elif made.line in taken:
            problems.append(problem(own, f"{taken[made.line]} moves this figure too", "Set one of the two."))
        else:
            found[name, text] = GivenSetting(own, made.address, made.line.label, made.was, made.now, (made,))
    if problems:
        raise ProblemsError(problems)
    return [(asked | found)[pair] for pair in pairs]


def _asks(pair: tuple[str, str]) -> bool:
    """Whether it is a question. Every address has a full stop in it, and no question has."""
    return pair[0].partition(".")[0] in NAMES


def _questions(written: WrittenModel) -> Mapping[str, LeadQuestion]:
    found = lead_questions(written, inputs_asked(written), InputBounds(written.model))
    return {each.name: each for each in found}


def _as_question(written: WrittenModel, address: str) -> str:
    """How to ask for a figure that is worked out, where a question goes by it."""
    if address not in written.model:
        return ""
    names = (each.name for each in _questions(written).values() if each.shown.address == address)
    return next((f"It moves with its inputs: {_EXAMPLES[name]}." for name in names), "")


def _asked(
    written: WrittenModel, pairs: Sequence[tuple[str, str]], problems: list[Problem]
) -> dict[tuple[str, str], GivenSetting]:
    """What each question makes of its inputs."""
    found: dict[tuple[str, str], GivenSetting] = {}
    questions, names = _questions(written), [name for name, _ in pairs]
    for place, (name, text) in enumerate(pairs):
        own = f"{name}={text}"
        if name in names[:place]:
            problems.append(problem(own, f"{name} is set already", "Set it once."))
            continue
        try:
            found[name, text] = _answered(written, name, text, questions)
        except NotSettableError as error:
            problems.append(problem(own, error.what, error.remedy))
    return found


def _answered(written: WrittenModel, name: str, text: str, questions: Mapping[str, LeadQuestion]) -> GivenSetting:
    base, dot, _ = name.partition(".")
    if dot:
        raise NotSettableError(f"{base} is asked of all years alike", f"Write {_EXAMPLES[base]}.")
    asked = questions.get(name)
    if asked is None:
        others = [_EXAMPLES[each] for each in NAMES if each in questions]
        can = f"It can be asked {' and '.join(others)}" if others else "It cannot be asked any such question"
        raise NotSettableError(_HAS_NONE[name], f"{can}; single inputs are set by their addresses, in results.json.")
    figure = figure_from(asked.shown, text, written.model.horizon)
    limits = asked.limits
    if not limits.least <= figure <= limits.most or (limits.whole and not figure.is_integer()):
        raise NotSettableError("It cannot be that", f"{limits.words(asked.shown)}.")
    label = f"{asked.label} ({asked.note})" if asked.note else asked.label
    was, now = (words_of(asked.shown, each) for each in (asked.value, figure))
    return GivenSetting(f"{name}={text}", name, label, was, now, tuple(_moves(written, asked, figure)))


def _moves(written: WrittenModel, asked: LeadQuestion, figure: float) -> Iterator[Setting]:
    """What a question makes of each of its inputs, a setting for each period where its figures differ."""
    for address, values in asked.asked(figure).items():
        for period, place in named_periods(written.model[address], written.model.horizon) or (("", 0),):
            where = f"{address}.{period}" if period else address
            try:
                yield setting(written.model, where, in_figures(float(values[place])))
            except NotSettableError as error:
                raise NotSettableError(f"{where} would be {values[place]:g}. {error.what}", error.remedy) from None
