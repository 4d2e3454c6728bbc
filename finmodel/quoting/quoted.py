"""What a user may quote from a paper: its printed figures, the workings that tie them together, what they imply."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, TypeVar

from msgspec import Struct
from pydantic import BeforeValidator, Field

from finmodel.parsing import numbers
from finmodel.parsing.faults import Fault, refuse
from finmodel.parsing.fields import Date, Label, MonthOf, Stated, Text, Year, YesNo
from finmodel.parsing.numbers import UnreadableError
from finmodel.quoting.printed import Printed, read_printed
from finmodel.quoting.working import FUNCTIONS, Working, read_working

MOST_FIGURES = 2000
MOST_WORKINGS = 2000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_Read = TypeVar("_Read")


class WrittenWorking(Struct, frozen=True):
    """A working as it was written, and the tree that was read from it."""

    text: str
    tree: Working


def _reading(read: Callable[[str], _Read], given: object) -> _Read:
    """What was written, read; a fault for what cannot be. Numbers made in Python are read as they print."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        refuse([Fault((), "Text is needed here, not a list or a mapping", "Write it in quotation marks.")])
    try:
        return read(given.strip())
    except UnreadableError as error:
        refuse([Fault((), error.what, error.remedy)])


def read_figure_name(given: object) -> str:
    """The name of a printed figure, as workings use it."""
    if not isinstance(given, str) or not _NAME.fullmatch(given.strip()):
        remedy = (
            "Use small letters, figures and underscores, beginning with a letter, 60 at most, like `cost_of_posts`."
        )
        refuse([Fault((), "This cannot be the name of a figure", remedy)])
    name = given.strip()
    if name in FUNCTIONS:
        refuse([Fault((), f"`{name}` is a function of workings", "Give the figure another name.")])
    return name


def read_printed_figure(given: object) -> Printed:
    """A figure as printed."""
    return given if isinstance(given, Printed) else _reading(read_printed, given)


def read_written_working(given: object) -> WrittenWorking:
    """A working, its text and its tree."""
    if isinstance(given, WrittenWorking):
        return given
    return _reading(lambda text: WrittenWorking(" ".join(text.split()), read_working(text)), given)


def read_place(given: object) -> Fraction:
    """What a figure is rounded to the nearest of: 1,000 or 0.5."""
    return given if isinstance(given, Fraction) else _reading(_place, given)


def _place(text: str) -> Fraction:
    value = Fraction(str(numbers.number(text)))
    if value <= 0:
        raise UnreadableError("Nothing is rounded to the nearest 0", "Write what it is rounded to, like 1000.")
    return value


FigureName = Annotated[str, BeforeValidator(read_figure_name)]
PrintedFigure = Annotated[Printed, BeforeValidator(read_printed_figure)]
WorkingOf = Annotated[WrittenWorking, BeforeValidator(read_written_working)]
PlaceOf = Annotated[Fraction, BeforeValidator(read_place)]


class QuotedFigure(Stated):
    """A figure as a paper prints it.

    printed: exactly as printed, words and all. of: the base that a percentage or a count is of, such as people or FTE.
    exact: not rounded, though it may end in noughts. rounded_to: what the paper rounded it to, where the last digit
    does not say so. same_as: another figure that should have the same value. address, with year or month: in a case,
    the figure of the model that should equal it.
    """

    printed: Annotated[PrintedFigure, Field(examples=['"…"'])]
    unit: Annotated[Label, Field(examples=["…"])]
    where: Annotated[Label, Field(examples=["paragraph …"])]
    label: Label
    as_at: str = ""
    of: str = ""
    exact: YesNo = False
    rounded_to: PlaceOf | None = None
    same_as: FigureName | None = None
    address: str | None = None
    year: Year | None = None
    month: MonthOf | None = None
    note: str = ""


class QuotedWorking(Stated):
    """What a printed figure should equal, or why that cannot be checked: exactly one of `equals` and `cannot`."""

    figure: Annotated[FigureName, Field(examples=["$figure"])]
    equals: WorkingOf | None = None
    cannot: str | None = None
    why: str = ""


class ImpliedQuantity(Stated):
    """Something that can be worked out from the printed figures in several ways, which must have a value in common."""

    name: FigureName
    label: str = ""
    unit: Label
    ways: Annotated[
        tuple[WorkingOf, ...],
        Field(examples=["[…, …]"], min_length=2, max_length=50),
    ]
    why: str = ""


class StatedFigures(Stated):
    """The figures printed in a paper, and how they should go together."""

    figures: Annotated[dict[FigureName, QuotedFigure], Field(max_length=MOST_FIGURES)] = {}
    workings: Annotated[tuple[QuotedWorking, ...], Field(max_length=MOST_WORKINGS)] = ()
    implied: Annotated[tuple[ImpliedQuantity, ...], Field(max_length=MOST_WORKINGS)] = ()


class PaperHeading(Stated):
    """Which paper it is."""

    authority: Label
    title: Text
    date: Date
    reference: str = ""
    link: str = ""
    note: str = ""


class PaperFile(StatedFigures):
    """A file that quotes a paper."""

    paper: Annotated[
        PaperHeading,
        Field(examples=["{authority: …, title: …, date: $date}"]),
    ]
