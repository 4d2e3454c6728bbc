"""A case with inputs set to other figures for a what-if: a changed case in memory, so that reports are of one piece.

The new case states in `what_if` which inputs were set, so that each report says so, and a workbook that carries it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from finmodel.appraisal.appraise import write_model
from finmodel.appraisal.find_figure import problem
from finmodel.appraisal.settings import changes_of
from finmodel.appraisal.worked_problems import problems_of_sound_claims
from finmodel.audit.adopting.asking import GivenSetting, read_settings
from finmodel.audit.adopting.centres import move_centres
from finmodel.audit.adopting.placing import Placed, Placer, changed
from finmodel.basis.book import DEFAULT, IN_THE_CASE
from finmodel.case import LoadedCase, ProblemsError
from finmodel.case.load import load_carried_case
from finmodel.case.rewriting import new_files
from finmodel.lines.display import inside
from finmodel.lines.line import Line
from finmodel.lines.mixed_versions import moved_inputs
from finmodel.lines.model import Model
from finmodel.parsing.problems import Problem

_WHAT_IF = "what_if"


def with_settings(loaded: LoadedCase, given: Sequence[str]) -> LoadedCase:
    """A case with inputs set, each `ADDRESS=VALUE`, or `children=8` for all that such a question moves; the case itself
    where none is.

    Raises ProblemsError with every problem: an address that is none, a figure that cannot be read, an input that the
    case does not state, and whatever is wrong with the case that the new figures make.
    """
    if not given:
        return loaded
    written = write_model(loaded.case, loaded.places)
    model, asked = written.model, read_settings(written, given)
    moved = {
        address: {
            period: float(value)
            for period, value in enumerate(values)
            if value != model[address].value()[period if model[address].value().shape[0] > 1 else 0, 0]
        }
        for address, values in changes_of([setting for each in asked for setting in each.settings]).items()
    }
    moved = {address: values for address, values in moved.items() if values}
    placed = _placed(loaded, model, moved, asked)
    wanted = changed(loaded.data, [(each.address, each.new) for each in placed], loaded.case.horizon)
    left_out = {line.address: why for line, why in move_centres(wanted, placed, loaded.case.horizon).items()}
    said = [_said(each, left_out) for each in asked]
    wanted[_WHAT_IF] = [*wanted.get(_WHAT_IF, []), *said]
    new = _loaded_again(loaded, wanted)
    _verify(loaded, model, new, moved)
    return new


def _placed(
    loaded: LoadedCase, model: Model, moved: Mapping[str, Mapping[int, float]], asked: Sequence[GivenSetting]
) -> list[Placed]:
    """Where the case states each figure, and whatever repeats it."""
    placer, repeated = Placer(loaded), _repeated(model)
    placed: list[Placed] = []
    problems = []
    for address, values in moved.items():
        places = [placer.place(each, values) for each in (address, *repeated.get(address, ()))]
        if None in places:
            problems += [_nowhere(each, model[address]) for each in asked if address in each.addresses]
        placed += [place for place in places if place is not None]
    if problems:
        raise ProblemsError(problems)
    return placed


def _repeated(model: Model) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in model:
        first = line.stated_in
        if first is not None and first is not line:
            found.setdefault(first.address, []).append(line.address)
    return found


def _nowhere(asked: GivenSetting, line: Line) -> Problem:
    source = _source(line)
    which = f"this figure, {line.address}," if asked.is_question else "this figure itself"
    what = f"The case does not state {which}{f': it comes from {source}' if source else ''}"
    return problem(asked.text, what, "State it in the case, or name an input that the case states.")


def _source(line: Line) -> str:
    origin = line.origin
    return origin.source if origin is not None and origin.source not in (IN_THE_CASE, DEFAULT.source) else ""


def _said(asked: GivenSetting, left_out: Mapping[str, str]) -> dict[str, str]:
    """How the case keeps what was set. left_out: by the address of an input, that its range is no longer there."""
    said = {"input": asked.name, "label": asked.label, "was": asked.was, "now": asked.now}
    labels = {each.line.address: each.line.label for each in asked.settings}
    notes = [
        f"{labels[address]}: {inside(why)}" if asked.is_question else why
        for address, why in left_out.items()
        if address in labels
    ]
    gone = " ".join(notes)
    return said | ({"range_left_out": gone} if gone else {})


def _loaded_again(loaded: LoadedCase, wanted: dict[str, Any]) -> LoadedCase:
    """The case read from its new files, as any other would be."""
    (first, content), *tables = new_files(loaded, wanted).contents
    new = load_carried_case([(first, content), *tables], problems_of_sound_claims)
    return replace(new, folder=loaded.folder)


def _verify(loaded: LoadedCase, model: Model, new: LoadedCase, moved: Mapping[str, object]) -> None:
    """Refuse a case in which anything else has moved."""
    after = write_model(new.case, new.places).model
    others = sorted(set(_moved(model, after)) ^ set(moved))
    if others:
        what = f"The case with this figure would have other inputs too: {', '.join(others)}"
        raise ProblemsError([problem(str(loaded.folder), what, "Change the case itself, and compare with `diff`.")])


def _moved(before: Model, after: Model) -> Iterator[str]:
    yield from moved_inputs(before, after)
