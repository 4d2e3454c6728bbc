"""Published figures that a case rests on and of which a newer issue was expected by the day of its meeting."""

from __future__ import annotations

from collections.abc import Iterator

from finmodel.appraisal.appraise import Appraisal
from finmodel.parsing.faults import Fault
from finmodel.reference.datasets import find_dataset
from finmodel.reference.publications import Publication, stale
from finmodel.reference.when import in_words


def newer_figures(appraisal: Appraisal) -> Iterator[Fault]:
    """Each data set that the model reads whose next issue was expected by then; the clock is never asked."""
    meeting = appraisal.case.meeting
    if meeting is None:
        return
    read = {figure.dataset for figures in appraisal.written.published.values() for figure in figures}
    for publication in stale(meeting.date):
        if publication.of in read:
            yield _finding(publication, find_dataset(publication.of).alias)


def _finding(publication: Publication, alias: str) -> Fault:
    expected = publication.next_expected or publication.as_at
    what = f"{find_dataset(publication.of).title} are those known on {in_words(publication.as_at)}"
    what += f", and newer ones were expected on {in_words(expected)}"
    remedy = f"Look them up, and state what differs in the case: `finmodel rates {alias}` shows those used here."
    return Fault(("meeting", "date"), what, remedy, "whole")
