"""What an answer on the page is made of, and whether an option claims a saving at all."""

from __future__ import annotations

from dataclasses import dataclass

from finmodel.results.claims import ClaimResult
from finmodel.results.option import OptionResult
from finmodel.results.wording import is_nil


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that opens to its derivation: what it is, how it reads, its line."""

    label: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
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


def claims_of(option: OptionResult) -> tuple[ClaimResult, ...]:
    """What an option claims to save: its benefits and its other savings."""
    return option.claims


def claims_a_saving(option: OptionResult) -> bool:
    """Whether anything is said to be saved."""
    return bool(claims_of(option)) or saves(option)
