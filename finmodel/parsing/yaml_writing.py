"""Plain data as YAML that reads back as the same data: every value is text, written plainly where it may be."""

from __future__ import annotations

from typing import Any

import yaml

_READ_AS_NOTHING = frozenset(["", "~", "null", "Null", "NULL", "<<"])
_WIDTH = 120


class _Dumper(yaml.SafeDumper):
    """Text is written without quotation marks wherever it is read as the same text without them."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - nothing is a number or a date here

    def ignore_aliases(self, data: object) -> bool:
        """No anchors: what is written twice is written out."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if "\n" in text else "'" if text in _READ_AS_NOTHING else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def as_yaml(data: object, in_one_line: bool = False) -> str:
    """Mappings, lists and texts as YAML; in braces and brackets, if in one line."""
    width = float("inf") if in_one_line else _WIDTH
    written: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=in_one_line or None, width=width
    )
    return written.removesuffix("...\n").rstrip("\n") if in_one_line else written
