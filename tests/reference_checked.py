"""Write the hashes of the data files that pass every check: python tests/reference_checked.py"""

import csv
import json
from pathlib import Path

import finmodel.reference
from finmodel.reference import validate
from finmodel.reference.datasets import DATASETS
from finmodel.reference.loader import digest
from finmodel.reference.table import data_text, read_table

CHECKED = Path(finmodel.reference.__file__).with_name("checked.json")


def hashes() -> dict[str, str]:
    """The hash of each data file, which has one fact on each line and no blanks at the ends of cells."""
    texts = {dataset.name: data_text(dataset.name) for dataset in DATASETS}
    for name, text in texts.items():
        lines = [next(csv.reader([line])) for line in text.splitlines()]
        rows = read_table(name).rows
        assert [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:]] == [row.cells for row in rows], name
        assert [row.line for row in rows] == list(range(2, len(lines) + 1)), name
    return {name: digest(text) for name, text in sorted(texts.items())}


if __name__ == "__main__":
    assert validate() == []
    CHECKED.write_text(json.dumps(hashes(), indent=1) + "\n", encoding="utf-8")
