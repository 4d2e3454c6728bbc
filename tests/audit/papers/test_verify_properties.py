"""What must hold of any paper: rounding is never an error, cutting off is always noticed, and more than that too."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from quoting import checked, figure

from finmodel.audit.papers.ranges import range_of, value_of
from finmodel.audit.papers.steps import steps_of
from finmodel.audit.papers.verification import How, WorkingVerdict
from finmodel.quoting.interval import Interval
from finmodel.quoting.printed import read_printed, reading_of
from finmodel.quoting.working import names_in, read_working

NAMES = ("a", "b", "c", "d")


def as_printed(value: Fraction, decimals: int, rounding: str = ROUND_HALF_UP) -> str:
    """A number to so many decimals, as the decimal module rounds it."""
    digits = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{digits.quantize(Decimal(1).scaleb(-decimals), rounding=rounding):,f}"


thousandths = st.integers(1, 5_000_000).map(lambda whole: Fraction(whole, 1000))
either_sign = st.tuples(thousandths, st.sampled_from([1, -1])).map(lambda pair: pair[0] * pair[1])


@given(either_sign, st.integers(0, 3), st.sampled_from([("", 1), ("k", 10**3), ("m", 10**6), ("%", Fraction(1, 100))]))
def test_a_rounded_number_stands_for_the_number(value: Fraction, decimals: int, scale: tuple[str, Fraction]) -> None:
    letters, worth = scale
    printed = as_printed(value, decimals)
    reading = reading_of(read_printed(f"{printed}{letters}"))
    assert value * worth in reading.known
    assert value * worth in reading.as_result
    other = value + Fraction(101, 100) / 10**decimals
    assert other * worth not in reading.known


def expressions() -> st.SearchStrategy[str]:
    """Workings of positive figures, in which a figure may come more than once."""
    leaf = st.sampled_from([*NAMES, "2", "0.5"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.tuples(inner, inner)
        return st.one_of(
            two.map(lambda of: f"({of[0]} + {of[1]})"),
            two.map(lambda of: f"{of[0]} * {of[1]}"),
            two.map(lambda of: f"{of[0]} / ({of[1]})"),
            two.map(lambda of: f"({of[0]} - {of[1]})"),
            two.map(lambda of: f"{of[0]} / ({of[0]} + {of[1]})"),
            two.map(lambda of: f"average({of[0]}, {of[1]})"),
            two.map(lambda of: f"growth({of[0]}, {of[1]})"),
            two.map(lambda of: f"maximum({of[0]}, {of[1]})"),
            two.map(lambda of: f"minimum({of[0]}, {of[1]})"),
            st.tuples(inner, inner, inner).map(lambda of: f"stock({', '.join(of)})"),
            st.tuples(inner, inner, inner).map(lambda of: f"weighted_average({', '.join(of)}, 3)"),
            inner.map(lambda of: f"ceiling({of})"),
            inner.map(lambda of: f"floor({of})"),
            inner.map(lambda of: f"rounded({of})"),
        )

    return st.recursive(leaf, larger, max_leaves=6).filter(lambda text: any(names_in(read_working(text))))


values = st.fixed_dictionaries({name: st.integers(1_000, 900_000).map(lambda n: Fraction(n, 1000)) for name in NAMES})


def worked_out(text: str, numbers: Mapping[str, Fraction]) -> Fraction | None:
    try:
        return value_of(steps_of(read_working(text)), numbers)
    except ArithmeticError:
        return None


@settings(max_examples=300, deadline=None)
@given(expressions(), values, st.integers(0, 2), st.integers(0, 2))
def test_what_was_only_rounded_always_agrees(text: str, numbers: dict[str, Fraction], decimals: int, to: int) -> None:
    result = worked_out(text, numbers)
    assume(result is not None and abs(result) < 10**12)
    assert result is not None
    printed = {name: as_printed(value, decimals) for name, value in numbers.items()}
    check = checked(text, as_printed(result, to), **printed)
    assume(check.verdict is not WorkingVerdict.CANNOT_BE_CHECKED)
    assert check.verdict is WorkingVerdict.AGREES
    assert check.how is not How.IF_ROUNDED


@settings(max_examples=300, deadline=None)
@given(expressions(), values, st.integers(1, 400))
def test_the_range_holds_every_value_and_is_met_at_the_ends(
    text: str, middles: dict[str, Fraction], halves: int
) -> None:
    step = steps_of(read_working(text))
    half = Fraction(halves, 1000)
    box = {name: Interval(middle - half, middle + half) for name, middle in middles.items()}
    try:
        found = range_of(step, box)
    except ArithmeticError:
        return
    used = sorted(set(names_in(read_working(text))))
    points = [
        worked_out(text, {**middles, **dict(zip(used, point, strict=True))})
        for point in product(*((middles[n] - half, middles[n], middles[n] + half) for n in used))
    ]
    assert all(point in found.range for point in points if point is not None)
    whole = any(word in text for word in ("ceiling", "floor", "rounded"))
    if not found.too_wide and not whole:
        assert found.range.low in points
        assert found.range.high in points


@settings(deadline=None)
@given(thousandths, thousandths, st.integers(0, 2))
def test_what_was_cut_off_is_noticed(a: Fraction, b: Fraction, to: int) -> None:
    result = a / b
    cut, rounded = as_printed(result, to, ROUND_DOWN), as_printed(result, to)
    assume(cut != rounded)
    exact = {"a": figure(f"{a.numerator / a.denominator:.3f}", "points", exact="yes")}
    exact["b"] = figure(f"{b.numerator / b.denominator:.3f}", "points", exact="yes")
    check = checked("a / b", cut, **exact)
    assert check.verdict is WorkingVerdict.TRUNCATED
    assert f"rounds to {rounded.rstrip('0').rstrip('.') if to else rounded}" in check.sentence


@settings(max_examples=200, deadline=None)
@given(expressions(), values, st.integers(2, 40), st.sampled_from([1, -1]))
def test_what_is_wrong_never_agrees_exactly_and_its_nearest_inputs_make_it_true(
    text: str, numbers: dict[str, Fraction], off: int, sign: int
) -> None:
    exact = {name: figure(as_printed(value, 1), "points", exact="yes") for name, value in numbers.items()}
    shown = {name: Fraction(as_printed(value, 1).replace(",", "")) for name, value in numbers.items()}
    result = worked_out(text, shown)
    assume(result is not None and abs(result) < 10**9)
    assert result is not None
    wrong = result + sign * Fraction(off, 10) * max(1, abs(result))
    printed = as_printed(wrong, 1)
    check = checked(text, printed, **exact)
    assume(check.verdict is not WorkingVerdict.CANNOT_BE_CHECKED)
    assert check.verdict is WorkingVerdict.DOES_NOT_FOLLOW
    for near in check.nearest:
        for end in near.needed.split(" to "):
            mended = {**exact, near.figure: figure(end, "points", exact="yes")}
            assert checked(text, printed, **mended).verdict is WorkingVerdict.AGREES
