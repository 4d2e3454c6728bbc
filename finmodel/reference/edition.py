"""Which rates these are: one hash over every data file, so that two readers can tell whether they used the same."""

from __future__ import annotations

import hashlib
from functools import cache

from finmodel.reference.datasets import DATASETS
from finmodel.reference.table import data_folder


@cache
def edition() -> str:
    """The SHA-256 of the names and contents of all data files, in the order of their names.

    Line ends do not count, so that the same rates have the same edition however they were checked out.
    """
    whole = hashlib.sha256()
    for name in sorted(dataset.name for dataset in DATASETS):
        content = (data_folder() / f"{name}.csv").read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()
