"""Writing what became of a paper's figures into a folder: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from finmodel.audit.papers.as_json import as_bytes
from finmodel.audit.papers.verification import Verification
from finmodel.report.whole_folder import write_whole


def _page(verification: Verification) -> bytes:
    from finmodel.audit.papers.page import render_page  # noqa: PLC0415 - heavy: Jinja2

    return render_page(verification).encode()


def _workbook(verification: Verification) -> bytes:
    from finmodel.audit.papers.workbook import render_workbook  # noqa: PLC0415 - heavy: XlsxWriter

    return render_workbook(verification)


FILES: dict[str, Callable[[Verification], bytes]] = {
    "verification.html": _page,
    "verification.xlsx": _workbook,
    "verification.json": as_bytes,
}


def write_verification(verification: Verification, folder: Path) -> tuple[Path, ...]:
    """Write every file of a verification into a folder and return their paths; ProblemsError when it cannot be."""
    return write_whole(folder, {name: render(verification) for name, render in FILES.items()})
