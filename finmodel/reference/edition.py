"""Which rates these are: hashes of the data files, so that two readers can tell whether they used the same."""

from __future__ import annotations

import hashlib
from functools import cache

from finmodel.reference.datasets import DATASETS
from finmodel.reference.table import data_folder


@cache
def edition() -> str:
    """The SHA-256 of the names and contents of all data files, in the order of their names."""
    whole = hashlib.sha256()
    for name in sorted(dataset.name for dataset in DATASETS):
        content = _content(name)
        whole.update(f"{name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


@cache
def file_hash(dataset: str) -> str:
    """The SHA-256 of one data file."""
    return hashlib.sha256(_content(dataset)).hexdigest()


def _content(dataset: str) -> bytes:
    """Line ends do not count, so that the same rates have the same hash however they were checked out."""
    return (data_folder() / f"{dataset}.csv").read_bytes().replace(b"\r\n", b"\n")
