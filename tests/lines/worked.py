"""Small models for the tests: an empty one with short-hands, and one that uses every operation of the language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from finmodel.lines.arithmetic import begun, compare, conditional, maximum, minimum, power, rounded_down, rounded_up
from finmodel.lines.excel import Layout
from finmodel.lines.expression import Array, Cells, Expression, Form, Script, Timeline, Wording, literal
from finmodel.lines.line import Line, Origin
from finmodel.lines.model import Model
from finmodel.lines.outcomes import OverRows, if_number, no_figure, number_if, period_name, ratio
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.lines.timing import (
    at_period,
    at_year,
    by_year,
    largest,
    look_up,
    moved,
    present_value,
    previous,
    running_total,
    shifted,
    smallest,
    total,
    total_size,
)

ONCE, YEARS, MONTHS = Timeline.ONCE, Timeline.YEARS, Timeline.MONTHS
SHEETS = {ONCE: "Inputs", YEARS: "Years", MONTHS: "Option 1 months"}
PAPER = Origin("Cabinet paper", where="table 2", owner="Head of finance", confidence="high")


class Bench(Model):
    """A model with short-hands: addresses that name themselves, one origin for all inputs."""

    def __init__(self, years: int = 2, first: int = 2015) -> None:
        super().__init__(Horizon(FinancialYear(first), years))

    def given(self, values: float | Sequence[float], unit: str = "£", timeline: Timeline = ONCE) -> Line:
        """An input."""
        address = f"input.{len(self)}"
        return self.input(address, f"Input {len(self)}", values, unit, PAPER, timeline=timeline)

    def put(self, expression: Expression | int, unit: str = "£", timeline: Timeline | None = None) -> Line:
        """A line with a rule."""
        return self.line(f"line.{len(self)}", f"Line {len(self)}", expression, unit, timeline=timeline)

    def promise(self, unit: str = "£", timeline: Timeline = YEARS) -> Line:
        """A line whose rule follows."""
        return self.declare(f"line.{len(self)}", f"Line {len(self)}", unit, timeline)


def laid_out(model: Model) -> Layout:
    """Every line of a model on the one sheet of its timeline."""
    layout = Layout({timeline: model.periods(timeline) for timeline in Timeline})
    for timeline, name in SHEETS.items():
        layout.add_sheet(name, timeline, f"{name}\na test")
    for line in model:
        layout.add(line, SHEETS[line.timeline])
    return layout


def operations(expression: Expression) -> Iterator[type[Expression]]:
    """The operations that an expression is written with."""
    yield type(expression)
    for operand in expression.operands:
        if not isinstance(operand, Line):
            yield from operations(operand)


def total_if_positive(row: Line) -> OverRows:
    """A measure: a row's total where that is above nil."""

    def function(flows: Array) -> float | str:
        return float(np.sum(flows)) if np.sum(flows) > 0 else "nothing is left over"

    def write(cells: Cells) -> str:
        return f'IF(SUM({cells.row(row)})>0,SUM({cells.row(row)}),"nothing is left over")'

    def say(wording: Wording) -> str:
        return f"the total of {wording.row(row)} if it is above nil"

    def script(script: Script) -> Form:
        whole: Form = ["sum", script.of(row)]
        return ["number", [">", whole, "0"], whole, script.text("nothing is left over")]

    return OverRows([row], function=function, write=write, say=say, script=script, dimension=row.dimension)


def every_operation() -> Bench:  # noqa: PLR0915 - a list of operations
    """Every operation at least once, with a case that starts in a year whose name could be taken for a date."""
    bench = Bench(years=3, first=2010)
    pounds = bench.given(1234.5)
    children = bench.given(13, "children")
    share = bench.given(0.125, "share")
    places = bench.given(2, "number")
    third = bench.given(3, "number")
    grown = bench.given([0.02, 0.03, -0.01], "rate", YEARS)
    factor = bench.given([1, 0.9662, 0.9335], "factor", YEARS)
    flows = bench.given([-500.25, 320.5, 410.75], timeline=YEARS)
    monthly = bench.given([float(month * (-1) ** month) for month in range(36)], timeline=MONTHS)
    place = bench.given([2, 1, 3], "number", YEARS)

    bench.put(pounds + pounds * share - (pounds - pounds / third))
    bench.put(pounds * (share * third) + (pounds + pounds), "£")
    bench.put(pounds / (children * share), "£ per child")
    bench.put(minimum(flows, pounds) + maximum(flows, 0))
    bench.put(pounds * share / (1 - power(1 + share, -third)))
    bench.put(power(1 + grown, place) * pounds)
    flags = [bench.put(compare(flows, relation, pounds - pounds), "flag") for relation in ("<", "<=", ">", ">=", "=")]
    bench.put(conditional(flags[0], -flows, flows * share))
    bench.put(rounded_up(flows * share, places))
    bench.put(rounded_down(flows * share, places))
    bench.put(previous(flows))
    for smaller_or_larger in (minimum, maximum):  # the cell left of the first period is empty, and counts as zero
        bench.put(smaller_or_larger(flows, previous(flows)))
        bench.put(smaller_or_larger(previous(flows), 0 - pounds))
        bench.put(smaller_or_larger(flows, conditional(compare(flows, ">", 0), previous(flows), previous(flows))))
    bench.put(previous(flows, pounds))
    bench.put(previous(flows, pounds - pounds * share))
    bench.put(previous(place, 1), "number")
    opening, closing = bench.promise(), bench.promise()
    opening.define(previous(closing, pounds))
    closing.define(opening * (literal(1) + grown) + flows)
    late = bench.put(shifted(monthly, third))
    for months in (0, 2.5, 36.25):
        bench.put(moved(monthly, bench.given(months, "number")))
    bench.put(begun(bench.period_number(MONTHS), bench.given(7.75, "number") + third), "number")
    bench.put(running_total(late))
    bench.put(running_total(flows))
    for operation in (total, total_size, largest, smallest):
        bench.put(operation(monthly))
    bench.put(at_period(monthly, third + places))
    bench.put(by_year(monthly))
    bench.put(by_year(monthly, "average"))
    bench.put(at_year(closing) * share + monthly)
    bench.put(present_value(flows, factor))
    bench.put(bench.period_number(YEARS), "number")
    bench.put(bench.period_number(MONTHS), "number")
    bench.put(look_up(place, [flows, closing, pounds]))
    bench.put(look_up(third, [pounds, pounds, pounds]))
    never = bench.put(number_if(compare(total(flows), ">", pounds), third, 'it "never" pays back'), "number")
    month = bench.put(number_if(compare(total(flows), "<", pounds), third, "it never pays back"), "number")
    for found in (never, month):
        bench.put(if_number(found, found * share), "number")
        bench.put(period_name(found, MONTHS), "number")
        bench.put(period_name(found, YEARS), "number")
    bench.put(if_number(month, at_period(monthly, month)))
    bench.put(if_number(never, at_period(monthly, never)))
    bench.put(ratio(flows, flows * conditional(flags[0], 0, 1), "nothing was spent"), "number")
    bench.put(ratio(pounds, children, "no children"), "£ per child")
    bench.put(no_figure("no placement was named", "children"), "children")
    bench.put(total_if_positive(flows))
    bench.put(total_if_positive(bench.put(-flows)))
    bench.put(0, "£", YEARS)
    return bench
