"""All general checks, in the order in which a report gives them, and the one function that carries them out."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from msgspec import Struct, to_builtins

from finmodel.audit.workbooks.collecting import uncollected
from finmodel.audit.workbooks.contents import Workbook
from finmodel.audit.workbooks.general import (
    anchors,
    blanks,
    changing,
    circular,
    double_counts,
    errors,
    hidden,
    links,
    long_formulas,
    lookups,
    mixed,
    overrides,
    settings,
    short_sums,
    stored,
    text_numbers,
    typed_numbers,
    typed_totals,
    unused,
    volatile,
    wrong_sums,
)
from finmodel.audit.workbooks.general.analysis import Analysis
from finmodel.audit.workbooks.general.check import CERTAINTIES, Certainty, Check, Looking, RuleBreach
from finmodel.audit.workbooks.general.financial import reperformed_cells
from finmodel.audit.workbooks.general.grouping import findings_of
from finmodel.audit.workbooks.general.second_engine import second_engine_name
from finmodel.audit.workbooks.general.stored import Recalculated, recalculated
from finmodel.audit.workbooks.recalculating import engine_name
from finmodel.audit.workbooks.reperforming import Agreement, Reperformed, reperformance

LOOKING: tuple[Looking, ...] = (
    Looking(errors.CHECK, errors.look),
    Looking(circular.CHECK, circular.look),
    Looking(overrides.CHECK, overrides.look),
    Looking(changing.CHECK, changing.look),
    Looking(anchors.CHECK, anchors.look),
    Looking(short_sums.CHECK, short_sums.look),
    Looking(double_counts.CHECK, double_counts.look),
    Looking(wrong_sums.CHECK, wrong_sums.look),
    Looking(lookups.CHECK, lookups.look),
    Looking(typed_totals.CHECK, typed_totals.look),
    Looking(text_numbers.CHECK, text_numbers.look),
    Looking(typed_numbers.CHECK, typed_numbers.look),
    Looking(hidden.CHECK, hidden.look),
    Looking(links.CHECK, links.look),
    Looking(volatile.CHECK, volatile.look),
    Looking(unused.CHECK, unused.look),
    Looking(blanks.CHECK, blanks.look),
    Looking(long_formulas.CHECK, long_formulas.look),
    Looking(mixed.CHECK, mixed.look),
    Looking(settings.CHECK, settings.look),
)
"""Every check but recalculation, which also says what it could not check."""
CHECKS: tuple[Check, ...] = (LOOKING[0].check, stored.CHECK, *(looking.check for looking in LOOKING[1:]))


class GeneralAudit(Struct, frozen=True):
    """What the general checks found in a workbook, and what they could not look at.

    `not_checked` counts the formulas that could not be recalculated, by reason; `recalculated` those that were.
    """

    workbook: str
    sha256: str
    sheets: int
    cells: int
    formulas: int
    findings: tuple[RuleBreach, ...]
    recalculated: int
    not_checked: tuple[tuple[str, int], ...]
    engine: str
    reperformed: tuple[Reperformed, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """Whether any finding is certain or likely, or a measure is not what a library makes of its cash flows."""
        if any(each.outcome is Agreement.DIFFERS for each in self.reperformed):
            return True
        return any(finding.certainty != "possible" for finding in self.findings)

    def totals(self) -> list[tuple[Check, dict[Certainty, int]]]:
        """For each check how many findings of each certainty, in order, those without any among them."""
        counted = Counter((finding.check.id, finding.certainty) for finding in self.findings)
        return [(check, {c: counted[check.id, c] for c in CERTAINTIES}) for check in CHECKS]


def as_json(found: GeneralAudit) -> str:
    """What was found as JSON, in the order in which it is read."""
    data = {
        "workbook": found.workbook,
        "sha256": found.sha256,
        "sheets": found.sheets,
        "cells": found.cells,
        "formulas": found.formulas,
        "engine": found.engine,
        "recalculated": found.recalculated,
        "not_checked": [{"reason": reason, "formulas": count} for reason, count in found.not_checked],
        "totals": [
            {"check": check.id, "title": check.title, "source": check.source, **counts}
            for check, counts in found.totals()
        ],
        "reperformed": to_builtins(reperformance(found.reperformed)),
        "findings": [_plain(breach) for breach in found.findings],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _plain(breach: RuleBreach) -> dict[str, Any]:
    return {
        "check": breach.check.id,
        "sheet": breach.sheet,
        "place": breach.place,
        "what": breach.what,
        "why": breach.check.why,
        "certainty": breach.certainty,
        "remedy": breach.check.remedy,
        "cells": breach.cells,
    }


@uncollected
def general_findings(workbook: Workbook) -> GeneralAudit:
    """Carry out every general check; findings in the order of the checks, then of sheets and cells."""
    analysis = Analysis(workbook)
    again = recalculated(analysis)
    findings: dict[str, list[RuleBreach]] = {
        looking.check.id: findings_of(looking.check, looking.look(analysis), analysis) for looking in LOOKING
    }
    findings[stored.CHECK.id] = findings_of(stored.CHECK, again.marks, analysis)
    return GeneralAudit(
        workbook=workbook.name,
        sha256=workbook.sha256,
        sheets=len(workbook.sheets),
        cells=sum(len(sheet.cells) for sheet in workbook.sheets),
        formulas=len(analysis.reads),
        findings=tuple(finding for check in CHECKS for finding in findings[check.id]),
        recalculated=again.compared,
        not_checked=_reasons(again),
        engine=f"{engine_name()} and {second_engine_name()}" if again.second_engine_asked else engine_name(),
        reperformed=reperformed_cells(workbook),
    )


def _reasons(again: Recalculated) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(again.not_checked.values()).items(), key=lambda item: (-item[1], item[0])))
