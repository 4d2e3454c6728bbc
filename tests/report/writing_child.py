"""Writes a generation of files, and kills itself at a step if told to: run as a program by test_writing_whole.py.

python writing_child.py FOLDER GENERATION [STEP]

A step is anything that Python tells its audit hooks of (opening, linking, renaming, removing a file ...), counted from
the start of the writing. The signal is a real SIGKILL: nothing of the process runs after it.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from finmodel.report.atomic_write import replace_together

NAMES = ("report.xlsx", "report.html", "report.docx", "results.json")
SIZE = 40_000


def files(generation: str) -> dict[str, bytes]:
    return {name: f"{name} of {generation}\n".encode() * (SIZE // 20) for name in NAMES}


def main() -> None:
    folder, generation = Path(sys.argv[1]), sys.argv[2]
    last = int(sys.argv[3]) if len(sys.argv) > 3 else None
    contents, steps, counting = files(generation), 0, True

    def hook(event: str, _: object) -> None:
        nonlocal steps
        if counting and event.startswith(("open", "os.", "shutil.", "fcntl.")):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    replace_together(folder, contents)
    counting = False
    print(steps)


if __name__ == "__main__":
    main()
