"""How every operation reads in words and in the workbook, with brackets where they are needed and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest
from one_formula import formula

from finmodel.lines.arithmetic import begun, compare, conditional, maximum, minimum, power, rounded_down, rounded_up
from finmodel.lines.evaluate import evaluate
from finmodel.lines.explain import rule_in_words
from finmodel.lines.expression import Expression, LineError
from finmodel.lines.outcomes import if_number, number_if, period_name, ratio
from finmodel.lines.structure import rules_of
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
from tests.lines.worked import MONTHS, ONCE, PAPER, YEARS, Bench, laid_out

G = 6  # the second period's column
MONTHLY = "'Option 1 months'!"


def named(name: str, unit: str, values: Any, timeline: Any = ONCE) -> Callable[[Bench], None]:
    return lambda bench: bench.input(name.lower(), name, values, unit, PAPER, timeline=timeline) and None


def bench_of_seven() -> Bench:
    """On the sheet of inputs B, S and N in E8 to E10; over years A, P and F in rows 8 to 10; over months M in row 8."""
    bench = Bench(years=3)
    for add in (
        named("B", "£", 3),
        named("S", "share", 0.5),
        named("N", "number", 2),
        named("A", "£", [10, -4, 2.5], YEARS),
        named("P", "number", [2, 1, 2], YEARS),
        named("F", "factor", [1, 0.5, 0.25], YEARS),
        named("M", "£", [1.0] * 36, MONTHS),
    ):
        add(bench)
    return bench


B, S, N = "Inputs!$E$8", "Inputs!$E$9", "Inputs!$E$10"
MORE = f"IF(G8>{B},1,0)"
OPERATIONS: list[tuple[Callable[[Any], Expression], str, str]] = [
    (lambda x: x["a"] + x["b"], "A + B", f"G8+{B}"),
    (lambda x: x["a"] + x["b"] + x["a"], "A + B + A", f"G8+{B}+G8"),
    (lambda x: x["a"] + (x["b"] + x["a"]), "A + (B + A)", f"G8+({B}+G8)"),
    (lambda x: x["a"] - x["b"] - x["a"], "A − B − A", f"G8-{B}-G8"),
    (lambda x: x["a"] - (x["b"] - x["a"]), "A − (B − A)", f"G8-({B}-G8)"),
    (lambda x: x["a"] - x["b"] * x["s"], "A − B × S", f"G8-{B}*{S}"),
    (lambda x: (x["a"] + x["b"]) * x["s"], "(A + B) × S", f"(G8+{B})*{S}"),
    (lambda x: x["s"] * (x["a"] - x["b"]), "S × (A − B)", f"{S}*(G8-{B})"),
    (lambda x: x["a"] * (x["s"] * x["n"]), "A × (S × N)", f"G8*({S}*{N})"),
    (lambda x: x["a"] / (x["n"] / x["s"]), "A ÷ (N ÷ S)", f"G8/({N}/{S})"),
    (lambda x: x["a"] / x["n"] / x["s"], "A ÷ N ÷ S", f"G8/{N}/{S}"),
    (lambda x: (x["a"] - x["b"]) / x["n"], "(A − B) ÷ N", f"(G8-{B})/{N}"),
    (lambda x: -x["a"], "0 − A", "0-G8"),
    (lambda x: 1 * x["a"], "1 × A", "1*G8"),
    (lambda x: 1 / x["s"] - 1, "1 ÷ S − 1", f"1/{S}-1"),
    (lambda x: compare(x["a"], ">", x["b"]), "A is more than B", MORE),
    (lambda x: compare(x["a"], ">=", x["b"]), "A is at least B", f"IF(G8>={B},1,0)"),
    (lambda x: compare(x["a"], "<=", x["b"]), "A is at most B", f"IF(G8<={B},1,0)"),
    (lambda x: compare(x["a"], "=", x["b"]), "A is equal to B", f"IF(G8={B},1,0)"),
    (
        lambda x: compare(x["a"] - x["b"], "<", x["b"] + x["b"]),
        "A − B is less than B + B",
        f"IF(G8-{B}<{B}+{B},1,0)",
    ),
    (
        lambda x: x["s"] * compare(x["a"], ">", x["b"]) + x["s"],
        "S × (A is more than B) + S",
        f"{S}*{MORE}+{S}",
    ),
    (
        lambda x: compare(x["s"], "=", compare(x["a"], ">", x["b"])),
        "S is equal to (A is more than B)",
        f"IF({S}={MORE},1,0)",
    ),
    (
        lambda x: power(1 + x["s"], -x["n"]),
        "(1 + S) to the power of (0 − N)",
        f"POWER(1+{S},0-{N})",
    ),
    (
        lambda x: x["s"] * power(x["s"], x["n"]),
        "S × (S to the power of N)",
        f"{S}*POWER({S},{N})",
    ),
    (lambda x: minimum(x["a"], x["b"]), "the smaller of (A) and (B)", f"MIN(G8,{B})"),
    (lambda x: maximum(x["a"] + x["b"], 0), "the larger of (A + B) and (0)", f"MAX(G8+{B},0)"),
    (
        lambda x: conditional(compare(x["a"], ">", x["b"]), x["a"] - x["b"], x["b"]),
        "A − B if (A is more than B), otherwise B",
        f"IF({MORE},G8-{B},{B})",
    ),
    (
        lambda x: conditional(x["s"], x["b"], conditional(x["n"], x["a"], 0)),
        "B if S, otherwise (A if N, otherwise 0)",
        f"IF({S},{B},IF({N},G8,0))",
    ),
    (
        lambda x: x["s"] * conditional(x["n"], x["a"], x["b"]),
        "S × (A if N, otherwise B)",
        f"{S}*IF({N},G8,{B})",
    ),
    (
        lambda x: rounded_up(x["a"] + x["b"], x["n"]),
        "A + B, rounded up to a whole number",
        f"ROUNDUP(ROUND(G8+{B},{N}),0)",
    ),
    (
        lambda x: x["s"] * rounded_down(conditional(x["n"], x["a"], x["b"]), x["n"]),
        "S × ((A if N, otherwise B), rounded down to a whole number)",
        f"{S}*ROUNDDOWN(ROUND(IF({N},G8,{B}),{N}),0)",
    ),
    (lambda x: previous(x["a"]), "A of the year before", "F8"),
    (
        lambda x: previous(x["a"], x["b"] + x["b"]),
        "A of the year before (for the first year B + B)",
        f"IF(G$5=$F$5,{B}+{B},F8)",
    ),
    (
        lambda x: shifted(x["a"], x["n"]),
        "A, N years earlier",
        f"IF(G$5>{N},INDEX($F8:$H8,G$5-{N}),0)",
    ),
    (
        lambda x: moved(x["a"], x["n"]),
        "A, moved N years later",
        f"IF(G$5>INT({N}),INDEX($F8:$H8,G$5-INT({N}))*(1-({N}-INT({N})))"
        f"+INDEX($F8:$H8,MAX(1,G$5-INT({N})-1))*({N}-INT({N})),0)",
    ),
    (
        lambda x: begun(x["p"], x["n"] + x["n"]) * x["s"],
        "(P is at least N + N, or in part) × S",
        f"MAX(0,MIN(1,G9+1-({N}+{N})))*{S}",
    ),
    (lambda x: running_total(x["a"]), "running total of A", "SUM($F8:G8)"),
    (
        lambda x: by_year(x["m"]),
        "sum over the year's months of M",
        f"SUMIFS({MONTHLY}$F8:$AO8,{MONTHLY}$F$6:$AO$6,G$5)",
    ),
    (
        lambda x: by_year(x["m"], "average"),
        "average over the year's months of M",
        f"AVERAGEIFS({MONTHLY}$F8:$AO8,{MONTHLY}$F$6:$AO$6,G$5)",
    ),
    (lambda x: look_up(x["p"], [x["a"], x["b"]]), "place P in the table from A to B", f"CHOOSE(G9,G8,{B})"),
    (
        lambda x: number_if(compare(x["a"], ">", x["b"]), x["a"] + x["b"], 'no "way"'),
        'A + B, if A is more than B; otherwise no figure (no "way")',
        f'IF({MORE},G8+{B},"no ""way""")',
    ),
    (
        lambda x: number_if(x["s"], conditional(x["n"], x["a"], x["b"]), "no"),
        "(A if N, otherwise B), if S; otherwise no figure (no)",
        f'IF({S},IF({N},G8,{B}),"no")',
    ),
    (
        lambda x: ratio(x["a"] + x["b"], x["s"] * x["n"], "none"),
        "(A + B) ÷ (S × N)",
        f'IF(({S}*{N})=0,"none",(G8+{B})/({S}*{N}))',
    ),
    (lambda x: x.period_number(YEARS) + 0, "number of the year + 0", "G$5+0"),
]


@pytest.mark.parametrize(("make", "words", "written"), OPERATIONS, ids=count())
def test_an_operation_over_years_in_words_and_in_column_g(
    make: Callable[[Any], Expression], words: str, written: str
) -> None:
    bench = bench_of_seven()
    rule = make(bench)
    line = bench.line("rule", "Rule", rule, str(rule.dimension), timeline=YEARS)
    assert rule_in_words(line) == words
    assert formula(laid_out(bench), line, G) == f"={written}"


@pytest.mark.parametrize(
    ("make", "words", "written"),
    [
        (lambda x: total(x["a"]), "total of A", "SUM(Years!$F8:$H8)"),
        (
            lambda x: total_size(x["a"]),
            "total of A without its signs",
            """SUMIF(Years!$F8:$H8,">0")-SUMIF(Years!$F8:$H8,"<0")""",
        ),
        (lambda x: largest(x["a"]), "the largest of A", "MAX(Years!$F8:$H8)"),
        (lambda x: smallest(x["a"]), "the smallest of A", "MIN(Years!$F8:$H8)"),
        (lambda x: at_period(x["a"], x["n"]), "A, in year N", "INDEX(Years!$F8:$H8,$E$10)"),
        (
            lambda x: present_value(x["a"], x["f"]),
            "sum over the years of (A × F)",
            "SUMPRODUCT(Years!$F8:$H8,Years!$F10:$H10)",
        ),
    ],
    ids=count(),
)
def test_one_number_from_a_row(make: Callable[[Any], Expression], words: str, written: str) -> None:
    bench = bench_of_seven()
    line = bench.line("rule", "Rule", make(bench), "£")
    assert rule_in_words(line) == words
    assert formula(laid_out(bench), line, 4) == f"={written}"


def test_months_read_their_year() -> None:
    bench = bench_of_seven()
    spread = bench.line("spread", "Spread", at_year(bench["a"]) - bench["m"], "£")
    assert rule_in_words(spread) == "the year's A − M"
    assert formula(laid_out(bench), spread, G) == "=INDEX(Years!$F8:$H8,G$6)-G8"


def test_a_figure_that_may_be_missing_and_the_name_of_a_period() -> None:
    bench = bench_of_seven()
    year = bench.line("year", "Year", number_if(bench["s"], bench["n"], "never"), "number")
    then = bench.line("then", "Then", if_number(year, bench["b"] + bench["b"]), "£")
    name = bench.line("name", "Name", period_name(year, YEARS), "number")
    assert [rule_in_words(line) for line in (then, name)] == ["B + B", "the year numbered Year"]
    layout = laid_out(bench)
    assert formula(layout, then, 4) == "=IF(ISNUMBER($E$11),$E$8+$E$8,$E$11)"
    assert formula(layout, name, 4) == "=IF(ISNUMBER($E$11),INDEX(Years!$F$4:$H$4,$E$11),$E$11)"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda x: x["a"] + x["n"], "the sum of £ and number: a and n have different units"),
        (lambda x: x["a"] - (x["n"] + x["s"]), "the difference of £ and number: a and n, s have different units"),
        (lambda x: minimum(x["a"], x["n"]), "the smaller of £ and number: a and n have different units"),
        (lambda x: maximum(x["a"], 1), "the larger of £ and number: a and a plain number have different units"),
        (lambda x: compare(x["a"], "<", x["n"]), "the comparison of £ and number: a and n have different units"),
        (
            lambda x: conditional(x["n"], x["a"], x["n"]),
            "the conditional of £ and number: a and n have different units",
        ),
        (lambda x: conditional(x["a"], x["a"], x["a"]), "the condition of a conditional has a unit, £"),
        (lambda x: previous(x["a"], x["n"]), "the previous value of £ and number: a and n have different units"),
        (lambda x: look_up(x["n"], [x["a"], x["n"]]), "the look-up of £ and number: a and n have different units"),
        (lambda x: look_up(x["n"], [x["a"], x["m"]]), "a look-up mixes years and months"),
        (lambda x: look_up(x["n"], []), "a look-up needs a table of 1 to 254 lines, not 0"),
        (lambda x: power(x["a"], x["n"]), "a power of £: factor and exponent are plain numbers"),
        (lambda x: compare(x["a"], "<>", x["b"]), "'<>' is not a comparison; use one of <, <=, >, >=, ="),
        (lambda x: by_year(x["m"], "median"), "by_year gives a sum or an average, not 'median'"),
        (lambda x: by_year(x["a"]), "by_year takes a line over months; a runs over years"),
        (lambda x: total(x["b"]), "total takes a line over years or months; b runs over once"),
        (lambda x: largest(x["a"] + x["a"]), "largest takes a line; give the expression a name first"),
        (lambda x: shifted(x["a"], x["p"]), "the length of a shift takes a line over once; p runs over years"),
        (lambda x: present_value(x["a"], x["s"]), "the discount factor takes a line over years; s runs over once"),
        (lambda x: previous(x["a"], x["p"]), "the first value before a must be one number"),
        (lambda x: at_period(x["a"], x["p"]), "the period at which a is read must be one number"),
        (
            lambda x: x["a"] + x["m"],
            "years and months are mixed in one operation (a, m); use by_year or at_year",
        ),
        (lambda x: x["a"] * 2, "2 is written into a formula; make it an input, with its source"),
    ],
    ids=count(),
)
def test_a_refusal_names_what_does_not_fit(make: Callable[[Any], Expression], message: str) -> None:
    with pytest.raises(LineError, match=f"^{re.escape(message)}$"):
        make(bench_of_seven())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda x: x["a"] / x["nil"], "a division by zero"),
        (lambda x: power(x["nil"], x["n"]) * x["a"], "a power of zero or less"),
        (lambda x: at_period(x["a"], x["nil"]), "a period outside those of the case"),
        (lambda x: look_up(x["nil"], [x["a"]]), "a look-up of a place that the table does not have"),
        (lambda x: shifted(x["a"], x["s"]), "a shift that is not a whole number of periods, 0 or more"),
    ],
    ids=count(),
)
def test_what_cannot_be_worked_out_is_said_whole(make: Callable[[Any], Expression], message: str) -> None:
    bench = bench_of_seven()
    named("Nil", "number", 0)(bench)
    bench.line("rule", "Rule", make(bench), "£")
    with pytest.raises(LineError, match=rf"^rule(, period \d)?: {re.escape(message)}$"):
        evaluate(bench)


def test_flags_can_be_counted() -> None:
    bench = bench_of_seven()
    both = bench.line("both", "Both", compare(bench["a"], "<", bench["b"]) + compare(bench["a"], "<", 0), "number")
    # 10, −4 and 2.5 beside 3 and beside nil.
    assert evaluate(bench).figures(both) == [0, 2, 1]


def test_decimals_are_compared_in_tens() -> None:
    bench = bench_of_seven()
    named("Figure", "£", 1.0045)(bench)
    # 1.0045 to two decimals is 1.00, so there is nothing to round up.
    line = bench.line("up", "Up", rounded_up(bench["figure"], bench["n"]), "£")
    assert evaluate(bench).figures(line) == [1]


def test_each_draw_is_read_by_itself() -> None:
    bench = bench_of_seven()
    names = {"most": largest, "least": smallest, "sum": total}
    lines = {name: bench.line(name, name, make(bench["a"]), "£") for name, make in names.items()}
    worth = bench.line("worth", "Worth", present_value(bench["a"], bench["f"]), "£")
    results = evaluate(bench, {"a": np.array([[1.0, 4.0], [2.0, 8.0], [3.0, 12.0]])})
    found = {name: results[line].tolist() for name, line in lines.items()}
    assert found == {"most": [[3, 12]], "least": [[1, 4]], "sum": [[6, 24]]}
    # 1 × 1 + 2 × 0.5 + 3 × 0.25 = 2.75; the second draw is four times the first.
    assert results[worth].tolist() == [[2.75, 11]]
    assert results.figures("a", 1) == [4, 8, 12]


def test_rules_written_with_addresses_keep_their_brackets() -> None:
    bench = bench_of_seven()
    bench.line("one", "One", (bench["a"] + bench["b"]) * bench["s"], "£")
    bench.line("two", "Two", bench["a"] + bench["b"] * bench["s"], "£")
    rules = rules_of(bench)
    assert rules["a"] == ("years", "£", "")
    assert rules["one"] == ("years", "£", "([a]+[b])*[s]")
    assert rules["two"] == ("years", "£", "[a]+[b]*[s]")


def test_worth_by_a_factor_with_a_unit_has_both_units() -> None:
    bench = bench_of_seven()
    named("Children", "children", [1, 2, 3], YEARS)(bench)
    assert str(present_value(bench["a"], bench["children"]).dimension) == "child £"
