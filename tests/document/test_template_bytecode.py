"""The bytecode of templates is kept beside them, and a page does without where it cannot be."""

import sys
from pathlib import Path
from shutil import copytree

import pytest

from finmodel.document import templating
from finmodel.document.templating import environment, templates_folder


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = copytree(templates_folder(), tmp_path / "templates", ignore=lambda *_: ["__pycache__"])
    monkeypatch.setattr(templating, "templates_folder", lambda: copied)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (copied / "greeting.j2").write_text("Hello {{ name }}", encoding="utf-8")
    return copied


def greeting() -> str:
    return environment().get_template("greeting.j2").render(name="<you>")


def test_what_is_kept_is_of_the_template_as_it_is_now(templates: Path) -> None:
    assert [greeting(), greeting()] == ["Hello &lt;you&gt;"] * 2
    assert len(list((templates / "__pycache__").iterdir())) == 1
    (templates / "greeting.j2").write_text("Goodbye {{ name }}", encoding="utf-8")
    assert [greeting(), greeting()] == ["Goodbye &lt;you&gt;"] * 2


def test_nothing_is_kept_where_python_keeps_no_bytecode(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert greeting() == "Hello &lt;you&gt;"
    assert not (templates / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_is_no_error(templates: Path) -> None:
    (templates / "__pycache__").write_text("no folder", encoding="utf-8")
    assert greeting() == "Hello &lt;you&gt;"
