"""Fuzzing the readers with atheris: whatever the bytes, a reader gives a result or problems with their places.

    python tests/fuzz/readers.py TARGET FOLDER [-runs=20000] [-seed=1] [-max_total_time=600] ...

TARGET is one of those of `TARGETS`. FOLDER is for the corpus, which begins with what `seeds` gives; options are those of
libFuzzer, and --as-it-is. An input that breaks a reader is written to the working folder as `crash-...`, `timeout-...`
or `oom-...`.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

AS_IT_IS = "--as-it-is"  # not guided by what code an input reaches: for a short run, most of whose time that would take
_guiding = contextlib.nullcontext() if AS_IT_IS in sys.argv else atheris.instrument_imports(include=["finmodel"])
with _guiding:
    from finmodel.audit.papers.as_json import as_text
    from finmodel.audit.papers.terminal import terminal_text
    from finmodel.audit.papers.verify import verify_paper
    from finmodel.audit.versions.old_results import read_results
    from finmodel.audit.versions.reproduce import reproduce
    from finmodel.audit.workbooks.audit import audit
    from finmodel.audit.workbooks.reporting import as_text as audit_text
    from finmodel.case.load import load_carried_case
    from finmodel.case.workbook.reading import read_workbook
    from finmodel.parsing.numbers import UnreadableError
    from finmodel.parsing.problems import ProblemsError
    from finmodel.parsing.text_files import CannotReadError
    from finmodel.quoting.paper_file import load_paper
    from finmodel.quoting.printed import read_printed

ROOT = Path(__file__).parents[2]
SPLIT = b"\n--- a table, t.csv\n"
_place = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))


def case(data: bytes) -> None:
    """A case file, and perhaps a table `t.csv`."""
    written, _, table = data.partition(SPLIT)
    load_carried_case([("case.yaml", written), ("t.csv", table)])


def paper(data: bytes) -> None:
    """A paper's file, read, verified and told."""
    path = _place / "paper.yaml"
    path.write_bytes(data)
    found = verify_paper(load_paper(path))
    terminal_text(found)
    as_text(found)


def printed(data: bytes) -> None:
    """A printed figure."""
    with contextlib.suppress(UnreadableError):
        read_printed(data.decode("utf-8", "replace"))


def whole_workbook(data: bytes) -> None:
    """A workbook's file as it is."""
    path = _place / "book.xlsx"
    path.write_bytes(data)
    audit_text(audit(path))


def workbook_part(data: bytes) -> None:
    """One part of a sound workbook, put in the place of what was there: the first byte says which part."""
    names = sorted(parts())
    name = names[data[0] % len(names)] if data else names[0]
    whole_workbook(packed({**parts(), name: data[1:]}))


def case_workbook(data: bytes) -> None:
    """One part of a workbook that holds a case, put in the place of what was there, or the whole file."""
    names = sorted(parts())
    chosen = data[0] % (len(names) + 1) if data else 0
    content = data[1:] if chosen == len(names) else packed({**parts(), names[chosen]: data[1:]})
    with contextlib.suppress(CannotReadError):
        read_workbook(content, "book.xlsx")


def old_results(data: bytes) -> None:
    """A results.json, read and compared with a case that is appraised once."""
    path = _place / "results.json"
    path.write_bytes(data)
    reproduce(read_results(path), _appraised())


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (case, paper, printed, whole_workbook, workbook_part, case_workbook, old_results)
}
_READERS = tuple(TARGETS.values())


def everything(data: bytes) -> None:
    """Each of the readers, by the first byte: for a short run."""
    if data:
        _READERS[data[0] % len(_READERS)](data[1:])


TARGETS["everything"] = everything
_cache: dict[str, object] = {}


def _appraised() -> object:
    if "appraisal" not in _cache:
        from finmodel.appraisal.appraise import appraise

        _cache["appraisal"] = appraise(load_carried_case([("case.yaml", _small_case())]))
    return _cache["appraisal"]


def _small_case() -> bytes:
    return (ROOT / "inputs" / "darlington-2010" / "case.yaml").read_bytes()


def parts() -> dict[str, bytes]:
    """The parts of a small workbook with a formula, a text, a name and a comment's worth of styles."""
    if "parts" not in _cache:
        import xlsxwriter

        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        sheet = book.add_worksheet("Model")
        sheet.write_row(0, 0, ["Cost", 1, 2.5, "=not a formula"])
        sheet.write_formula(1, 1, "=SUM(B1:C1)*2", None, 7)
        sheet.write_formula(1, 2, "=IF(B2>0,B2/C1,NA())", book.add_format({"num_format": "0%"}), 2.8)
        book.define_name("Total", "=Model!$B$2")
        book.add_worksheet("Hidden").hide()
        book.add_worksheet("Options").write_row(0, 0, ["Option", "Role"])
        book.close()
        with zipfile.ZipFile(out) as archive:
            _cache["parts"] = {name: archive.read(name) for name in archive.namelist()}
    return _cache["parts"]  # type: ignore[return-value]


def packed(contents: dict[str, bytes]) -> bytes:
    """A zip of parts, not compressed, so that a change of a byte stays one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with."""
    if target == "everything":
        names = list(TARGETS)[: len(_READERS)]
        return [bytes([place]) + seed for place, name in enumerate(names) for seed in seeds(name)]
    tables = b"options: {csv: t.csv}" + SPLIT + b"id,title,stay.months\na,A team,3\n"
    texts = "£500,000|about 70|£2.0m|12%|1 in 4|between 14 and 16|14-16|up to £1,100|thirteen|half|(£1,234.50)|£1.5bn"
    results = (
        b'{"format": 1, "years": ["2010/11"], "lines": {"a.b": {"values": [1, null]}}, "provenance": {"rates": []}}'
    )
    return {
        "case": [_small_case(), b"title: A\nfirst_year: 2015/16\n" + tables],
        "paper": [path.read_bytes()[:6_000] for path in sorted((ROOT / "inputs" / "papers").glob("*/paper.yaml"))],
        "printed": [text.encode() for text in texts.split("|")],
        "whole_workbook": [packed(parts())],
        "workbook_part": [bytes([place]) + parts()[name] for place, name in enumerate(sorted(parts()))],
        "case_workbook": [bytes([place]) + parts()[name] for place, name in enumerate(sorted(parts()))],
        "old_results": [results],
    }[target]


def main() -> None:
    target, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(seeds(target)):
        (folder / f"seed-{number}").write_bytes(content)
    read = TARGETS[target]

    def one(data: bytes) -> None:
        try:
            read(data)
        except ProblemsError as error:
            assert error.problems, "problems without a problem"
            assert all(problem.file and problem.what and problem.remedy for problem in error.problems), str(error)

    options = [
        "-max_len=20000",
        "-timeout=20",
        "-rss_limit_mb=2500",
        "-keep_seed=1",
        "-len_control=0",
        *(option for option in sys.argv[3:] if option != AS_IT_IS),
        str(folder),
    ]
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
