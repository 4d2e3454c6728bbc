"""The certificate of a workbook that finmodel wrote, as a page: the verdict, what was changed and what that moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finmodel.audit.pages import OPEN_ALL, digests, reading, section, write_page
from finmodel.audit.workbooks.certificate import AuditVerdict, Certificate
from finmodel.audit.workbooks.findings import Effect, Finding, FindingKind
from finmodel.audit.workbooks.not_looked_at import NOT_LOOKED_AT
from finmodel.audit.workbooks.page_tables import NOTHING, table
from finmodel.audit.workbooks.reperformed_parts import differing_parts, reperformed_fold
from finmodel.document.parts import Fold, Notice, Pair, Pairs, Paragraph, Part, Section
from finmodel.document.table import Cell, Row, Table
from finmodel.lines.display import inside, number, pounds
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


_DIFFERS = "Each place that differs from what the model writes there. Cells are named as they are now."
_WITHOUT_COMPARING = "Each place that stands out without a model to compare it with. Cells are named as they are now."
_MEANT_TO_BE = "Numbers that are there to be changed, and were. They are not tampering."
MOST_OPEN = 8  # findings of a kind that stand open
_ALARMS = (AuditVerdict.TAMPERED, AuditVerdict.NOT_COMPARED, AuditVerdict.OTHER_VERSION, AuditVerdict.NOT_RECALCULATED)


def render_certificate(found: Certificate) -> str:
    """The page as HTML: a certificate is evidence, so that paper shows what the screen folds."""
    return write_page(
        title=f"Audit: {found.workbook}",
        council=found.case_title or "A workbook",
        summary="Whether this workbook is still as the model of its case writes it, cell by cell.",
        facts=(
            ("Workbook", found.workbook),
            ("Recalculated by", found.engines[0] if found.engines else ""),
            ("Cells compared", f"{found.checked.cells:,}"),
            ("Formulas", f"{found.checked.formulas:,}"),
        ),
        sections=certificate_sections(found),
    )


def certificate_sections(found: Certificate) -> tuple[Section, ...]:
    """What the certificate says, in parts."""
    sections = [section("answer", "The answer", _answer(found))]
    if found.findings:
        compared = found.verdict is not AuditVerdict.OTHER_VERSION
        heading, text = ("What was changed", _DIFFERS) if compared else ("What was found", _WITHOUT_COMPARING)
        sections.append(section("changed", heading, (Paragraph(text), *_by_kind(found.findings))))
    if found.changed_inputs:
        parts = (Paragraph(_MEANT_TO_BE), _open_or_folded(_inputs(found.changed_inputs), FindingKind.INPUT_CHANGED))
        sections.append(section("changed-inputs", "Inputs that differ from the case", parts))
    evidence = (OPEN_ALL, _checked(found), reperformed_fold(found.reperformed), reading(_READING, prints=True))
    return (*sections, section("evidence", "What this rests on", [part for part in evidence if part is not None]))


def _answer(found: Certificate) -> tuple[Part, ...]:
    notice = Notice(str(found.verdict).rstrip("."), tuple(_sentences(found)), found.verdict in _ALARMS)
    moved = () if found.is_clean else [each for each in found.effects or () if each.before != each.after]
    told = (notice, *differing_parts(found.reperformed))
    return (*told, _effects_table(found.effects or ())) if moved else told


_CASE_CHANGED = (
    "The case that the workbook carries was changed after the workbook was written, so what differs below may be a "
    "change of the case and not of the cells. Compare with a copy of the case from elsewhere by --case."
)


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
    if any(finding.kind is FindingKind.CASE_CHANGED for finding in found.findings):
        texts.insert(0, _CASE_CHANGED)
    texts.append(f"It was compared with {inside(sentence(found.expected_from))}")
    texts += found.notes
    if found.effects is not None and not found.is_clean:
        moved = any(effect.before != effect.after for effect in found.effects)
        texts.append("The changes move the headline figures below." if moved else f"{capital(found.none_moved)}.")
    return texts


def _effects_table(effects: Sequence[Effect]) -> Table:
    """What all changes move, a row for each figure; figures that they do not move stand in the line below."""
    moved = [effect for effect in effects if effect.before != effect.after]
    rows = [
        Row(effect.title, (Cell(effect.label), Cell(effect.before), Cell(effect.after), Cell(_change(effect))))
        for effect in moved
    ]
    still = [f"{effect.title}, {inside(effect.label)}" for effect in effects if effect not in moved]
    columns = ("Figure", "As the model has it", "In this workbook", "Change")
    note = f"Not moved: {'; '.join(still)}." if still else ""
    return table("effects", "All changes together", "Option", columns, rows, note, looks="effects")


def _change(effect: Effect) -> str:
    if effect.change is None:
        return "changed"
    shown = pounds(abs(effect.change)) if "£" in effect.before else number(abs(effect.change), 2)
    return f"{shown} {'more' if effect.change > 0 else 'less'}"


def _by_kind(findings: Sequence[Finding]) -> Iterator[Part]:
    """A table for each kind of finding, in the order in which the kinds first come; a long one is folded."""
    for kind in dict.fromkeys(finding.kind for finding in findings):
        rows = [_row(finding) for finding in findings if finding.kind is kind]
        name = f"changed-{kind.name.lower().replace('_', '-')}"
        columns = ("What", "Expected", "Found", "Effect")
        caption = f"{capital(_plain(kind))}: {len(rows):,}"
        yield _open_or_folded(table(name, caption, "Sheet and cells", columns, rows, looks="differs"), kind)


def _open_or_folded(made: Table, kind: FindingKind) -> Part:
    """A table that stands open, or, where it is long, a fold that paper shows."""
    if len(made.rows) <= MOST_OPEN:
        return made
    inside = f"{len(made.rows):,} places, the first {made.rows[0].header}"
    return Fold(capital(_plain(kind)), inside, (made,), prints=True)


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
            Cell(finding.expected or NOTHING),
            Cell(finding.found or NOTHING),
            Cell(_effect_text(finding), finding.source),
        )
        rows.append(Row(finding.place, cells))
    columns = ("Input", "In the case", "In this workbook", "Effect")
    return table("inputs-table", f"Inputs: {len(rows):,}", "Sheet and cells", columns, rows, looks="differs")


def _effect_text(finding: Finding) -> str:
    if finding.effects is None:
        return capital(finding.no_effects) or NOTHING
    moved = [effect for effect in finding.effects if effect.before != effect.after]
    if not moved:
        return "None on the net present budget impact or payback of any option"
    return "; ".join(f"{each.title}, {each.label.lower()}: {each.before}, then {each.after}" for each in moved)


def _checked(found: Certificate) -> Fold:
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
    files = ((found.workbook, found.sha256), *((file.name, file.sha256) for file in found.case_files))
    return Fold(
        "What was checked",
        f"{checked.cells:,} cells, by what, against what, what was not looked at, and the SHA-256 of "
        f"{count(len(files), 'file')}",
        (Pairs(tuple(Pair(name, text) for name, text in told if text)), digests(files)),
        prints=True,
        id="checked",
    )
