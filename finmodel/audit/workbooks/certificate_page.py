"""The certificate of a workbook that finmodel wrote, as a page: the verdict, what was changed and what that moves."""

from __future__ import annotations

from collections.abc import Sequence

from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate
from finmodel.audit.workbooks.findings import Effect, Finding, FindingKind
from finmodel.audit.workbooks.not_looked_at import NOT_LOOKED_AT
from finmodel.audit.workbooks.page_view import NOTHING, AuditPage, AuditSection, CertificateAnswer, table
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import number, pounds
from finmodel.report.frame import ContentsEntry, Frame
from finmodel.results.wording import capital, count, sentence

_READING = (
    (
        "As the model writes it",
        "Every formula, label, year, name and setting is what the model of the case writes in that place, and every "
        "stored value is what its formula gives when another engine works it out.",
    ),
    (
        "Inputs that differ",
        "An input is a number that is meant to be changed. One that differs from the case is no tampering, but the "
        "results are then no longer those of the case.",
    ),
    (
        "Effect",
        "What the one change does by itself to the net present budget impact and the payback of each option, worked "
        "out by the other engine: before, then after. All changes together stand under the answer.",
    ),
    (
        "What it does not say",
        "That the case itself is right. For that, read its inputs with their sources, and verify the paper's figures.",
    ),
)


def certificate_frame(found: Certificate) -> Frame:
    """What stands above and below."""
    facts = (
        ("Workbook", found.workbook),
        ("Recalculated by", found.engines[0] if found.engines else ""),
        ("Cells compared", f"{found.checked.cells:,}"),
        ("Formulas", f"{found.checked.formulas:,}"),
    )
    view = certificate_view(found)
    return Frame(
        council=found.case_title or "A workbook",
        title=f"Audit: {found.workbook}",
        summary="Whether this workbook is still as the model of its case writes it, cell by cell.",
        facts=tuple((name, text) for name, text in facts if text),
        contents=(
            ContentsEntry("answer", "The answer"),
            *(ContentsEntry(each.id, each.title) for each in view.sections),
            ContentsEntry("reading", "How to read it"),
        ),
    )


def certificate_view(found: Certificate) -> AuditPage:
    """What the page prints."""
    sections = []
    if found.findings:
        text = "Each place that differs from what the model writes there. Cells are named as they are now."
        sections.append(AuditSection("changed", "What was changed", text, tuple(_by_kind(found.findings)), "differs"))
    if found.changed_inputs:
        text = "Numbers that are there to be changed, and were. They are not tampering."
        sections.append(
            AuditSection(
                "inputs", "Inputs that differ from the case", text, (_inputs(found.changed_inputs),), "differs"
            )
        )
    return AuditPage(_answer(found), (*sections, _checked(found)), _READING)


def _answer(found: Certificate) -> CertificateAnswer:
    alarm = found.verdict in (
        AuditVerdict.TAMPERED,
        AuditVerdict.NOT_COMPARED,
        AuditVerdict.OTHER_VERSION,
        AuditVerdict.NOT_RECALCULATED,
    )
    tables = () if found.effects is None or found.is_clean else (_effects_table(found.effects),)
    return CertificateAnswer(str(found.verdict).rstrip("."), tuple(_sentences(found)), alarm, tables)


def _sentences(found: Certificate) -> list[str]:
    checked = found.checked
    texts = [
        f"{capital(count(len(found.findings), 'difference'))} from what the model writes, and "
        f"{count(len(found.changed_inputs), 'input')} that differ{'s' if len(found.changed_inputs) == 1 else ''} "
        "from the case."
        if found.verdict is not AuditVerdict.OTHER_VERSION
        else f"{capital(count(len(found.findings), 'finding'))} without comparing it with the model.",
        f"{checked.sheets:,} sheets, {checked.cells:,} cells, {checked.formulas:,} formulas, {checked.stored_values:,} "
        f"stored values and {checked.names:,} names were looked at.",
    ]
    texts.append(f"It was compared with {sentence(found.expected_from)[:1].lower()}{sentence(found.expected_from)[1:]}")
    texts += found.notes
    if found.effects is not None and not found.is_clean:
        moved = any(effect.before != effect.after for effect in found.effects)
        texts.append("The changes move the headline figures below." if moved else f"{capital(found.none_moved)}.")
    return texts


def _effects_table(effects: Sequence[Effect]) -> Table:
    rows = [
        Row(
            effect.title,
            (Cell(effect.label), Cell(effect.before), Cell(effect.after), Cell(_change(effect))),
        )
        for effect in effects
    ]
    return table(
        "effects",
        "All changes together",
        "Option",
        ("Figure", "As the model has it", "In this workbook", "Change"),
        rows,
    )


def _change(effect: Effect) -> str:
    if effect.before == effect.after:
        return "none"
    if effect.change is None:
        return "changed"
    shown = pounds(abs(effect.change)) if "£" in effect.before else number(abs(effect.change), 2)
    return f"{shown} {'more' if effect.change > 0 else 'less'}"


def _by_kind(findings: Sequence[Finding]) -> list[Table]:
    """A table for each kind of finding, in the order in which the kinds first come."""
    tables = []
    for kind in dict.fromkeys(finding.kind for finding in findings):
        rows = [_row(finding) for finding in findings if finding.kind is kind]
        name = f"changed-{kind.name.lower().replace('_', '-')}"
        columns = ("What", "Expected", "Found", "Effect")
        tables.append(table(name, f"{capital(_plain(kind))}: {len(rows):,}", "Sheet and cells", columns, rows))
    return tables


def _plain(kind: FindingKind) -> str:
    """A kind without its article: `value typed over a formula`."""
    return kind.value.removeprefix("a ").removeprefix("an ")


def _row(finding: Finding) -> Row:
    figure = ", ".join(text for text in (finding.label, finding.period) if text)
    cells = (
        Cell(sentence(finding.what), f"{figure} ({finding.address})" if finding.address else figure),
        Cell(finding.expected or NOTHING),
        Cell(finding.found or NOTHING),
        Cell(_effect_text(finding), finding.source),
    )
    return Row(finding.place, cells)


def _inputs(findings: Sequence[Finding]) -> Table:
    rows = []
    for finding in findings:
        what = ", ".join(text for text in (finding.label, finding.period) if text) or finding.what
        cells = (
            Cell(what, finding.address),
            Cell(finding.expected or NOTHING, finding.source),
            Cell(finding.found or NOTHING),
            Cell(_effect_text(finding)),
        )
        rows.append(Row(finding.place, cells))
    columns = ("Input", "In the case", "In this workbook", "Effect")
    return table("inputs-table", f"Inputs: {len(rows):,}", "Sheet and cells", columns, rows)


def _effect_text(finding: Finding) -> str:
    if finding.effects is None:
        return capital(finding.no_effects) or NOTHING
    moved = [effect for effect in finding.effects if effect.before != effect.after]
    if not moved:
        return "None on the net present budget impact or payback of any option"
    return "; ".join(f"{each.title}, {each.label.lower()}: {each.before}, then {each.after}" for each in moved)


def _checked(found: Certificate) -> AuditSection:
    checked = found.checked
    told = (
        ("Compared with", found.expected_from),
        ("Case", found.case_title),
        ("Published rates, SHA-256", found.rates),
        ("Recalculated by", ", ".join(found.engines)),
        ("Made by, as the workbook says", found.made_by),
        ("Sheets", f"{checked.sheets:,}"),
        ("Cells", f"{checked.cells:,}"),
        ("Formulas", f"{checked.formulas:,}"),
        ("Stored values", f"{checked.stored_values:,}"),
        ("Defined names", f"{checked.names:,}"),
        ("Not looked at", "; ".join(NOT_LOOKED_AT)),
    )
    hashes = ((found.workbook, found.sha256), *((file.name, file.sha256) for file in found.case_files))
    return AuditSection(
        "checked", "What was checked", told=tuple((name, text) for name, text in told if text), hashes=tuple(hashes)
    )
