"""Formulas and names that read other files, or the network."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import Check, Mark

CHECK = Check(
    id="external-link",
    title="Link to another file",
    why="The figure depends on a file that the reader may not have, and that may have changed since.",
    source="FAST 1.03 (models of several workbooks); ICAEW Code, Build traceable references",
    certainty="certain",
    remedy="Bring the figure in as a labelled input with its source and date, and break the link.",
    false_alarms="A link that no formula uses any more is reported as likely. Links are never followed.",
)
_NETWORK = {"WEBSERVICE", "RTD", "STOCKHISTORY", "CUBEVALUE", "CUBEMEMBER", "IMAGE", "FILTERXML"}


def look(analysis: Analysis) -> Iterator[Mark]:
    """Each formula and name that reads another file; each file linked."""
    targets = {link.number: link.target for link in analysis.workbook.external_links}
    used: set[int] = set()
    for number, place, shape in analysis.formulas():
        if shape.is_external:
            linked = _links_in(analysis.sheets[number].cells[place].formula, targets)
            used.update(linked)
            names = ", ".join(_told(targets[link]) for link in linked) or "another file"
            what = f"{analysis.formula(number, place)} reads {names}"
            yield Mark(number, place, what, "certain", f"{names} {shape.key}")
        elif shape.functions & _NETWORK:
            yield Mark(number, place, f"{analysis.formula(number, place)} asks the network", "certain", shape.key)
    for name in analysis.workbook.defined_names:
        linked = _links_in(name.refers_to, targets)
        used.update(linked)
        if linked:
            names = ", ".join(_told(targets[link]) for link in linked)
            yield Mark(None, None, f"The name {name.name} reads {names}", "certain")
    for number, target in targets.items():
        if number not in used:
            yield Mark(None, None, f"A link to {_told(target)}, which no formula uses", "likely")


def _links_in(formula: str, targets: dict[int, str]) -> list[int]:
    return [number for number in targets if f"[{number}]" in formula]


def _told(target: str) -> str:
    return target or "a file that is not named"
