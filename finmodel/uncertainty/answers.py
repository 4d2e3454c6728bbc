"""What an option is judged by when its inputs are others: the lines that are read, and what they say in a trial."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from finmodel.appraisal.appraise import WrittenModel
from finmodel.appraisal.money_spent import CUMULATIVE
from finmodel.appraisal.options import WrittenOption
from finmodel.lines.expression import Array
from finmodel.lines.line import Line
from finmodel.uncertainty.trials import Change, Trials, work_out


class TriedAnswer(Struct, frozen=True):
    """What an option comes to. net: cashable saving less all money spent by the end of the years shown, £ of cash;
    impact: net present budget impact, £; payback_month: the number of the month in which all money is recovered,
    counted from 1, None where it is not within the years shown; needed, children: fewer in care that repay it, and that
    it has, each an average over the years shown."""

    net: float | None
    impact: float | None
    payback_month: int | None
    needed: float | None
    children: float | None


class OptionLines(Struct, frozen=True):
    """The lines of an option by which it is judged; its own, as the change from business as usual."""

    written: WrittenOption
    net: Line
    impact: Line
    payback: Line
    needed: Line
    children: Line

    @property
    def id(self) -> str:
        """The option's id."""
        return self.written.option.id

    @property
    def keep(self) -> tuple[str, ...]:
        """The addresses of its lines."""
        return tuple(line.address for line in (self.net, self.impact, self.payback, self.needed, self.children))

    def nets(self, trials: Trials) -> Array:
        """Its net position at the end of the years shown in every trial, £."""
        found: Array = trials.values[self.net.address][-1]
        return found

    def impacts(self, trials: Trials) -> Array:
        """Its net present budget impact in every trial, £."""
        found: Array = trials.values[self.impact.address][0]
        return found

    def answer(self, trials: Trials, trial: int) -> TriedAnswer:
        """What it comes to in one trial."""
        month = trials.figure(self.payback, trial)
        children = trials.values[self.children.address][:, trial]
        return TriedAnswer(
            net=_number(self.nets(trials)[trial]),
            impact=trials.figure(self.impact, trial),
            payback_month=None if month is None else round(month),
            needed=trials.figure(self.needed, trial),
            children=_number(float(children.mean())),
        )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def judged_lines(written: WrittenModel) -> tuple[OptionLines, ...]:
    """The lines of every option but business as usual; of all, where it is alone."""
    others = [option for option in written.options if not option.is_business_as_usual]
    return tuple(_lines(written, option) for option in others or written.options)


def ends_of(options: Sequence[OptionLines]) -> list[str]:
    """The addresses of what is followed as one input moves: by option its net position and its impact."""
    return [address for option in options for address in (option.net.address, option.impact.address)]


def _lines(written: WrittenModel, option: WrittenOption) -> OptionLines:
    measures = written.measures[option.option.id]
    return OptionLines(
        option,
        option.yearly[CUMULATIVE],
        measures["net_present_budget_impact"],
        measures["payback_month_number"],
        measures["break_even_children_average"],
        option.yearly["children"],
    )


def answered(
    written: WrittenModel, options: Sequence[OptionLines], changes: Sequence[Change]
) -> list[tuple[TriedAnswer, ...]]:
    """For each change, what each option comes to."""
    trials = work_out(written.model, changes, [address for option in options for address in option.keep])
    return [tuple(option.answer(trials, trial) for option in options) for trial in range(len(changes))]
