"""The paper as a PDF, by LibreOffice, or the page, by a Chromium browser: whichever of them is on the path.

Neither is a part of finmodel. Each runs with a profile of its own, in a folder that goes when it is done, and for two
minutes at most.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from finmodel.parsing.problems import CannotBeDoneError, Problem

OFFICE = ("soffice", "libreoffice")
BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
)  # fmt: skip
_SECONDS = 120
_BEGINNING = b"%PDF-"


def as_pdf(name: str, paper: bytes, page: bytes, seconds: float = _SECONDS) -> bytes:
    """The paper, a .docx, or else the page, an .html, as a PDF; CannotBeDoneError, naming what was tried.

    name: of the file that is wanted, for the message.
    """
    tried = []
    for programs, made in ((OFFICE, _by_office(paper)), (BROWSERS, _by_browser(page))):
        program = next(filter(None, map(shutil.which, programs)), None)
        if program is None:
            tried.append(f"{_listed(programs)} not found")
            continue
        with TemporaryDirectory(prefix="finmodel-pdf-", ignore_cleanup_errors=True) as folder:
            found = _made(made(program, Path(folder)), Path(folder), seconds)
        if isinstance(found, bytes):
            return found
        tried.append(f"{program} {found}")
    what = f"No PDF can be made: {'; '.join(tried)}"
    remedy = (
        "Put LibreOffice or a Chromium browser on the path, or leave --pdf out and print report.docx or report.html."
    )
    raise CannotBeDoneError([Problem(name, None, "", what, remedy)])


def _listed(programs: Sequence[str]) -> str:
    return f"{', '.join(programs[:-1])} and {programs[-1]}"


Command = Callable[[str, Path], list[str]]


def _by_office(paper: bytes) -> Command:
    def command(program: str, folder: Path) -> list[str]:
        (folder / "report.docx").write_bytes(paper)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        asked = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
        return [program, profile, *asked, str(folder / "report.docx")]

    return command


def _by_browser(page: bytes) -> Command:
    def command(program: str, folder: Path) -> list[str]:
        (folder / "report.html").write_bytes(page)
        # The browser's own sandbox cannot be had by root; the page is finmodel's, without scripts or addresses to load.
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        asked = ["--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder / 'profile'}", *alone]
        printed = [f"--print-to-pdf={folder / 'report.pdf'}", "--no-pdf-header-footer"]
        return [program, *asked, *printed, (folder / "report.html").as_uri()]

    return command


def _made(command: list[str], folder: Path, seconds: float) -> bytes | str:
    """What a program has made; or why there is nothing, in words that follow its name."""
    try:
        ended = _run(command, folder, seconds)
    except OSError as error:
        return f"cannot be run: {error.strerror or error}"
    if ended is None:
        return f"had not finished after {seconds:g} seconds"
    target = folder / "report.pdf"
    content = target.read_bytes() if target.is_file() else b""
    if content.startswith(_BEGINNING):
        return content
    return f"ended with code {ended} and made none"


def _run(command: list[str], folder: Path, seconds: float) -> int | None:
    """The exit code of a program, run without a shell; None where it, and what it started, had to be stopped."""
    environment: Mapping[str, str] = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(seconds)
        except BaseException as error:
            _stop(process)
            if isinstance(error, subprocess.TimeoutExpired):
                return None
            raise


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a program with all that it started: LibreOffice's own starter leaves the work to another."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
