"""What a case may state of how far its figures may be from what it says: ranges of inputs, and what moves together."""

from typing import Annotated, ClassVar

from pydantic import Field

from finmodel.parsing.declared import Needs, OnlyWith, Rule
from finmodel.parsing.fields import PlainFigure, Sourced, Stated, Text, Whole
from finmodel.parsing.quantities import RangeShape, RangeStatedAs

BETWEEN = ("triangular", "pert", "uniform", "beta")  # shapes with a lowest and a highest of their own
MOST_RANGES, MOST_DRAWS = 200, 100_000_000
DRAWS, SEED = 4_000, 1  # where a case states none


class InputRange(Sourced):
    """How far an input of the model may be from the figure that the case states.

    input: its address. stated_as: the input's own `figure`; a `factor` by which it is multiplied, or a `change` that is
    added to it, in every period alike. central: the figure that is stated, 1 for a factor and 0 for a change; said
    again, it must be that. low, high: beyond them nothing is drawn. deviation: the standard deviation, of the figure
    itself for a lognormal too, whose mean is the central figure. alpha, beta: of a beta distribution from low to high.
    values, chances: of a discrete one.
    """

    RULES: ClassVar[tuple[Rule, ...]] = (
        *(Needs(f"shape: {shape}", ("low", "high")) for shape in BETWEEN),
        Needs("shape: normal", ("deviation",)),
        Needs("shape: lognormal", ("deviation",)),
        Needs("shape: beta", ("alpha", "beta")),
        Needs("shape: discrete", ("values", "chances")),
        OnlyWith("shape: beta", ("alpha", "beta")),
        OnlyWith("shape: discrete", ("values", "chances")),
    )

    input: Annotated[Text, Field(examples=["placements.$placement.unit_cost"])]
    shape: RangeShape = "triangular"
    stated_as: RangeStatedAs = "figure"
    low: PlainFigure | None = None
    central: PlainFigure | None = None
    high: PlainFigure | None = None
    deviation: PlainFigure | None = None
    alpha: PlainFigure | None = None
    beta: PlainFigure | None = None
    values: tuple[PlainFigure, ...] = ()
    chances: tuple[PlainFigure, ...] = ()


class Correlation(Sourced):
    """Inputs that move together: a matrix of rank correlations (Spearman's), a row and a column an input."""

    inputs: Annotated[tuple[Text, ...], Field(min_length=2, max_length=50)]
    ranks: tuple[tuple[PlainFigure, ...], ...]


class Uncertainty(Stated):
    """Ranges of inputs, what moves together, and how many draws a report takes, from which seed."""

    draws: Annotated[Whole, Field(ge=100, le=MOST_DRAWS)] = DRAWS
    seed: Annotated[Whole, Field(ge=0, le=2**63 - 1)] = SEED
    ranges: Annotated[tuple[InputRange, ...], Field(max_length=MOST_RANGES)] = ()
    correlations: Annotated[tuple[Correlation, ...], Field(max_length=50)] = ()
