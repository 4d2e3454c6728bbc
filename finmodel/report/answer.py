"""What an answer on the page is made of, and whether an option claims a saving at all."""

from __future__ import annotations

from msgspec import Struct

from finmodel.document.parts import Figure
from finmodel.results.option import OptionResult
from finmodel.results.wording import is_nil


class Answer(Struct, frozen=True):
    """One question answered: a few large words, a line below them, sentences, and the figures that open."""

    question: str
    large: str
    small: str
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    warning: str = ""


def saves(option: OptionResult) -> bool:
    """Whether an option saves anything in any year."""
    return any(not is_nil(amount) for amount in option.by_year["cashable_saving"])


def claims_a_saving(option: OptionResult) -> bool:
    """Whether anything is said to be saved."""
    return bool(option.claims) or saves(option)
