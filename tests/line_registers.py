"""The register of a case's lines: what each is called, its unit, its section, and where an input comes from.

Taken from finmodel's own output, so it proves no figure right: it makes every change of an address, a label, a unit or
a source a deliberate one, seen in review. `python tests/line_registers.py` writes the registers anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from finmodel.appraisal.appraise import write_model
from finmodel.case import load_case
from finmodel.lines.line import Line

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "registers"
CASES = sorted(path.parent.name for path in (ROOT / "inputs").glob("*/case.yaml"))
HEADINGS = ("address", "label", "unit", "section", "timeline", "source", "where", "confidence", "note")


def register(case: str) -> str:
    """The register of a shipped case as CSV; a line that every option has stands there once."""
    written = write_model(load_case(ROOT / "inputs" / case).case)
    options = [option.option.id for option in written.options]
    rows = dict.fromkeys(_row(line, options) for line in written.model)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue()


def _row(line: Line, options: list[str]) -> tuple[str, ...]:
    address = line.address
    for option in options:
        address = address.replace(f"options.{option}.", "options.*.")
    origin = line.origin
    told = (origin.source, origin.where, origin.confidence) if origin else ("", "", "")
    note = line.note or (origin.note if origin else "")
    return (address, line.label, line.unit, line.section, line.timeline.value, *told, note)


def differences(case: str) -> Iterator[str]:
    """The rows that the code gives and the file does not hold, and the other way round."""
    given = register(case).splitlines()
    held = (FOLDER / f"{case}.csv").read_text(encoding="utf-8").splitlines()
    yield from (f"new: {row}" for row in given if row not in set(held))
    yield from (f"gone: {row}" for row in held if row not in set(given))


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / f"{name}.csv").write_text(register(name), encoding="utf-8")
