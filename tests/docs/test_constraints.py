"""constraints.txt: every package that an installation brings, on any system, with one version, and nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
SYSTEMS = (("Windows", "win32", "nt"), ("Linux", "linux", "posix"), ("Darwin", "darwin", "posix"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def held() -> dict[str, str]:
    return dict(line.split("==") for line in LINES if not line.startswith("#"))


def wanted(requirement: Requirement, extra: str) -> bool:
    """Whether it is wanted anywhere."""
    if requirement.marker is None:
        return True
    return any(
        requirement.marker.evaluate(
            {
                "platform_system": system,
                "sys_platform": platform,
                "os_name": name,
                "python_version": python,
                "python_full_version": f"{python}.1",
                "extra": extra,
            }
        )
        for (system, platform, name), python in product(SYSTEMS, PYTHONS)
    )


def needed() -> Iterator[str]:
    """Everything that finmodel and its tests need, and what that needs, by its name."""
    todo, done = [("finmodel", "test")], set()
    while todo:
        one = todo.pop()
        if one in done:
            continue
        done.add(one)
        name, extra = one
        yield name
        try:
            listed = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # of another system
        for requirement in filter(lambda each: wanted(each, extra), map(Requirement, listed)):
            todo += [(canonicalize_name(requirement.name), each) for each in {"", *requirement.extras}]


def test_a_line_is_a_name_and_a_version_alone() -> None:
    for line in LINES[1:]:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.]*", line), line
    assert LINES[0].startswith("# ")


def differs() -> bool:
    """Whether other versions are installed, as `make newest` does. CI tries the versions that are held."""
    installed = {name: version for name, version in held().items() if _version(name) not in (None, version)}
    assert not (installed and os.environ.get("CI") == "true"), installed
    return bool(installed)


def _version(name: str) -> str | None:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return None


def test_every_package_has_its_version_and_no_other_is_named() -> None:
    if differs():
        pytest.skip("other versions are installed, which may need other packages")
    names = [canonicalize_name(name) for name in held()]
    assert len(names) == len(set(names))
    assert set(names) == set(needed()) - {"finmodel"}


def test_what_is_held_is_what_the_project_says_it_takes() -> None:
    versions = {canonicalize_name(name): version for name, version in held().items()}
    for requirement in map(Requirement, distribution("finmodel").requires or []):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement
