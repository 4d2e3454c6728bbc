"""Every data file judged: each by its own rules, then all of them against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable

from finmodel.reference.datasets import DATASETS
from finmodel.reference.table import DataRow, read_table

Rows = Mapping[str, tuple[DataRow, ...]]

_FIRST_SPINE = "2009-04-01"
KNOWN_GAPS: Mapping[tuple[str, str, int], str] = {
    ("2013-04-01", "old", 4): "the source spine starts at point 5, though point 4 lasted until 30 September 2013",
}
"""Points that were paid but are not in the file, each with why; asking for one is an error, not a guess."""


def validate(folder: Traversable | None = None) -> list[str]:
    """Every problem in the data files of `folder` (by default those shipped), each with its file and line."""
    problems: list[str] = []
    rows: dict[str, tuple[DataRow, ...]] = {}
    for dataset in DATASETS:
        try:
            table = read_table(dataset.name, folder)
        except FileNotFoundError:
            problems.append(f"{dataset.name}.csv is missing")
            continue
        problems.extend(dataset.problems(table))
        rows[dataset.name] = table.rows
    return problems or [*_publications(rows), *_awards_and_spines(rows), *_deletions(rows), *_assimilation(rows)]


def _publications(rows: Rows) -> Iterator[str]:
    """Every data set has its dates of publication, and no other has."""
    named = {row["dataset"] for row in rows["publications"]}
    yield from (f"publications.csv: {name} is missing" for name in sorted(set(rows) - named))
    yield from (f"publications.csv: {name} is no data set" for name in sorted(named - set(rows)))


def _awards_and_spines(rows: Rows) -> Iterator[str]:
    """A spine starts on the day of an award, and an award starts a spine; a freeze and a sum paid once do neither."""
    spines = {row["year_from"] for row in rows["njc_pay_spine"]}
    awards = {
        row["effective_date"] for row in rows["njc_pay_awards"] if row["kind"] not in ("freeze", "non-consolidated")
    }
    for start in sorted(spines - awards):
        yield f"njc_pay_spine.csv: the spine of {start} has no award in njc_pay_awards.csv"
    for start in sorted(award for award in awards - spines if award >= _FIRST_SPINE):
        yield f"njc_pay_awards.csv: the award of {start} has no spine in njc_pay_spine.csv"


def _deletions(rows: Rows) -> Iterator[str]:
    """A deleted point is on every spine that starts before its deletion, and on none after."""
    points = {(row["year_from"], row["spine"], int(row["scp"])) for row in rows["njc_pay_spine"]}
    starts = sorted({(start, spine) for start, spine, _ in points})
    for row in rows["njc_deleted_points"]:
        point = int(row["scp"])
        for start, spine in starts:
            if spine != row["spine"] or (start, spine, point) in KNOWN_GAPS:
                continue
            if ((start, spine, point) in points) != (start < row["deleted_from"]):
                yield f"njc_deleted_points.csv, line {row.line}: does not fit {spine} point {point} of {start}"


def _assimilation(rows: Rows) -> Iterator[str]:
    """Every point of the last old spine goes to a point of the first new one, and order is kept."""
    spine = rows["njc_pay_spine"]
    last_old = max(row["year_from"] for row in spine if row["spine"] == "old")
    first_new = min(row["year_from"] for row in spine if row["spine"] == "new")
    old = {int(row["scp"]) for row in spine if row["year_from"] == last_old}
    new = {int(row["scp"]) for row in spine if row["year_from"] == first_new}
    pairs = sorted((int(row["old_scp"]), int(row["new_scp"])) for row in rows["njc_assimilation_2019"])
    if {before for before, _ in pairs} != old:
        yield f"njc_assimilation_2019.csv: its old points are not those of {last_old}"
    targets = [after for _, after in pairs]
    if not set(targets) <= new or targets != sorted(targets):
        yield f"njc_assimilation_2019.csv: its new points are not those of {first_new} in order"
