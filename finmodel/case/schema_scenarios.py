"""Named scenarios of a case: inputs at other figures, by address; and what was set when it was made as a what-if."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from finmodel.parsing.fields import Identifier, Label, Sourced, Stated, Text


def _as_written(given: object) -> object:
    """A figure as it was written: what it means depends on the input that it is set for."""
    return f"{given}" if isinstance(given, int | float) and not isinstance(given, bool) else given


class ScenarioFigure(Stated):
    """An input at another figure. input: its address, with a year or a month behind it (`….2027/28`) for that alone."""

    input: Annotated[Text, Field(examples=["placements.$placement.unit_cost"])]
    figure: Annotated[Text, BeforeValidator(_as_written), Field(examples=["£…"])]


class Scenario(Sourced):
    """A scenario: inputs at other figures than the case's own, together."""

    id: Identifier
    title: Label
    set: Annotated[tuple[ScenarioFigure, ...], Field(min_length=1, max_length=100)]


class SetInput(Stated):
    """An input that was set to another figure than the case's own, for a what-if: its address, and both in words.

    input: or the question by which several were moved together, such as `children`. range_left_out: where the case
    states a range that does not hold the figure, that it is left out, in a sentence.
    """

    input: Text
    label: Text
    was: Text
    now: Text
    range_left_out: Text = ""

    @property
    def words(self) -> str:
        """What was set, in a sentence. What a question goes by is worked out from the case, which does not state it."""
        is_question = "." not in self.input
        own = f"from the case as stated it is {self.was}" if is_question else f"the case states {self.was}"
        return f"{self.label} ({self.input}) is {self.now} here; {own}. {self.range_left_out}".rstrip()
