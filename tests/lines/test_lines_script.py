"""The fourth reading in a browser: the rules as data, worked out by the interpreter, are the model's own values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from finmodel.appraisal.appraise import write_model
from finmodel.case import load_case
from finmodel.document.templating import templates_folder
from finmodel.lines.evaluate import Results, evaluate
from finmodel.lines.expression import Array, LineError
from finmodel.lines.model import Model
from finmodel.lines.outcomes import PeriodName
from finmodel.lines.script import script_of
from tests.lines.random_models import RandomModel, models_with_draws
from tests.lines.worked import every_operation

INPUTS = Path(__file__).parents[2] / "inputs"
UNHURRIED = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)
SOURCE = (templates_folder() / "interpreter.js").read_text(encoding="utf-8")
# Of every setting the figures of all lines by address, and the reasons for having none in the first period.
RUN = """([data, settings]) => {
  const model = finmodelInterpreter(data);
  return settings.map((changed) => {
    model.run(changed);
    return Object.keys(data.figures).map((address) => [model.figures(address), model.reason(address)]);
  });
}"""

Run = Callable[[Model, list[str], list[dict[str, list[float]]]], list[dict[str, tuple[list[float | None], str]]]]


@pytest.fixture(scope="module")
def run(browser: Any) -> Any:
    """Works out figures of a model in the browser, once for each setting of its inputs."""
    page = browser.new_page()
    page.add_script_tag(content=f"{SOURCE}; window.finmodelInterpreter = finmodelInterpreter;")

    def found(model: Model, figures: list[str], tried: list[dict[str, list[float]]]) -> Any:
        inputs = [line.address for line in model if line.is_input]
        scripted = script_of(model, figures, inputs)
        data = json.loads(scripted.as_json())
        known = [{address: values for address, values in each.items() if address in scripted.inputs} for each in tried]
        return [dict(zip(scripted.figures, each, strict=True)) for each in page.evaluate(RUN, [data, known])]

    yield found
    page.close()


def differ(found: dict[str, Any], results: Results, draw: int, dust: Callable[[str], float]) -> list[Any]:
    """Figures that are not those of the model, to 1e-9 of themselves."""
    apart = []
    for address, (values, _) in found.items():
        width = results[address].shape[1]
        expected = results.figures(address, draw if width > 1 else 0)
        for value, wanted in zip(values, expected, strict=True):
            none = value is None or wanted is None
            if (value is not wanted) if none else abs(value - wanted) > max(1e-9 * abs(wanted), dust(address)):
                apart.append((address, values, expected))
                break
    return apart


def test_every_operation_has_its_value_and_its_reason(run: Run) -> None:
    bench = every_operation()
    results = evaluate(bench)
    (found,) = run(bench, [line.address for line in bench], [{}])
    assert differ(found, results, 0, lambda _: 1e-9) == []
    assert {address: reason for address, (_, reason) in found.items() if reason} == {
        line.address: reason for line in bench if (reason := results.reason(line))
    }


@UNHURRIED
@given(made=models_with_draws())
def test_random_models_have_their_values(run: Run, made: tuple[RandomModel, dict[str, Array]]) -> None:
    model, replaced = made
    try:
        results = evaluate(model.bench, replaced)
    except LineError:
        return
    tried = [{address: values[:, draw].tolist() for address, values in replaced.items()} for draw in range(3)]
    for draw, found in enumerate(run(model.bench, [line.address for line in model.bench], tried)):
        assert differ(found, results, draw, model.dust) == []


@pytest.mark.parametrize("case", ["wolverhampton-2015", "darlington-2010", "example-2026"])
def test_shipped_cases_have_their_figures_with_other_inputs(run: Run, case: str) -> None:
    loaded = load_case(INPUTS / case)
    model = write_model(loaded.case, loaded.places).model
    figures = [line.address for line in model if re.match(r"options\.[^.]+\.(measures\.[^.]+|[^.]+)$", line.address)]
    figures = [address for address in figures if not isinstance(model[address].expression, PeriodName)]
    draws, random = 4, np.random.default_rng(2026)
    moved = [
        line
        for line in model
        if line.is_input and not line.is_fact and line.unit.startswith(("£", "share", "FTE", "children"))
    ]
    chosen = [moved[place] for place in random.choice(len(moved), min(20, len(moved)), replace=False)]
    replaced = {line.address: line.value() * random.uniform(0.9, 1, draws) for line in chosen}
    delays = [line.address for line in model if re.fullmatch(r"options\.[^.]+\.delay_months", line.address)]
    replaced |= {address: np.array([[0, 2.5, 6, 12]]) for address in delays}
    results = evaluate(model, replaced)
    tried = [{address: values[:, draw].tolist() for address, values in replaced.items()} for draw in range(draws)]
    for draw, found in enumerate(run(model, figures, tried)):
        assert differ(found, results, draw, lambda _: 1e-6) == []
