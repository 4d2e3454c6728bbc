"""Several files of a folder changed together: a reader finds all the old ones or all the new ones, never some of each.

No system replaces several files in one step, so for a moment the names become symbolic links through one that is common
to them, `current`, and that one is turned from `old` to `new` in a single step:

    report.html -> .finmodel-writing/current/report.html        current -> old, then current -> new

Each link leads to what the name held before, so nothing is seen to change but at the turn. Afterwards the names become
plain files again. A run that is killed, at any moment, leaves names that lead to all of the old or all of the new; the
next run makes them plain and clears up. Where links cannot be made (Windows without the right to), the files are
replaced one by one, and put back when one of them cannot be.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from finmodel.report.folder_lock import folder_lock

WRITING = ".finmodel-writing"
_OLD, _NEW, _CURRENT, _LINK = "old", "new", "current", "link"


def replace_together(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder that is there; OSError when that fails, with what was there before in place.

    contents: the bytes of each file by its name. Other files in the folder are left alone. Writers wait for each other.
    """
    folder = folder.resolve()
    with folder_lock(folder):
        _settle(folder)
        try:
            _prepare(folder, contents)
            _turn(folder, list(contents))
        finally:
            _settle(folder)


def _prepare(folder: Path, contents: Mapping[str, bytes]) -> None:
    """The new files complete, and the old ones under a second name."""
    writing = folder / WRITING
    for side in (_OLD, _NEW):
        (writing / side).mkdir(parents=True)
    for name, content in contents.items():
        _write(writing / _NEW / name, content)
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise IsADirectoryError(None, f"{name} is a folder")
        if os.path.lexists(folder / name):
            _keep(folder / name, writing / _OLD / name)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _keep(path: Path, second: Path) -> None:
    """Give a file a second name; a copy where the file system has no second names."""
    if path.is_symlink():
        target = path.parent / path.readlink()  # a link is read from where it stands
        second.symlink_to(target)
        return
    try:
        second.hardlink_to(path)
    except OSError:
        shutil.copy2(path, second)


def _turn(folder: Path, names: list[str]) -> None:
    """From all the old files to all the new ones, in one step that cannot be interrupted."""
    writing = folder / WRITING
    try:
        (writing / _CURRENT).symlink_to(_OLD, target_is_directory=True)
    except (OSError, NotImplementedError):
        _replace_each(folder, names)
        return
    for name in names:
        (writing / _LINK).symlink_to(_through(name))
        os.replace(writing / _LINK, folder / name)  # noqa: PTH105 - Path.replace says the same less plainly
    (writing / _LINK).symlink_to(_NEW, target_is_directory=True)
    os.replace(writing / _LINK, writing / _CURRENT)  # noqa: PTH105


def _replace_each(folder: Path, names: list[str]) -> None:
    """One after the other, all put back when one of them cannot be replaced."""
    writing = folder / WRITING
    done: list[str] = []
    try:
        for name in names:
            os.replace(writing / _NEW / name, folder / name)  # noqa: PTH105
            done.append(name)
    except OSError:
        for name in done:
            _put(writing / _OLD / name, folder / name)
        raise


def _settle(folder: Path) -> None:
    """Make plain files of the names that are links through `current`, and clear up what writing has left."""
    writing = folder / WRITING
    if not os.path.lexists(writing):
        return
    if not writing.is_dir() or writing.is_symlink():
        writing.unlink()
        return
    for path in folder.iterdir():
        if path.is_symlink() and path.readlink() == _through(path.name):
            _put(writing / _CURRENT / path.name, path)
    shutil.rmtree(writing, ignore_errors=True)  # what cannot be removed now goes with the next run


def _through(name: str) -> Path:
    return Path(WRITING, _CURRENT, name)


def _put(found: Path, path: Path) -> None:
    """Move what was found to its name; where nothing was, the name goes too."""
    if os.path.lexists(found):
        os.replace(found, path)  # noqa: PTH105
    else:
        path.unlink()
