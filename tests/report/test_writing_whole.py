"""Reports are all old or all new, however a run ends and however many run: with real kills and real processes."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from writing_child import NAMES, files

from finmodel.parsing.problems import ProblemsError
from finmodel.report import atomic_write, folder_lock
from finmodel.report.whole_folder import write_whole

CHILD = Path(__file__).parent / "writing_child.py"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and symbolic links for everybody")


CHILDREN: list[subprocess.Popen[str]] = []


@pytest.fixture(autouse=True)
def none_left_running() -> Iterator[None]:
    """A test that fails leaves no process behind that a later test is blamed for."""
    yield
    for process in CHILDREN:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    CHILDREN.clear()


def child(folder: Path, generation: str, *step: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), str(folder), generation, *map(str, step)]
    CHILDREN.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    return CHILDREN[-1]


def found(folder: Path) -> dict[str, bytes]:
    """What a reader finds under the names."""
    contents = {name: look(folder / name) for name in NAMES}
    return {name: content for name, content in contents.items() if content is not None}


def look(path: Path) -> bytes | None:
    """What a reader finds under a name, or None if nothing is there.

    A name is a link for a moment, while others write, and becomes the file. To follow a link takes two steps, so that
    who reads between them misses the file that the link named; the next look finds it.
    """
    for _ in range(20):
        try:
            return path.read_bytes()
        except FileNotFoundError:
            continue
    return None


def plain(folder: Path) -> set[str]:
    assert not any(path.is_symlink() for path in folder.iterdir())
    return {path.name for path in folder.iterdir()}


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many steps a writing over old files has."""
    folder = tmp_path_factory.mktemp("counted")
    write_whole(folder, files("old"))
    said, _ = child(folder, "new").communicate()
    return int(said)


@pytest.mark.parametrize("before", ["old", "some"])
def test_killed_at_any_step_the_files_are_all_old_or_all_new(tmp_path: Path, steps: int, before: str) -> None:
    assert steps > 30
    old = {name: content for name, content in files("old").items() if before == "old" or name == "report.html"}
    seen = []
    for first in range(1, steps + 1, 8):
        running = {}
        for step in range(first, min(first + 8, steps + 1)):
            folder = tmp_path / str(step)
            folder.mkdir()
            (folder / "mine.txt").write_text("mine", encoding="utf-8")
            for name, content in old.items():
                (folder / name).write_bytes(content)
            running[folder] = child(folder, "new", step)
        for folder, process in running.items():
            killed = process.wait() == -signal.SIGKILL
            process.communicate()
            after = found(folder)
            assert after in (old, files("new")), (folder.name, sorted(after))
            assert killed or after == files("new")
            seen.append(after == old)
            write_whole(folder, files("next"))  # the next run clears up
            assert found(folder) == files("next")
            assert plain(folder) == {*NAMES, "mine.txt"}
            assert (folder / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert seen == sorted(seen, reverse=True)  # one step turns all: old before it, new after it
    assert {True, False} == set(seen)


def test_the_next_run_clears_up_though_it_writes_other_files(tmp_path: Path, steps: int) -> None:
    for step in range(steps // 2, steps, 3):
        folder = tmp_path / str(step)
        write_whole(folder, files("old"))
        child(folder, "new", step).communicate()
        killed = found(folder)
        write_whole(folder, {"other.html": b"other"})
        assert found(folder) == killed
        assert plain(folder) == {*NAMES, "other.html"}


def test_killed_at_any_moment_the_files_are_whole(tmp_path: Path) -> None:
    """A reader who looks after each kill, over and over in one folder."""
    moments = random.Random(4)
    whole = [files(generation) for generation in "abcdefghijkl"]
    write_whole(tmp_path, whole[0])
    for generation in "bcdefghijkl":
        process = child(tmp_path, generation)
        time.sleep(moments.uniform(0.03, 0.15))
        process.kill()
        process.communicate()
        assert found(tmp_path) in whole
    write_whole(tmp_path, whole[0])
    assert plain(tmp_path) == set(NAMES)


def test_of_many_runs_at_once_one_wins_whole(tmp_path: Path) -> None:
    for _ in range(3):
        running = [child(tmp_path, generation) for generation in "abcdef"]
        seen = set(found(tmp_path))
        while any(process.poll() is None for process in running):
            assert seen <= set(found(tmp_path))  # what was there once is never gone again
            seen = set(found(tmp_path))
        for process in running:
            process.communicate()
            assert process.returncode == 0
        assert found(tmp_path) in [files(generation) for generation in "abcdef"]
        assert plain(tmp_path) == set(NAMES)


def test_a_reader_never_misses_a_file_while_others_write(tmp_path: Path) -> None:
    write_whole(tmp_path, files("first"))
    contents = {name: {files(generation)[name] for generation in ("first", "a", "b")} for name in NAMES}
    running = [child(tmp_path, generation) for generation in "ab"]
    while any(process.poll() is None for process in running):
        for name in NAMES:
            assert look(tmp_path / name) in contents[name]
    for process in running:
        process.communicate()


def test_a_file_that_cannot_be_replaced_leaves_all_as_they_were(tmp_path: Path) -> None:
    write_whole(tmp_path, files("old"))
    (tmp_path / "results.json").unlink()
    (tmp_path / "results.json").mkdir()
    before = found_files(tmp_path)
    with pytest.raises(ProblemsError, match="cannot be written"):
        write_whole(tmp_path, files("new"))
    assert found_files(tmp_path) == before
    assert plain(tmp_path) == set(NAMES)


def found_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("failing", range(4))
@pytest.mark.parametrize("links", [True, False])
def test_an_error_on_the_way_puts_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int, links: bool
) -> None:
    """As when a program holds one of the files open on Windows."""
    write_whole(tmp_path, files("old"))
    replace, left = os.replace, failing

    def once_in_a_while(source: Path, target: Path) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            raise PermissionError(errno.EACCES, "The file is held open")
        replace(source, target)

    if not links:
        monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr(atomic_write.os, "replace", once_in_a_while)
    with pytest.raises(ProblemsError, match="held open"):
        write_whole(tmp_path, files("new"))
    assert found(tmp_path) == files("old")
    assert plain(tmp_path) == set(NAMES)


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "not here")


def test_where_there_are_no_links_and_no_second_names_the_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr(os, "link", refuse)
    for generation in ("old", "new"):
        write_whole(tmp_path, files(generation))
        assert found(tmp_path) == files(generation)
    assert plain(tmp_path) == set(NAMES)


def test_a_link_of_the_user_is_replaced_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is put back when the writing fails, though the folder was named from where the user stood."""
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere.html").write_text("elsewhere", encoding="utf-8")
    (tmp_path / "out" / "report.html").symlink_to("../elsewhere.html")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out" / "results.json").mkdir()
    with pytest.raises(ProblemsError):
        write_whole(Path("out"), files("new"))
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8") == "elsewhere"
    (tmp_path / "out" / "results.json").rmdir()
    write_whole(Path("out"), files("new"))
    assert found(tmp_path / "out") == files("new")
    assert (tmp_path / "elsewhere.html").read_text(encoding="utf-8") == "elsewhere"


def test_a_link_in_the_place_of_the_hidden_folder_leads_nobody_astray(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious.txt").write_text("precious", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / atomic_write.WRITING).symlink_to(outside, target_is_directory=True)
    write_whole(out, files("new"))
    assert plain(out) == set(NAMES)
    assert found_files(outside) == {"precious.txt": b"precious"}


def test_a_lock_left_by_a_killed_run_holds_nobody(tmp_path: Path) -> None:
    (tmp_path / folder_lock.LOCK).touch()
    write_whole(tmp_path, files("new"))
    assert plain(tmp_path) == set(NAMES)


def test_a_writer_that_does_not_end_is_a_plain_problem(tmp_path: Path) -> None:
    with (
        folder_lock.folder_lock(tmp_path),
        pytest.raises(TimeoutError, match="another run is writing here"),
        folder_lock.folder_lock(tmp_path, longest=0.05),
    ):
        raise AssertionError
    with folder_lock.folder_lock(tmp_path, longest=0.05):
        assert (tmp_path / folder_lock.LOCK).exists()
    assert list(tmp_path.iterdir()) == []
