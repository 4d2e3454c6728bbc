"""How far each way of projecting children looked after was out, over all councils: `docs/demand-backtest.md`.

    python benchmarks/demand_backtest.py          # prints the page
    python benchmarks/demand_backtest.py --write  # writes it, and finmodel/reference/data/demand_backtest.csv

Every council with a count at each 31 March from 2010 to 2025 in `looked_after_children.csv`; an origin is a year from
2017 to 2024 from which a method, knowing that year and those before it, projects one, two and three years ahead.
Origins of fewer than 30 children are left out, for there one child is more than 3%. The error is |projection less
count| as a share of the count. Nothing of finmodel's own is used to project, so that its methods can be checked
against this.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import fmean, median

ROOT = Path(__file__).parents[1]
DATA = ROOT / "finmodel" / "reference" / "data"
PAGE = ROOT / "docs" / "demand-backtest.md"
YEARS, ORIGINS, HORIZONS, LEAST = range(2010, 2026), range(2017, 2025), (1, 2, 3), 30
SIZES = ((0, 250), (250, 450), (450, 700), (700, None))  # children at the origin, from and below
DAMPING = 0.8
Counts = dict[int, float]
Method = Callable[[Sequence[float], int], float]


def least_squares(past: Sequence[float]) -> tuple[float, float]:
    """The slope through the last five counts, and the line's height at the last."""
    five = past[-5:]
    mean_year, mean = (len(five) - 1) / 2, fmean(five)
    above = sum((year - mean_year) * (count - mean) for year, count in enumerate(five))
    slope = above / sum((year - mean_year) ** 2 for year in range(len(five)))
    return slope, mean + slope * (len(five) - 1 - mean_year)


def damped(past: Sequence[float], ahead: int) -> float:
    """The last year's change, each further year keeping a share of it."""
    return past[-1] + (past[-1] - past[-2]) * sum(DAMPING**year for year in range(1, ahead + 1))


METHODS: dict[str, tuple[str, Method]] = {
    "no-change": ("No change", lambda past, _: past[-1]),
    "linear-four-years": (
        "Linear from the last count, mean change of four years",
        lambda past, ahead: past[-1] + (past[-1] - past[-5]) / 4 * ahead,
    ),
    "linear-anchored": (
        "Linear from the last count, least squares through five",
        lambda past, ahead: past[-1] + least_squares(past)[0] * ahead,
    ),
    "linear-fitted": (
        "Linear, on the line of least squares through five",
        lambda past, ahead: least_squares(past)[1] + least_squares(past)[0] * ahead,
    ),
    "last-change": (
        "The last year’s change again",
        lambda past, ahead: past[-1] + (past[-1] - past[-2]) * ahead,
    ),
    "constant-growth": (
        "The last year’s growth again",
        lambda past, ahead: past[-1] * (past[-1] / past[-2]) ** ahead,
    ),
    "damped": (f"The last year’s change, damped to {DAMPING:.0%} a year", damped),
}
CHOSEN = "own-record"
LABELS = {name: label for name, (label, _) in METHODS.items()} | {
    CHOSEN: "Of no change and the four-year line, whichever was nearer in the council’s own past"
}
_AMONG = ("no-change", "linear-four-years")


def councils() -> dict[str, Counts]:
    """Counts by year of every council that has them all."""
    found: dict[str, Counts] = {}
    with (DATA / "looked_after_children.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "authority" and row["number_31_march"]:
                counts = found.setdefault(row["dfe_code"], {})
                counts[int(row["year_ending_31_march"])] = float(row["number_31_march"])
    return {code: counts for code, counts in found.items() if all(year in counts for year in YEARS)}


def england() -> Counts:
    """Counts of England by year."""
    with (DATA / "looked_after_children.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "national"]
    return {int(row["year_ending_31_march"]): float(row["number_31_march"]) for row in rows}


def past_of(counts: Counts, origin: int) -> list[float]:
    """The counts up to a year."""
    return [counts[year] for year in YEARS if year <= origin]


def projected(name: str, counts: Counts, origin: int, ahead: int) -> float:
    """What a method, knowing no more than the origin, has for a later year."""
    if name == CHOSEN:
        name = chosen(tuple(past_of(counts, origin)), ahead)
    return METHODS[name][1](past_of(counts, origin), ahead)


@cache
def chosen(past: tuple[float, ...], ahead: int) -> str:
    """Of the methods among which is chosen, the one nearer in the council's own past."""
    return min(_AMONG, key=lambda name: own_record(name, past, ahead))


def own_record(name: str, past: Sequence[float], ahead: int) -> float:
    """The mean error of a method in the council's own past, from origins whose outcome was known by then."""
    earlier = range(5, len(past) - ahead + 1)
    return fmean(error(METHODS[name][1](past[:known], ahead), past[known - 1 + ahead]) for known in earlier)


def error(projection: float, count: float) -> float:
    """As a share of what came to be."""
    return abs(projection - count) / count


def errors(name: str, ahead: int, size: tuple[int, int | None] = (0, None)) -> Iterator[float]:
    """Every error of a method so many years ahead, of councils of a size."""
    low, high = size
    for counts in COUNCILS.values():
        for origin in ORIGINS:
            here = counts[origin]
            if here >= LEAST and here >= low and (high is None or here < high) and origin + ahead in counts:
                yield error(projected(name, counts, origin, ahead), counts[origin + ahead])


Definition = Callable[[str, int], list[float]]


def _with_least(least: int) -> Definition:
    """Origins of so many children or more."""
    return lambda name, ahead: list(errors(name, ahead, (least, None)))


def _by_council(name: str, ahead: int) -> list[float]:
    """One mean for each council, whatever its number of origins."""
    means = []
    for counts in COUNCILS.values():
        here = [origin for origin in ORIGINS if counts[origin] >= LEAST and origin + ahead in counts]
        if here:
            ends = (error(projected(name, counts, origin, ahead), counts[origin + ahead]) for origin in here)
            means.append(fmean(ends))
    return means


def _of_origin(name: str, ahead: int) -> list[float]:
    """As a share of the count at the origin, which is known then."""
    return [
        abs(projected(name, counts, origin, ahead) - counts[origin + ahead]) / counts[origin]
        for counts in COUNCILS.values()
        for origin in ORIGINS
        if counts[origin] >= LEAST and origin + ahead in counts
    ]


DEFINITIONS: dict[str, Definition] = {
    "As above": _with_least(LEAST),
    "Origins of 50 children or more": _with_least(50),
    "Origins of 100 children or more": _with_least(100),
    "A mean for each council, then the mean of these": _by_council,
    "As a share of the count at the origin": _of_origin,
}
_DEFINED = ("no-change", "linear-four-years", CHOSEN)


def _by_definition(label: str, found: Definition) -> str:
    cells = [" / ".join(f"{fmean(found(name, ahead)):.2%}" for ahead in HORIZONS) for name in _DEFINED]
    return f"| {label} | {' | '.join(cells)} |"


COUNCILS = councils()


def origins() -> int:
    """How many there are one year ahead."""
    return sum(counts[origin] >= LEAST for counts in COUNCILS.values() for origin in ORIGINS)


def rows() -> Iterator[dict[str, str]]:
    """The reference data: mean error by method, years ahead and size."""
    for name in LABELS:
        for low, high in ((0, None), *SIZES):
            for ahead in HORIZONS:
                found = list(errors(name, ahead, (low, high)))
                yield {
                    "method": name,
                    "years_ahead": str(ahead),
                    "children_from": str(low),
                    "children_below": "" if high is None else str(high),
                    "mean_error": f"{fmean(found):.4f}",
                    "median_error": f"{median(found):.4f}",
                    "origins": str(len(found)),
                    "confidence": "derived",
                    "source": "Back-test over looked_after_children.csv, DfE counts at 31 March 2010 to 2025",
                    "source_url": "",
                    "note": f"{LABELS[name]}; made by benchmarks/demand_backtest.py",
                }


def page() -> str:
    """The page of the documentation."""
    head = [
        "# Back-test of projections",
        "",
        f"Every council with a count of children looked after at each 31 March from {YEARS[0]} to {YEARS[-1]}: "
        f"{len(COUNCILS)} councils.",
        f"From each year from {ORIGINS[0]} to {ORIGINS[-1]} each method, knowing no more than that year, projects one,",
        f"two and three years ahead: {origins():,} origins one year ahead. Origins of fewer than {LEAST} children are",
        "left out. Written by `python benchmarks/demand_backtest.py --write`, which anybody can run again on the data",
        "that ship with finmodel.",
        "",
        "## Mean error, as a share of what came to be",
        "",
        *_table(errors, fmean),
        "",
        "The default of a case is no change: of these methods it was the nearest, on average and at each horizon.",
        "",
        "## Median error",
        "",
        *_table(errors, median),
        "",
        "## No change, by the council’s size",
        "",
        "| children at the origin | 1 year | 2 years | 3 years | origins |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(_of_size(size) for size in SIZES),
        "",
        "The range that a report shows around a baseline is the mean error of its way for councils of its size, or the",
        "council's own where it has eight origins three years ahead ([the method](method.md#demand)).",
        "",
        "## By other definitions",
        "",
        "The same at one, two and three years by other ways of reckoning. The order of the methods stays in each.",
        "",
        "| definition | no change | mean change of four years | whichever was nearer in its own past |",
        "| --- | ---: | ---: | ---: |",
        *(_by_definition(label, found) for label, found in DEFINITIONS.items()),
        "",
        "## England",
        "",
        "The sum of all councils moves more evenly, and there a trend comes nearer than no change.",
        "",
        "| method | 1 year | 2 years | 3 years |",
        "| --- | ---: | ---: | ---: |",
        *(_of_england(name) for name in METHODS),
        "",
    ]
    return "\n".join(head)


def _table(found: Callable[[str, int], Iterator[float]], mean: Callable[[list[float]], float]) -> Iterator[str]:
    yield "| method | 1 year | 2 years | 3 years |"
    yield "| --- | ---: | ---: | ---: |"
    for name, label in LABELS.items():
        yield f"| {label} | {' | '.join(f'{mean(list(found(name, ahead))):.1%}' for ahead in HORIZONS)} |"


def _of_size(size: tuple[int, int | None]) -> str:
    low, high = size
    label = f"{low} or more" if high is None else f"fewer than {high}" if not low else f"{low} to {high - 1}"
    found = [list(errors("no-change", ahead, size)) for ahead in HORIZONS]
    return f"| {label} | {' | '.join(f'{fmean(each):.1%}' for each in found)} | {len(found[0]):,} |"


def _of_england(name: str) -> str:
    counts = england()
    means = [
        fmean(
            error(projected(name, counts, origin, ahead), counts[origin + ahead])
            for origin in ORIGINS
            if origin + ahead in counts
        )
        for ahead in HORIZONS
    ]
    return f"| {LABELS[name]} | {' | '.join(f'{each:.1%}' for each in means)} |"


def main() -> None:
    """Print the page, or write it with the data."""
    if "--write" not in sys.argv[1:]:
        sys.stdout.write(page())
        return
    PAGE.write_text(page(), encoding="utf-8")
    made = list(rows())
    with (DATA / "demand_backtest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)


if __name__ == "__main__":
    main()
