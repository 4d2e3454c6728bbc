"""The commands, each with the module that has it and what it is for: no module is read before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

# Command: its module here, and the first sentence of its help, which a test holds to what the command says.
MODULES = {
    "adopt": (
        "adopt",
        "Write the inputs that were changed in WORKBOOK, a report of finmodel's, as a new version of its case.",
    ),
    "audit": (
        "audit",
        "Say what was changed in WORKBOOK since finmodel wrote it; check any other workbook by the general rules.",
    ),
    "batch": (
        "batch",
        "Work out every case in DIR..., and write one table of results, a row for each option of each case.",
    ),
    "break-even": (
        "break_even",
        "Solve backwards: at which figure of the input at ADDRESS does each option of CASE break even?",
    ),
    "check": ("check", "Look for problems in CASE without writing anything."),
    "convert": (
        "new",
        "Write CASE, a folder or a workbook, as OUT: a workbook where OUT ends in .xlsx, else a folder with a "
        "case.yaml.",
    ),
    "diff": ("diff", "Compare two versions of a case, in the folders, or in workbooks of finmodel's, OLD and NEW."),
    "evidence": ("evidence", "What studies found of interventions, one outcome a row, null findings too."),
    "explain": ("explain", "Say how the figure at ADDRESS in CASE came about, down to its sources."),
    "narrative": ("narrative", "Print the financial implications of CASE in paragraphs ready to paste into a paper."),
    "new": ("new", "Write FILE.xlsx, an Excel workbook in which to fill in a case: no other file is needed."),
    "rates": ("rates", "Published rates with their sources, and how far to trust each."),
    "report": (
        "report",
        "Write the page, the workbook, the Word paper and results.json of CASE, a folder with a case.yaml or a "
        "workbook.",
    ),
    "reproduce": (
        "reproduce",
        "Say whether the figures of RESULTS, a results.json, still come out of CASE, and what differs.",
    ),
    "scenarios": (
        "sensitivity",
        "The scenarios that CASE names (`scenarios`), side by side with the case as it is stated.",
    ),
    "schema": (
        "schema",
        "Print the JSON Schema of OF: `results`, the file results.json; `public-results`, that of a copy to publish; "
        "`uncertainty`, the file uncertainty.json that `simulate` writes.",
    ),
    "sensitivity": (
        "sensitivity",
        "What if: fewer children, another price, less cash, dearer pay? And which inputs of CASE matter most?",
    ),
    "simulate": (
        "simulate",
        "Draw the inputs of CASE from the ranges that it states, again and again, and say how its options come out.",
    ),
    "switch": (
        "sensitivity",
        "Switching values: at which figure of each input of CASE does the answer turn, everything else as stated?",
    ),
    "tables": (
        "tables",
        "Write the figures of CASE as tidy tables in CSV, a row a figure, with period, unit, confidence and address.",
    ),
    "verify": ("verify", "Say which printed figures of PAPER follow from the others, and which do not."),
    "workload": ("workload", "Write the workload report of FOLDER: a page, a Word paper, a workbook, a CSV and JSON."),
}


class Commands(MutableMapping[str, click.Command]):
    """Commands by their names, each imported when it is first taken."""

    def __init__(self) -> None:
        self._taken: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._taken:
            module = import_module(f"finmodel.cli.{MODULES[name][0]}")
            self._taken[name] = getattr(module, name.replace("-", "_"))
        return self._taken[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._taken[name] = command

    def __delitem__(self, name: str) -> None:
        del self._taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**MODULES, **self._taken})

    def __len__(self) -> int:
        return len({**MODULES, **self._taken})


def for_a_list() -> dict[str, click.Command]:
    """The commands for a list of them: they know their names and what they are for, and can do nothing."""
    return {name: click.Command(name, help=purpose) for name, (_, purpose) in MODULES.items()}
