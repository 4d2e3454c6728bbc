"""Which way round should values lie: periods on the outer axis and draws on the inner, or the other way?

And how many draws should go through the rules at once? A model of the usual shape (yearly pay, monthly posts, a balance
that needs its previous month, a discounted total) is written out in NumPy both ways, and evaluated by finmodel in
blocks of several sizes. Only ratios of times from one run are worth comparing between machines.

    python benchmarks/axis.py [--json]
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from _medians import REPEATS, median
from numpy.typing import NDArray

from finmodel.lines.evaluate import evaluate
from finmodel.lines.expression import Timeline
from finmodel.lines.line import Line, Origin
from finmodel.lines.model import Model
from finmodel.lines.periods import FinancialYear, Horizon
from finmodel.lines.timing import at_year, by_year, present_value, previous, running_total, total

YEARS = 10
POSTS = 12
DRAWS = 16_384
BLOCKS = (16, 64, 128, 256, 512, 1024, 2048, 4096, 16_384)
SHOWN = 512  # draws a block, of the row in the table of all benchmarks


def periods_outer(pay: NDArray[np.float64], leaving: NDArray[np.float64], block: int) -> None:
    """(periods, draws): a period of all draws is contiguous."""
    months = YEARS * 12
    factor = (1 / 1.035 ** np.arange(YEARS)).reshape(-1, 1)
    for start in range(0, DRAWS, block):
        wage, rate = pay[start : start + block], leaving[start : start + block]
        cost = np.zeros((YEARS, wage.size))
        for post in range(POSTS):
            monthly = np.repeat(wage * (1.02 + post / 1000) ** np.arange(YEARS).reshape(-1, 1), 12, axis=0) / 12
            cost += monthly.reshape(YEARS, 12, -1).sum(axis=1)
        balance = np.empty((months, wage.size))
        balance[0] = 13
        for month in range(1, months):
            balance[month] = balance[month - 1] * (1 - rate) + 1
        saving = balance.reshape(YEARS, 12, -1).sum(axis=1) * 3_000
        net = saving - cost
        np.cumsum(net, axis=0)
        (net * factor).sum(axis=0)


def draws_outer(pay: NDArray[np.float64], leaving: NDArray[np.float64], block: int) -> None:
    """(draws, periods): all periods of a draw are contiguous."""
    months = YEARS * 12
    factor = 1 / 1.035 ** np.arange(YEARS)
    for start in range(0, DRAWS, block):
        wage, rate = pay[start : start + block, None], leaving[start : start + block]
        cost = np.zeros((wage.size, YEARS))
        for post in range(POSTS):
            monthly = np.repeat(wage * (1.02 + post / 1000) ** np.arange(YEARS), 12, axis=1) / 12
            cost += monthly.reshape(-1, YEARS, 12).sum(axis=2)
        balance = np.empty((wage.size, months))
        balance[:, 0] = 13
        for month in range(1, months):
            balance[:, month] = balance[:, month - 1] * (1 - rate) + 1
        saving = balance.reshape(-1, YEARS, 12).sum(axis=2) * 3_000
        net = saving - cost
        np.cumsum(net, axis=1)
        (net * factor).sum(axis=1)


def model() -> tuple[Model, Line, Line, Line]:
    """The same shape as lines: the model, its two uncertain inputs, and its answer."""
    book = Model(Horizon(FinancialYear(2026), YEARS))
    origin = Origin("a benchmark")

    def given(address: str, value: float, unit: str, timeline: Timeline = Timeline.ONCE) -> Line:
        values = [value] * book.periods(timeline) if timeline is not Timeline.ONCE else value
        return book.input(address, address, values, unit, origin, timeline=timeline)

    pay, leaving = given("pay", 40_000, "£"), given("leaving", 0.05, "rate")
    twelve, unit_cost = given("twelve", 12, "number"), given("unit_cost", 3_000, "£ per child")
    factor, first = given("factor", 0.9, "factor", Timeline.YEARS), given("first", 13, "children")
    entries = given("entries", 1, "children", Timeline.MONTHS)
    posts = []
    for post in range(POSTS):
        growth = given(f"growth.{post}", 1.02 + post / 1000, "factor", Timeline.YEARS)
        yearly = book.line(f"pay.{post}", "Pay", pay * growth, "£")
        posts.append(book.line(f"cost.{post}", "Cost", at_year(yearly) / twelve, "£"))
    cost = book.line("cost", "Cost", sum(posts[1:], posts[0]), "£")
    children = book.declare("children", "Children", "children", Timeline.MONTHS)
    children.define(previous(children, first) * (1 - leaving) + entries)
    saving = book.line("saving", "Saving", children * unit_cost, "£")
    net = book.line("net", "Net", saving - cost, "£")
    yearly_net = book.line("net.yearly", "Net", by_year(net), "£")
    book.line("cumulative", "Cumulative", running_total(yearly_net), "£")
    answer = book.line("npv", "Net present value", present_value(yearly_net, factor), "£")
    book.line("total", "Total", total(yearly_net), "£")
    return book, pay, leaving, answer


def main() -> None:
    draw = np.random.Generator(np.random.SFC64(1))
    pay, leaving = draw.normal(40_000, 2_000, DRAWS), draw.uniform(0.03, 0.08, DRAWS)
    book, pay_line, leaving_line, answer = model()

    def lines(block: int, keep: set[str] | None) -> None:
        for start in range(0, DRAWS, block):
            part = slice(start, start + block)
            replaced = {pay_line.address: pay[None, part], leaving_line.address: leaving[None, part]}
            evaluate(book, replaced, keep=keep)

    print(f"{DRAWS} draws, {YEARS} years by month, {POSTS} posts; medians of {REPEATS} runs")
    print(" block  periods outer  draws outer  ratio  lines, few kept  all kept")
    found: dict[str, object] = {}
    for block in BLOCKS:
        outer = median(lambda block=block: periods_outer(pay, leaving, block), time.perf_counter)
        inner = median(lambda block=block: draws_outer(pay, leaving, block), time.perf_counter)
        few = median(lambda block=block: lines(block, {answer.address}), time.perf_counter)
        every = median(lambda block=block: lines(block, None), time.perf_counter)
        row = f"{block:6}  {outer:12.3f}s  {inner:10.3f}s  {inner / outer:5.2f}  {few:14.3f}s  {every:7.3f}s"
        print(row, flush=True)
        if block == SHOWN:
            found = {
                "work": f"{DRAWS:,} draws of {YEARS} years by month, in blocks of {block}, the order of the axes",
                "ours": f"periods outer, {outer:.3f} s",
                "peer": f"draws outer, {inner:.3f} s",
                "ratio": round(inner / outer, 3),
                "bar": "",
                "note": f"median of {REPEATS}, time that passes; NumPy by hand both; as lines, {few:.3f} s",
            }
    if "--json" in sys.argv:
        print(json.dumps([found], ensure_ascii=False))


if __name__ == "__main__":
    main()
