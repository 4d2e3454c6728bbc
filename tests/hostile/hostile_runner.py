"""Runs command lines, each in a process of its own with bounds: started as a program by test_hostile_inputs.py.

Its argument is the folder of a case. Standard input: a line of JSON for each command, {"arguments", "folder"}. Standard
output: a line of JSON for each, its exit code, what it said and complained of, seconds of processor time and megabytes.
Each process may write below `folder`/out only, opens no socket, starts no program, and has 30 seconds of processor time
and 2 GB of memory.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from pathlib import Path

import formualizer  # noqa: F401
import ironcalc  # noqa: F401

import finmodel.audit.papers.write
import finmodel.audit.versions.reproduce
import finmodel.audit.workbooks.audit
import finmodel.audit.workbooks.reporting
import finmodel.case.workbook.reading  # noqa: F401
from finmodel.appraisal.appraise import appraise
from finmodel.audit.papers.verify import verify_case
from finmodel.case import load_case
from finmodel.cli import main
from finmodel.report.page import render_page
from finmodel.report.paper import paper
from finmodel.report.workbook import render_workbook
from finmodel.results.appraised import results

SECONDS, BYTES = 30, 2_000_000_000
LONGEST = 150  # seconds by the clock, on a machine that does other things too
ESCAPES = {"os.rename": 2, "os.symlink": 2, "os.link": 2, "os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.chmod": 1}
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "ftplib.")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
UNRULY = 97


def guard(folder: Path) -> None:
    """End the process at once when it does what it may not."""
    allowed = str(folder / "out")

    def outside(path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        real = os.path.realpath(os.fsdecode(path))
        return not (real == allowed or real.startswith(allowed + os.sep) or real == "/dev/null")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        bad = event.startswith(FORBIDDEN)
        if event == "open":
            path, _, flags = arguments
            writing = isinstance(flags, int) and bool(flags & WRITES)
            bad = writing and outside(path)
        elif event in ESCAPES:
            # A removal goes by a handle of the folder too, as rmtree does; the name is then no path.
            by_handle = event in ("os.remove", "os.rmdir") and arguments[-1] != -1
            bad = not by_handle and any(outside(path) for path in arguments[ESCAPES[event] - 1 : ESCAPES[event]])
        if bad:
            os.write(2, f"UNRULY {event} {arguments}\n".encode())
            os._exit(UNRULY)

    sys.addaudithook(hook)


def child(arguments: list[str], folder: Path) -> None:
    """The command, as the shell would start it with nothing to read."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, name in ((1, "said"), (2, "complained")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT), stream)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.alarm(LONGEST)  # what waits, on a pipe say, uses no processor time
    os.chdir(folder)
    guard(folder)
    code = 0
    try:
        main(arguments, prog_name="finmodel")
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 70
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run(arguments: list[str], folder: Path) -> dict[str, object]:
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        child(arguments, folder)
    _, status, used = os.wait4(process, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "said": (folder / "said").read_text(encoding="utf-8", errors="replace"),
        "complained": (folder / "complained").read_text(encoding="utf-8", errors="replace"),
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1000,
    }


def warm_up(case: Path) -> None:
    """What every command needs, once: imports, validators and templates are there before the bounds are."""
    appraisal = appraise(load_case(case))
    found = results(appraisal)
    render_page(appraisal, found)
    render_workbook(appraisal)
    paper(found)
    verify_case(appraisal)


if __name__ == "__main__":
    warm_up(Path(sys.argv[1]))
    for row in map(json.loads, iter(sys.stdin.readline, "")):
        print(json.dumps(run(row["arguments"], Path(row["folder"]))), flush=True)
