"""The general checks of any workbook, as a page: what is certain, likely and possible, check by check."""

from __future__ import annotations

from finmodel import __version__
from finmodel.audit.workbooks.general.check import CERTAINTIES, Check, RuleBreach
from finmodel.audit.workbooks.general.registry import GeneralAudit
from finmodel.audit.workbooks.page_view import NOTHING, AuditPage, AuditSection, CertificateAnswer, table
from finmodel.document.table import Cell, Row, Table
from finmodel.report.frame import ContentsEntry, Frame
from finmodel.results.wording import capital, count, listed, sentence

_READING = (
    ("Certain", "It is so, and wants putting right: a stored error, a value that its formula does not give."),
    ("Likely", "It is so, and mostly wants putting right: a number typed into a formula, a sum that stops short."),
    ("Possible", "It is so, and may be meant: a long formula, a hidden sheet. Look once."),
    (
        "What it does not say",
        "That the model is right. The checks see how a workbook is built, not what it ought to work out.",
    ),
)


def general_frame(found: GeneralAudit) -> Frame:
    """What stands above and below."""
    facts = (
        ("Sheets", f"{found.sheets:,}"),
        ("Cells", f"{found.cells:,}"),
        ("Formulas", f"{found.formulas:,}"),
        ("Recalculated", f"{found.recalculated:,}"),
    )
    return Frame(
        council="A workbook",
        title=f"Audit: {found.workbook}",
        summary="What the general checks of the ICAEW and FAST guides find in this workbook.",
        facts=facts,
        contents=(
            ContentsEntry("answer", "The answer"),
            *(ContentsEntry(each.id, each.title) for each in general_view(found).sections),
            ContentsEntry("reading", "How to read it"),
        ),
    )


def general_view(found: GeneralAudit) -> AuditPage:
    """What the page prints."""
    sections = []
    if found.findings:
        text = "Each check that found something: why it matters, what to do, and where."
        sections.append(AuditSection("findings", "What was found", text, tuple(_by_check(found)), "general"))
    return AuditPage(_answer(found), (*sections, _checked(found)), _READING)


def _answer(found: GeneralAudit) -> CertificateAnswer:
    counts = [(certainty, sum(each.certainty == certainty for each in found.findings)) for certainty in CERTAINTIES]
    told = [f"{count(many, 'is', 'are')} {certainty}" for certainty, many in counts if many]
    title = f"{capital(count(len(found.findings), 'finding'))}"
    texts = [f"Of these, {listed(told)}." if told else "The general checks find nothing."]
    texts.append(
        f"{found.recalculated:,} of {found.formulas:,} formulas were worked out again by {found.engine} and held "
        "against the values stored beside them."
    )
    texts += [f"{many:,} could not be: {reason}." for reason, many in found.not_checked]
    return CertificateAnswer(title, tuple(texts), found.needs_attention, (_totals(found),))


def _totals(found: GeneralAudit) -> Table:
    rows = [
        Row(
            check.title,
            tuple(Cell(f"{counts[each]:,}" if counts[each] else NOTHING) for each in CERTAINTIES),
            check.source,
        )
        for check, counts in found.totals()
    ]
    return table("totals", "Every check", "Check, and whose advice it is", tuple(map(capital, CERTAINTIES)), rows)


def _many(many: int) -> str:
    return f"{many:,}" if many else NOTHING


def _by_check(found: GeneralAudit) -> list[Table]:
    by_check: dict[str, list[RuleBreach]] = {}
    checks: dict[str, Check] = {}
    for finding in found.findings:
        checks[finding.check.id] = finding.check
        by_check.setdefault(finding.check.id, []).append(finding)
    tables = []
    for number, (name, findings) in enumerate(by_check.items(), start=1):
        check = checks[name]
        note = " ".join(map(sentence, (check.why, check.remedy)))
        rows = [_row(finding) for finding in findings]
        caption = f"{check.title}: {len(findings):,}"
        tables.append(table(f"check-{number}", caption, "Where", ("What", "How sure", "Cells"), rows, note))
    return tables


def _row(finding: RuleBreach) -> Row:
    place = f"{finding.sheet}!{finding.place}" if finding.sheet and finding.place else finding.sheet or finding.place
    cells = (Cell(sentence(finding.what)), Cell(capital(finding.certainty)), Cell(f"{finding.cells:,}"))
    return Row(place or "The workbook", cells)


def _checked(found: GeneralAudit) -> AuditSection:
    told = (
        ("Recalculated by", found.engine),
        ("Audited by", f"finmodel {__version__}"),
        ("Sheets", f"{found.sheets:,}"),
        ("Cells", f"{found.cells:,}"),
        ("Formulas", f"{found.formulas:,}"),
        ("Formulas recalculated", f"{found.recalculated:,}"),
    )
    return AuditSection("checked", "What was checked", told=told, hashes=((found.workbook, found.sha256),))
