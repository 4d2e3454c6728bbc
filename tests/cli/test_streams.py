"""Every command, on whatever its output goes to: files and pipes of any encoding, pipes that close, full disks, nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from itertools import count
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from finmodel.cli import main, streams
from finmodel.cli.streams import complain, say, say_data, standard_streams

ROOT = Path(__file__).parents[2]
CASE = ROOT / "inputs" / "darlington-2010"
PAPER = """paper: {authority: A council, title: A paper, date: 2015-01-20}
figures:
  cost: {printed: "£500,000", unit: £, where: page 1, label: Cost − “all of it”}
  each: {printed: "£40,000", unit: £ per child, where: page 1, label: A placement}
  children: {printed: "fourteen", unit: children, where: page 1, label: Children}
workings:
  - {figure: children, equals: "cost / each", why: Division.}
"""
QUARTERS = """quarter,social workers – “all”,agency
Q1 2018/19,30,4
Q2 2018/19,28000,6
"""
ADDRESS = "options.proposal.net_saving"
PUT_IN = "options.proposal.posts.review-manager.annual_cost"
# Each command in each of the forms in which it answers; {} are the places below.
FORMS: dict[str, list[str]] = {
    "report": ["report {case} --out {out}"],
    "check": ["check {case}"],
    "batch": ["batch {case} --out {fresh}"],
    "narrative": ["narrative {case}"],
    "evidence": ["evidence conference", "evidence conference --json", "evidence conference --csv"],
    "explain": [
        f"explain {{case}} {ADDRESS}",
        f"explain {{case}} {ADDRESS} --json",
        f"explain {{case}} {ADDRESS} --html",
        f"explain {{case}} {ADDRESS} --fragment",
    ],
    "break-even": [f"break-even {{case}} {PUT_IN}", f"break-even {{case}} {PUT_IN} --json"],
    "diff": ["diff {case} {changed}", "diff {case} {changed} --json"],
    "verify": ["verify {paper}", "verify {paper} --json"],
    "audit": ["audit {book}", "audit {book} --json"],
    "reproduce": ["reproduce {results} {changed}", "reproduce {results} {changed} --json"],
    "simulate": ["simulate {case} --draws 100 --out {fresh}"],
    "schema": ["schema results"],
    "new": ["new {fresh}.xlsx"],
    "convert": ["convert {case} {fresh}.xlsx"],
    "adopt": ["adopt {typed} --out {fresh}"],
    "tables": ["tables {case} --out {fresh}"],
    "sensitivity": ["sensitivity {case}", "sensitivity {case} --json"],
    "switch": ["switch {case}", "switch {case} --json"],
    "scenarios": ["scenarios {case}", "scenarios {case} --json"],
    "workload": ["workload {workload} --out {fresh}", "workload {workload} --suppress --out {fresh}"],
    "rates": ["rates njc --year 2025/26", "rates njc --year 2025/26 --json"],
}
DATA = {"--json", "--csv", "--html", "--fragment"}
# What these answers hold beyond ASCII, and how ASCII says it.
SIGNS = {
    "−": "-",
    "–": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "£": "GBP",
    "×": "x",
    "÷": "/",
    "…": "...",
    "→": "->",
}
PRINTS = re.compile(r"(?<![\w.])(?:print|click\.(?:echo|secho)|sys\.std(?:out|err)\.write)\(")
FRESH = count(1)
ALL = [form for forms in FORMS.values() for form in forms]


def test_every_command_is_here_in_every_form() -> None:
    assert set(FORMS) == set(main.commands)
    for name, command in main.commands.items():
        options = {option for parameter in command.params for option in parameter.opts}
        assert options & DATA == {word for form in FORMS[name] for word in form.split()} & DATA


def test_commands_say_everything_by_the_streams() -> None:
    """What is printed in another way would not be looked after."""
    for path in (ROOT / "finmodel").rglob("*.py"):
        if path.name == "streams.py":
            continue
        assert not PRINTS.search(path.read_text(encoding="utf-8")), path


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("streams")
    changed = folder / "changed"
    changed.mkdir()
    text = (CASE / "case.yaml").read_text(encoding="utf-8")
    assert "33000" in text
    (changed / "case.yaml").write_text(text.replace("33000", "34000", 1), encoding="utf-8")
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    (folder / "quarters.csv").write_text(QUARTERS, encoding="utf-8")
    assert CliRunner().invoke(main, ["report", str(CASE), "--out", str(folder / "whole")]).exit_code == 0
    book = openpyxl.load_workbook(folder / "whole" / "report.xlsx")
    assert book["Levers"]["A6"].value.startswith("Additional posts: FTE")
    book["Levers"]["C6"] = 2
    book.save(folder / "typed.xlsx")
    return {
        "case": CASE,
        "changed": changed,
        "paper": folder / "paper.yaml",
        "book": folder / "whole" / "report.xlsx",
        "typed": folder / "typed.xlsx",
        "results": folder / "whole" / "results.json",
        "workload": folder / "quarters.csv",
        "out": folder / "out",
    }


def words(form: str, places: dict[str, Path]) -> list[str]:
    fresh = places["out"].with_name(f"fresh-{next(FRESH)}")  # commands that write no case over another
    return [word.format(**places, fresh=fresh) for word in form.split()]


def ended(arguments: list[str], out: io.TextIOBase) -> tuple[int, str]:
    """The exit code of a command line whose answer goes to a stream, and what it said on standard error."""
    told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out), redirect_stderr(told), pytest.raises(SystemExit) as caught:
        main(arguments, prog_name="finmodel")
    told.seek(0)
    return int(caught.value.code or 0), told.read()


@contextmanager
def closed_pipe() -> Iterator[io.TextIOWrapper]:
    """A pipe from which nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="cp1252") as stream:
        yield stream


@pytest.mark.usefixtures("audits_share")
@pytest.mark.parametrize("form", ALL)
def test_an_answer_in_every_encoding_and_to_a_closed_pipe(
    form: str, places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str | bytes, bool]] = []
    put = streams._put
    monkeypatch.setattr(
        streams, "_put", lambda content, newline: (said.append((content, newline)), put(content, newline))
    )
    with (tmp_path / "answer").open("w", encoding="cp1252", newline="") as file:
        code, complained = ended(words(form, places), file)
    assert "Traceback" not in complained
    assert code == (1 if form.startswith(("verify", "reproduce")) else 0), complained
    monkeypatch.setattr(streams, "_put", put)
    answer = (tmp_path / "answer").read_bytes()
    if form.startswith("schema") or DATA & set(form.split()):
        assert all(isinstance(content, bytes) for content, _ in said)
        text = answer.decode("utf-8")
        if form.endswith("--csv"):
            text = json.dumps(list(csv.DictReader(io.StringIO(text))))
        assert json.loads(text) if form.endswith(("--json", "--csv", "results")) else text.lstrip().startswith("<")
    else:
        whole = "".join(content + "\n" * newline for content, newline in said if isinstance(content, str))
        assert_readable(answer, whole, "cp1252")
        for encoding in ("ascii", "utf-8", "cp850", "utf-16-le"):
            assert_readable(said_again(said, encoding), whole, encoding)
    with closed_pipe() as pipe:
        assert ended(words(form, places), pipe) == (2, complained)  # notes on the case, and no word of the pipe
    if form.startswith("report"):
        for path in (places["out"], places["out"].with_name("whole")):
            assert len(list(path.iterdir())) == 4
        for path in places["out"].iterdir():
            assert path.read_bytes() == places["out"].with_name("whole").joinpath(path.name).read_bytes(), path.name


def said_again(said: list[tuple[str | bytes, bool]], encoding: str) -> bytes:
    held = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(held, encoding=encoding, newline="")), standard_streams():
        for content, newline in said:
            streams._put(content, newline)
        return held.getvalue()


def assert_readable(answer: bytes, whole: str, encoding: str) -> None:
    """What the encoding has is there as it was said, and the rest by signs that say the same."""
    said = "".join(sign if can_carry(encoding, sign) else SIGNS[sign] for sign in whole)
    assert answer.decode(encoding) == said


def can_carry(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("encoding", "given", "shown"),
    [
        ("cp1252", "−£1.5m – “so” it’s × ÷ …", "-£1.5m – “so” it’s × ÷ …"),
        ("ascii", "−£1.5m – “so” it’s × ÷ …", '-GBP1.5m - "so" it\'s x / ...'),
        ("cp850", "−£1.5m → ½ ≤ 2⅔", "-£1.5m -> ½ <= 2 2/3"),
        ("ascii", "½ of 2½, 10⁻¹², m²", "1/2 of 2 1/2, 10^-12, m^2"),
        ("cp1252", "Σ √ ≥ ≠ ≈ ₜ", "sum sqrt >= != ~ t"),
        ("ascii", "Zoë, Gwynedd Môn, 1\u00a0000\u202f000", "Zoe, Gwynedd Mon, 1 000 000"),
        ("cp1252", "中 \udcff 🙂", "[U+4E2D] [U+DCFF] [U+1F642]"),
        ("utf-8", "− 中 \udcff", "− 中 [U+DCFF]"),
    ],
)
def test_what_an_encoding_has_not_is_said_by_other_signs(encoding: str, given: str, shown: str) -> None:
    out, told = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(told), standard_streams():
        say(given)
        complain(given)
    for stream in (out, told):
        assert stream.buffer.getvalue().decode(encoding) == f"{shown}\n"  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_data_is_utf_8_whatever_the_terminal_takes(encoding: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    with redirect_stdout(out), standard_streams():
        say_data('{"a": "− £ 中"}')
    assert out.buffer.getvalue() == '{"a": "− £ 中"}\n'.encode()  # type: ignore[attr-defined]


def test_the_help_needs_no_more_than_ascii() -> None:
    """Click writes it by itself."""
    for command in (main, *main.commands.values()):
        assert command.get_help(click.Context(command)).isascii()


def closing(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


FULL = Path("/dev/full")
NO_RATE = ["rates", "njcc"]
RATE = ["rates", "njc", "--year", "2025/26"]
VERIFY = ["verify", "{paper}"]
SAID = "Standard output cannot be written to"
# What is run, where its answer and its complaints go, the exit code, and what is complained of.
PROCESSES = {
    "a full disk": (RATE, "full", "pipe", 2, SAID),
    "a full disk for an answer of no": (VERIFY, "full", "pipe", 2, SAID),
    "a full disk for data": ([*RATE, "--json"], "full", "pipe", 2, SAID),
    "a full disk for help": (["--help"], "full", "pipe", 2, ""),
    "a full disk for a command's help": (["audit", "--help"], "full", "pipe", 2, ""),
    "no standard output": (RATE, "none", "pipe", 2, SAID),
    "a closed pipe": (RATE, "closed", "pipe", 2, ""),
    "a closed pipe for an answer of no": (VERIFY, "closed", "pipe", 2, ""),
    "a closed pipe for help": (["--help"], "closed", "pipe", 2, ""),
    "a closed pipe for the version": (["--version"], "closed", "pipe", 2, ""),
    "an answer of no": (VERIFY, "pipe", "pipe", 1, ""),
    "no standard error": (RATE, "pipe", "none", 0, ""),
    "no standard error for a problem": (["check", "nowhere"], "pipe", "none", 1, ""),
    "no standard error for wrong usage": (["check", "--colour"], "pipe", "none", 2, ""),
    "a full disk for complaints": (NO_RATE, "pipe", "full", 1, ""),
    "a full disk for wrong usage": (["check", "--colour"], "pipe", "full", 2, ""),
    "a closed pipe for complaints": (NO_RATE, "pipe", "closed", 1, ""),
    "nothing at all": (RATE, "none", "none", 2, ""),
    "full disks": (RATE, "full", "full", 2, ""),
}


@pytest.mark.skipif(not FULL.exists(), reason="a disk that is always full, as Linux has it")
@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_ends_with_its_code_and_no_traceback(name: str, places: dict[str, Path]) -> None:
    arguments, out, told, code, words = PROCESSES[name]
    reading, writing = os.pipe()
    os.close(reading)
    kinds = {"full": os.open(FULL, os.O_WRONLY), "closed": writing, "pipe": subprocess.PIPE, "none": subprocess.DEVNULL}
    close = closing(*(number for number, kind in ((1, out), (2, told)) if kind == "none"))
    command = [sys.executable, "-m", "finmodel", *(word.format(**places) for word in arguments)]
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    try:
        done = subprocess.run(
            command, stdout=kinds[out], stderr=kinds[told], env=environment, cwd=ROOT, preexec_fn=close, check=False
        )
    finally:
        os.close(kinds["full"])
        os.close(writing)
    complained = (done.stderr or b"").decode("cp1252")
    assert done.returncode == code, complained
    assert "Traceback" not in complained and "Exception ignored" not in complained
    assert words in complained
    if out == "pipe" and code == 0:
        assert "£" in done.stdout.decode("cp1252")
    if out == "closed":
        assert complained == ""
