"""As much of a date as is known, with the range that it leaves."""

from __future__ import annotations

from datetime import date

import pytest

from finmodel.case.dated_counts import dated
from finmodel.case.schema_demand import Observation
from finmodel.parsing.numbers import UnreadableError
from finmodel.parsing.partial_dates import partial_date_from

KNOWN = {
    "2014-09-01": ((2014, 9, 1), (2014, 9, 1)),
    "1 September 2014": ((2014, 9, 1), (2014, 9, 1)),
    "2014-02": ((2014, 2, 1), (2014, 2, 28)),
    "February 2016": ((2016, 2, 1), (2016, 2, 29)),
    "Sept 2014": ((2014, 9, 1), (2014, 9, 30)),
    "2014": ((2014, 1, 1), (2014, 12, 31)),
    "early 2016": ((2016, 1, 1), (2016, 4, 30)),
    "mid 2016": ((2016, 5, 1), (2016, 8, 31)),
    "late 2016": ((2016, 9, 1), (2016, 12, 31)),
}


@pytest.mark.parametrize("written", KNOWN)
def test_a_date_leaves_a_range(written: str) -> None:
    first, last = KNOWN[written]
    found = partial_date_from(written)
    assert (found.first, found.last) == (date(*first), date(*last))


@pytest.mark.parametrize("written", ["", "soon", "31 June 2014", "2014-13", "Ma 2014", "1850", "3014", True, None, 3.5])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(UnreadableError):
        partial_date_from(written)


def test_the_most_exact_of_one_day_serves_and_the_others_are_kept() -> None:
    given = [
        Observation.model_validate({"date": day, "children": children})
        for day, children in (("September 2014", "520"), ("2014", "500"), ("2014-09-01", "519"), ("March 2014", "463"))
    ]
    march, september = dated(given)
    assert (march.day("known"), march.others) == (date(2014, 3, 31), ())
    assert september.used.children.values == (519.0,)
    assert [each.children.values[0] for each in september.others] == [520.0, 500.0]
    assert (september.day("start"), september.day("end")) == (date(2014, 1, 1), date(2014, 12, 31))
