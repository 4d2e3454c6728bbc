"""What speaks for and against each option, as the paper prints it: two points of each side open, all of them folded."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.document.parts import Bullets, Columns, Fold, Heading, Paragraph, Part
from finmodel.report.options_table import leads
from finmodel.report.page_tables import tags
from finmodel.results.appraised import AppraisalResults
from finmodel.results.option import OptionResult
from finmodel.results.wording import count

MOST_OPEN = 2  # points of a side


def for_and_against(found: AppraisalResults) -> Iterator[Part]:
    """The first points of each side for the option that is recommended, or for every one where none is."""
    leading = [option for option in leads(found) if option.advantages or against(option)]
    for option in leading:
        if len(leading) > 1 or len(found.options) > 1:
            yield Heading(option.title, tags(option))
        sides = (("For", option.advantages), ("Against", against(option)))
        yield Columns(tuple((Bullets(points[:MOST_OPEN], side),) for side, points in sides if points))


def against(option: OptionResult) -> tuple[str, ...]:
    """What speaks against an option: its disadvantages, and then its risks."""
    return (*option.disadvantages, *option.risks)


def arguments_fold(found: AppraisalResults) -> Iterator[Fold]:
    """Every point, of every option."""
    parts: list[Part] = []
    points = 0
    for option in found.options:
        sides = (("Advantages", option.advantages), ("Disadvantages", option.disadvantages), ("Risks", option.risks))
        given = [(title, texts) for title, texts in sides if texts]
        if not given and not option.description:
            continue
        parts.append(Heading(option.title, tags(option)))
        parts += [Paragraph(option.description, "quiet")] if option.description else []
        parts += [Columns(tuple((Bullets(texts, title),) for title, texts in given))] if given else []
        points += sum(len(texts) for _, texts in given)
    if points:
        yield Fold("All points for and against, every option", count(points, "point"), tuple(parts), id="all-arguments")
