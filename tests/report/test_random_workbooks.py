"""Random cases: whatever is stated, the workbook recalculated by another program gives what Python gives."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_results import results
from recalculation import Values, alike, by_formualizer, by_ironcalc, by_libreoffice
from small_cases import NO_DEDUCTIONS, case_of, option_of

from finmodel.appraisal.appraise import Appraisal, appraise
from finmodel.case import LoadedCase, case_from_data
from finmodel.lines.periods import FinancialYear
from finmodel.report.workbook import formula_cells, layout_of, render_workbook
from finmodel.results.plain import as_json

Data = dict[str, Any]
Draw = st.DrawFn

SMALLEST_DUST = 1e-12


@st.composite
def cases(draw: Draw) -> Data:
    """The data of a small sound case."""
    first = FinancialYear(draw(st.sampled_from([2012, 2014, 2015, 2017, 2018, 2021, 2022, 2024, 2026, 2028])))
    years = draw(st.integers(1, 4))
    data: Data = {
        "title": "A case",
        "council": "A council",
        "price_base": str(first),
        "first_year": str(first),
        "years": years,
        "discounting": draw(discountings(years)),
        "grades": {
            "spine": {"label": "On the spine", "points": "29-33" if first.start < 2019 else "23-28"},
            "stated": {"label": "Stated", "salary": draw(st.integers(20_000, 60_000)), "pay_awards_apply": draw(st.booleans())},
        },
        "pay_awards": draw(st.sampled_from([{"percent": "2.5%"}, {"pounds": 750}, {"percent": "0%"}])),
        "point": draw(st.sampled_from(["top", "middle", "bottom"])),
        "on_costs": draw(on_costs()),
        "inflation": {
            "fees": draw(percents(-3, 9)),
            "pay": {"by_year": {"2009/10": draw(percents(0, 4)), str(first): draw(percents(0, 6))}},
        },
        "placements": {name: draw(placements(first)) for name in ("foster", "home")},
        "break_even_placement": draw(st.sampled_from(["foster", "home"])),
        "options": [draw(options(f"option-{number}", first, years)) for number in range(draw(st.integers(1, 3)))],
    }  # fmt: skip
    if draw(st.booleans()):
        data["status_quo"] = "option-0"
    return data


def percents(lowest: int, highest: int) -> st.SearchStrategy[str]:
    return st.integers(lowest * 10, highest * 10).map(lambda tenths: f"{tenths / 10}%")


@st.composite
def discountings(draw: Draw, years: int) -> Data:
    first_year = draw(st.integers(0, 1))
    if draw(st.booleans()):
        schedule = draw(st.sampled_from(["green-book-2026", "green-book-before-2026"]))
        return {
            "schedule": schedule,
            "deflator": draw(st.sampled_from(["fees", "pay"])),
            "first_year": first_year,
        }
    rate = draw(percents(0, 8) | st.lists(percents(0, 8), min_size=years, max_size=years))
    return {"rate": rate, "first_year": first_year}


@st.composite
def on_costs(draw: Draw) -> Data:
    if draw(st.booleans()):
        return {"flat_rate": draw(percents(0, 40))}
    return {
        "employer_pension": draw(percents(0, 30)),
        "national_insurance": draw(st.booleans()),
        "contracted_out": draw(st.booleans()),
        "apprenticeship_levy": draw(st.booleans()),
    }


@st.composite
def placements(draw: Draw, first: FinancialYear) -> Data:
    weekly = draw(st.booleans())
    return {
        "label": "A placement",
        "unit_cost": draw(st.integers(300, 9_000) if weekly else st.integers(9_000, 300_000)),
        "per": "week" if weekly else "year",
        "price_base": str(first + -draw(st.integers(0, 2))),
        "inflation": draw(st.sampled_from(["none", "fees", "pay"])),
    }


@st.composite
def options(draw: Draw, name: str, first: FinancialYear, years: int) -> Data:
    def several(kind: Any, most: int) -> list[Data]:
        return [draw(kind(f"entry-{number}", first, years)) for number in range(draw(st.integers(0, most)))]

    return {
        "id": name,
        "title": f"The {name}",
        "posts": several(posts, 2),
        "costs": several(costs, 2),
        "benefits": several(benefits, 2),
        "savings": several(savings, 2),
    }


@st.composite
def periods(draw: Draw, first: FinancialYear, years: int) -> tuple[int, Data]:
    """How many months something lasts, and its start and end."""
    start = draw(st.integers(-3, 12 * years - 1))
    end = draw(st.integers(max(start, 0), 12 * years - 1))
    stated: Data = {}
    if draw(st.booleans()):
        stated["start"] = str(first.first_month + start)
    else:
        start = 0
    if draw(st.booleans()):
        stated["end"] = str(first.first_month + end)
    else:
        end = 12 * years - 1
    return end - start, stated


def over_time(values: st.SearchStrategy[Any], first: FinancialYear, years: int) -> st.SearchStrategy[Any]:
    """One value, one a year, or one from the start and one from some month on."""
    month = st.integers(1, 12 * years - 1).map(lambda number: str(first.first_month + number))
    stepped = st.tuples(values, month, values).map(
        lambda found: {"by_month": {str(first.first_month): found[0], found[1]: found[2]}}
    )
    return values | st.lists(values, min_size=years, max_size=years) | stepped


@st.composite
def posts(draw: Draw, name: str, first: FinancialYear, years: int) -> Data:
    quarters = st.integers(1, 14).map(lambda number: number / 4)
    post: Data = {"id": name, "title": "A post", "fte": draw(over_time(quarters, first, years))}
    post |= draw(periods(first, years))[1]
    kind = draw(st.sampled_from(["spine", "climbing", "stated", "annual cost"]))
    if kind == "annual cost":
        index = draw(st.sampled_from(["none", "fees", "pay"]))
        base = str(first + -draw(st.integers(0, 3)))
        return post | {"annual_cost": draw(st.integers(15_000, 70_000)), "price_base": base, "inflation": index}
    post["grade"] = "stated" if kind == "stated" else "spine"
    if kind == "climbing":
        post |= {"point": "bottom", "increments": True}
    if draw(st.booleans()):
        post["people"] = draw(st.integers(4, 9))
    if draw(st.booleans()):
        post["on_costs"] = draw(on_costs())
    post["supplements"] = draw(st.lists(supplements(), max_size=2, unique_by=lambda found: found["id"]))
    return post


@st.composite
def supplements(draw: Draw) -> Data:
    shared = {"label": "A supplement", "pensionable": draw(st.booleans())}
    if draw(st.booleans()):
        return {"id": "amount", "amount": draw(st.integers(0, 3_000)), **shared}
    return {"id": "percent", "percent": draw(percents(0, 20)), **shared}


@st.composite
def costs(draw: Draw, name: str, first: FinancialYear, years: int) -> Data:
    cost = {
        "id": name,
        "label": "A cost",
        "amount": draw(over_time(st.integers(0, 90_000), first, years)),
        "price_base": str(first + -draw(st.integers(0, 2))),
        "inflation": draw(st.sampled_from(["none", "fees", "pay"])),
    }
    if draw(st.booleans()):
        return cost | {"per": "once", "start": str(first.first_month + draw(st.integers(0, 12 * years - 1)))}
    return cost | {"per": "year", **draw(periods(first, years))[1]}


@st.composite
def benefits(draw: Draw, name: str, first: FinancialYear, years: int) -> Data:
    lasts, period = draw(periods(first, years))
    home = draw(st.integers(0, 10))
    found: Data = {
        "id": name,
        "label": "A benefit",
        "placements": {"foster": f"{100 - 10 * home}%", "home": f"{10 * home}%"},
        "deadweight": draw(over_time(percents(0, 50), first, years)),
        "optimism_bias": draw(percents(0, 50)),
        "cashable": draw(over_time(percents(0, 100), first, years)),
        "deductions": draw(st.sampled_from(["multiplicative", "subtractive"])),
        **period,
    }
    if draw(st.booleans()):
        found["lag_months"] = draw(st.integers(0, min(lasts, 15)))
    if draw(st.booleans()):
        found["drop_off"] = draw(percents(0, 60))
    number = over_time(st.integers(0, 40).map(lambda tenths: tenths / 10), first, years)
    if draw(st.booleans()):
        return found | {"children": draw(number)}
    stay = draw(
        st.sampled_from([{"months": 1}, {"months": 7}, {"months": 60}, {"average_months": 1}, {"average_months": 14.5}])
    )
    return found | {"entries_avoided": draw(number), "stay": stay}  # fmt: skip


@st.composite
def savings(draw: Draw, name: str, first: FinancialYear, years: int) -> Data:
    """A saving of any kind that needs no other part of the option."""

    def amount(lowest: int, highest: int, indices: tuple[str, ...] = ("none", "fees", "pay")) -> Data:
        base = str(first + -draw(st.integers(0, 2)))
        pounds = draw(st.integers(lowest, highest))
        return {"amount": pounds, "price_base": base, "inflation": draw(st.sampled_from(indices))}

    lasts, period = draw(periods(first, years))
    tenths = st.integers(0, 60).map(lambda number: number / 10)
    number = over_time(tenths, first, years)
    steps = {"need": draw(number), "engagement": draw(percents(0, 100)), "retention": "80%", "impact": "25%"}
    children = draw(st.sampled_from([steps, draw(number)]))
    kinds: dict[str, Data] = {
        "earlier_permanence": {
            "children": children,
            "per": draw(st.sampled_from(["month", "year"])),
            "months_earlier": draw(st.integers(1, 30)),
            "placement": draw(st.sampled_from(["foster", "home"])),
        },
        "agency_to_permanent": {
            "posts": draw(number),
            "agency_cost": amount(60_000, 90_000, ("none",)),
            "permanent_cost": amount(30_000, 60_000, ("none",)),
        },
        "less_turnover": {"leavers_avoided": draw(number), "replacement_cost": amount(0, 20_000)},
        "less_sickness_cover": {"days_avoided": draw(number), "day_cost": amount(100, 400)},
        "process_costs": {
            "entries_avoided": children,
            "processes": [
                {"id": "published", "code": "SS2.1", "inflation": "fees", "per_entry": draw(tenths)},
                {"id": "own", "cost": 9_000, "price_base": str(first), "inflation": "pay"},
            ],
        },
        "income": {"income": amount(0, 90_000), "per": "year"},
        "in_house_home": {
            "beds_emptied": children,
            "beds_to_close": draw(st.integers(1, 4)),
            "homes": draw(st.integers(0, 3)),
            "fixed_cost": amount(0, 700_000),
        },
    }
    kind = draw(st.sampled_from(sorted(kinds)))
    found: Data = {"id": name, "label": "A saving", "kind": kind, **kinds[kind], **period}
    found["deadweight"] = draw(over_time(percents(0, 50), first, years))
    if draw(st.booleans()):
        found["evidence_grade"] = draw(st.sampled_from([1, 5, {"children": 3, "price": 6}]))
    else:
        found["optimism_bias"] = draw(percents(0, 50))
    found["cashable"] = draw(over_time(percents(0, 100), first, years))
    found["deductions"] = draw(st.sampled_from(["multiplicative", "subtractive"]))
    if draw(st.booleans()):
        found["body"] = draw(st.sampled_from(["NHS", "Police", "this council"]))
    if draw(st.booleans()):
        found["lag_months"] = draw(st.integers(0, min(lasts, 15)))
    if draw(st.booleans()):
        found["drop_off"] = draw(percents(0, 60))
    return found


def appraised(data: Data) -> Appraisal:
    return appraise(LoadedCase(case_from_data(data), Path("random"), ()))


def recalculated(appraisal: Appraisal) -> Values:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        path.write_bytes(render_workbook(appraisal))
        return by_ironcalc(path)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(cases())
def test_a_random_case_agrees_with_its_workbook_and_with_itself(data: Data) -> None:
    appraisal = appraised(data)
    assert appraisal.checks_hold
    every_cell_agrees(appraisal)
    years_are_the_sums_of_their_months(appraisal)
    what_has_no_number_has_a_reason(appraisal)


def every_cell_agrees(appraisal: Appraisal) -> None:
    """Numbers to 1e-9 of themselves; money also to the dust of the largest sum of money. Texts are the reasons."""
    found, layout = recalculated(appraisal), layout_of(appraisal)
    money = {(place.sheet, place.row) for address, place in layout.places.items() if "£" in layout.lines[address].unit}
    cells = list(formula_cells(appraisal))
    largest = max((abs(value) for _, _, value in cells if not isinstance(value, str)), default=0.0)
    wrong = []
    for sheet, cell, expected in cells:
        value = found.get((sheet, cell))
        row = int("".join(letter for letter in cell if letter.isdigit()))
        dust = SMALLEST_DUST * (largest if (sheet, row) in money or sheet == "Summary" else 1)
        if not alike(expected, value, dust):
            wrong.append((sheet, cell, expected, value))
    assert not wrong


def years_are_the_sums_of_their_months(appraisal: Appraisal) -> None:
    for option in appraisal.written.options:
        for name, yearly in option.yearly.items():
            if name in ("children", "cumulative_net_saving", "cumulative_net_position"):
                continue
            months = appraisal.results.figures(option.monthly[name])
            sums = [sum(months[start : start + 12]) for start in range(0, len(months), 12)]  # type: ignore[arg-type]
            assert appraisal.results.figures(yearly) == pytest.approx(sums, rel=1e-9, abs=1e-6)


def what_has_no_number_has_a_reason(appraisal: Appraisal) -> None:
    shown = json.loads(as_json(results(appraisal)), parse_constant=lambda name: pytest.fail(f"{name} in results.json"))
    assert len(shown["options"]) == len(appraisal.case.options)
    for measures in appraisal.written.measures.values():
        for line in measures.values():
            without = appraisal.results.figure(line) is None
            assert bool(appraisal.results.reason(line)) == without, line.address


@pytest.mark.parametrize("engine", [by_ironcalc, by_formualizer, by_libreoffice])
def test_every_program_finds_the_rate_of_an_option_that_loses_money(
    engine: Callable[[Path], Values], tmp_path: Path
) -> None:
    """£500,000 for four years, then £240,000 for four: x⁴ = 240 ÷ 500, so −16.8% a year; a search from 10% misses it."""
    cost = {"id": "cost", "label": "Cost", "amount": [500_000] * 4 + [0] * 4, "per": "year"}
    benefit = {"id": "fewer", "label": "Fewer", "children": [0] * 4 + [20] * 4, "placements": {"foster": "100%"}}
    option = option_of(
        costs=[cost | {"price_base": "2015/16", "inflation": "none"}], benefits=[benefit | NO_DEDUCTIONS]
    )
    foster = {"label": "F", "unit_cost": 12_000, "per": "year", "price_base": "2015/16", "inflation": "none"}
    appraisal = appraised(case_of(option, years=8, placements={"foster": foster}))
    address = "options.team.measures.internal_rate_of_return"
    rate = (240 / 500) ** (1 / 4) - 1
    assert appraisal.results.figure(address) == pytest.approx(rate, abs=1e-12)
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(appraisal))
    place = layout_of(appraisal).places[address]
    assert engine(path)[place.sheet, f"E{place.row}"] == pytest.approx(rate, rel=1e-9)
