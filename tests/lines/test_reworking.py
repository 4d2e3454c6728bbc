"""What a changed input reaches, worked out again: the figures of a whole evaluation, bit for bit."""

from __future__ import annotations

import numpy as np
from shipped_cases import appraisal_of

from finmodel.lines.evaluate import evaluate
from finmodel.lines.reworking import Reworking


def test_what_is_reached_has_the_figures_of_a_whole_evaluation() -> None:
    written = appraisal_of("example-2026").written
    keep = [line.address for option in written.options for line in option.yearly.values()]
    again = Reworking(written.model, keep)
    moved = 0
    for line in [each for each in written.model if each.stated_in is each][::90]:
        replaced = {line.address: line.value() * np.array([[0.5, 1]])}
        whole, part = evaluate(written.model, replaced, keep), again.evaluate(replaced)
        for address in keep:
            assert np.array_equal(part[address], whole[address], equal_nan=True), (line.address, address)
            moved += part[address].shape[1] > 1
    assert moved
