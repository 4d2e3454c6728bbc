"""Writing a comparison: the page and the JSON, both or neither."""

from __future__ import annotations

from pathlib import Path

from finmodel.audit.versions.diff_json import as_json
from finmodel.audit.versions.diff_page import render_page
from finmodel.audit.versions.difference import VersionDifference
from finmodel.report.whole_folder import write_whole

PAGE, DATA = "diff.html", "diff.json"


def write_difference(found: VersionDifference, out: str | Path) -> tuple[Path, ...]:
    """Write `diff.html` and `diff.json` into a folder, which is made where it is not there."""
    return write_whole(Path(out), {PAGE: render_page(found).encode(), DATA: as_json(found).encode()})
