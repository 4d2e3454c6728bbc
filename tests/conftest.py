"""What every test shares: the browser, a profile of Hypothesis for mutation testing, and code compiled once."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)

# Workers and the programs that tests start would each compile every module again where Python is asked to write nothing
# beside the code.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# For mutation testing, which runs the tests thousands of times: a failure is enough; the smallest example of it is not
# looked for.
settings.register_profile(
    "mutants", max_examples=12, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)


def pytest_collection_finish() -> None:
    """What is there now stays to the end: a fifth of a run's time would go on looking through it for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window, started once a run. It may be missing at home, but never in CI."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and in CI the page must be tested in it")
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def audits_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Audits take the workbook that they expect from `expected_once`, and a sheet that was read before as it was read."""
    from audit.workbooks import read_once
    from expected_once import expected_once

    from finmodel.audit.adopting import adoption
    from finmodel.audit.workbooks import as_written, model_audit

    for module in (adoption, as_written, model_audit):
        monkeypatch.setattr(module, "expected_workbook", expected_once)
    read_once.share(monkeypatch)
