"""Problems in the words of a workbook: headings instead of names of fields, cells instead of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from msgspec import Struct

from finmodel.case.workbook.cells import in_words, tidy
from finmodel.case.workbook.tables import EACH, NAMED, Form, SheetTable, forms, tables
from finmodel.parsing.places import Address, Places

_ADD = re.compile(r"Add a line like `([\w.]+): ([^`]*)`( or `([\w.]+): ([^`]*)`)?\.")
_NAMED = re.compile(r"`([^`]*)`")
_FIELD = re.compile(r"[a-z][a-z0-9_.]*(?:: [^{}\[\]]+)?")
_BY_YEAR = re.compile(r"Add `(\w+): \{(\w+): \{by_year: \{([0-9/]+): [^`]*`")
_OWN_RATE = re.compile(r", by year, like `\{by_year: \{([0-9/]+): …%\}\}`")
_SHARE_IN = re.compile(r"Add `(\w+): …%` to (?:`\w+`|the post)")
_MONTH_LIKE = re.compile(r"like [0-9]{4}-[0-9]{2}, for (\w{3})\w* ([0-9]{4})")
_OFFERED = re.compile(r"(The (?:only )?[\w ]+? (?:is|are) )([^.]+)\.")
_DEFINE = re.compile(r"(Define (?:an?|one) ?\w*) under `(\w+)`")
_INDEX = re.compile(r"an index (of general prices, )?(?:such as `\{published: ([\w-]+)\}` under|in) `inflation`")
_WITH_NAME = re.compile(r"Add a line `(\w+):`|Add `(\w+):`")
_SHEET_MISSING = re.compile(r"^the sheet ([\w ]+) is missing$")
_SHEET_TO_FILL_IN = re.compile(r"Fill in the sheet ([\w ]+)\.")
_WITH_NOTE = re.compile(r"`(\w+): \{value: [^`]*\}`")
_FOR = ", or on the sheet By year for "
_NOTED = ", with a note on the sheet Assumptions and sources"
_SHEETS_BY_NAME = {
    "sources": "Sources", "grades": "Grades", "inflation": "Price rises", "placements": "Placements",
    "options": "Options", "posts": "Posts", "costs": "Costs", "benefits": "Placements avoided", "savings": "Savings",
}  # fmt: skip


class WorkbookWording(Struct, frozen=True, dict=True):
    """Says a fault of the case again for who has the workbook before them."""

    places: Places
    data: dict[str, Any]

    def __call__(self, address: Address, what: str, remedy: str) -> tuple[str, str]:
        """What is wrong at an address, and what to do."""
        holder = _holder_of(address)
        return self._said(what, address, holder), self._said(remedy, address, holder)

    @cached_property
    def called(self) -> dict[str, str]:
        """What the rows are called that go by these short names; those by which two differ are left out."""
        names: dict[str, set[str]] = {}
        for short, name in _rows_of(self.data):
            names.setdefault(short, set()).add(name)
        return {short: found.pop() for short, found in names.items() if len(found) == 1 and "-" in short}

    def _said(self, text: str, address: Address, holder: SheetTable | Form | None) -> str:
        text = _ADD.sub(lambda found: self._fill_in(found, address, holder), text)
        text = _DEFINE.sub(lambda found: f"{found[1]} on the sheet {_SHEETS_BY_NAME[found[2]]}", text)
        text = _INDEX.sub(_an_index, text)
        text = _WITH_NAME.sub(lambda found: f"Fill in {_heading(found[1] or found[2], address, holder)}", text)
        text = text.replace(", or remove the line", ", or empty the cell").replace(
            "Write lines like `name: value`, indented.", ""
        )
        text = _BY_YEAR.sub(
            lambda found: f"Fill in {_heading(f'{found[1]}.{found[2]}', address, holder)}{_FOR}{found[3]}", text
        )
        text = _SHARE_IN.sub(lambda found: f"Fill in {_heading(found[1], address, holder)}", text)
        text = _OWN_RATE.sub(r": on the sheet By year, from \1", text)
        text = _MONTH_LIKE.sub(r"like \1 \2", text).replace("or give a `", "or fill in `")
        called = self.called
        text = _OFFERED.sub(lambda found: f"{found[1]}{_by_name(found[2], called)}.", text)
        text = _NAMED.sub(lambda found: f"“{called[found[1]]}”" if found[1] in called else found[0], text)
        text = _WITH_NOTE.sub(lambda found: f"{_heading(found[1], address, holder)}{_NOTED}", text)
        text = _NAMED.sub(lambda found: _heading(found[1], address, holder), text).strip()
        text = _SHEET_MISSING.sub(rf"There is no row{' for this' if len(address) > 1 else ''} on the sheet \1", text)
        return _SHEET_TO_FILL_IN.sub(r"Add a row on the sheet \1.", text)

    def _fill_in(self, found: re.Match[str], address: Address, holder: SheetTable | Form | None) -> str:
        said = f"Fill in {_heading(found[1], address, holder)}{_such_as(found[2])}"
        if found[4]:
            said += f" or {_heading(found[4], address, holder)}{_such_as(found[5])}"
        return f"{said}."


def _rows_of(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The short name and the name of every entry that has both."""
    for table in ("grades", "placements", "sources"):
        entries = data.get(table)
        for short, entry in entries.items() if isinstance(entries, dict) else ():
            name = entry.get("label") or entry.get("title") if isinstance(entry, dict) else None
            if isinstance(name, str):
                yield short, tidy(name)
    options = data.get("options")
    for option in options if isinstance(options, list) else ():
        lists = [option.get(table) for table in ("posts", "costs", "benefits", "savings")]
        for entry in (option, *(entry for each in lists if isinstance(each, list) for entry in each)):
            short, name = entry.get("id"), entry.get("title") or entry.get("label")
            if isinstance(short, str) and isinstance(name, str):
                yield short, tidy(name)


def _by_name(listed: str, called: Mapping[str, str]) -> str:
    """A list of short names with what their rows are called in their place."""
    return re.sub(r"[\w-]+", lambda found: f"“{called[found[0]]}”" if found[0] in called else found[0], listed)


def _an_index(found: re.Match[str]) -> str:
    """An index to name, and how the sheet on which it stands has it."""
    published = f", such as one whose “Published rate” is {found[2]}" if found[2] else ""
    kind = " of general prices" if found[1] else ""
    return f"an index{kind} on the sheet {_SHEETS_BY_NAME['inflation']}{published}"


def _such_as(example: str) -> str:
    return "" if "…" in example or "{" in example or "[" in example else f", such as {example}"


def _heading(name: str, address: Address, holder: SheetTable | Form | None) -> str:
    """The heading of a field that is named next to an address, in quotation marks; the name where none is known."""
    if not _FIELD.fullmatch(name):
        return f"`{name}`"
    field, _, value = name.partition(": ")
    before = _within(address, holder)
    for depth in range(len(before), -1, -1):
        path = (*before[:depth], *field.split("."))
        column = next((each for each in holder.columns if each.path == path), None) if holder else None
        if column is not None:
            return f"“{column.heading}”{f' as {in_words(value)}' if value else ''}"
    sheet = _sheet_below(address, field) or _SHEETS_BY_NAME.get(field)
    within = [column.heading for column in holder.columns if column.path[:1] == (field,)] if holder else []
    if within and not sheet and holder is not None:
        return f"“{within[0]}”" if address[-1:] == (field,) and not value else f"the sheet {holder.sheet}"
    if sheet:
        return f"the sheet {sheet}"
    heading = _elsewhere(field)
    return f"“{heading}”{f' as {in_words(value)}' if value else ''}" if heading else f"`{name}`"


def _sheet_below(address: Address, field: str) -> str:
    """The sheet whose rows are the entries of a field at an address: the mix of a saving, and not all placements."""
    if address[-1:] != (field,):
        return ""
    lists = (table for table in tables() if table.pattern and not table.texts)
    return next(
        (t.sheet for t in lists if len(t.pattern) == len(address) + 1 and _leads_to(t.pattern[:-1], address)), ""
    )


@cache
def _elsewhere(field: str) -> str:
    """The heading of a field on whichever sheet has it first; empty where none does."""
    path = tuple(field.split("."))
    columns = [column for form in forms() for column in form.columns]
    columns += [column for table in tables() for column in (*table.columns, *table.texts)]
    return next((column.heading for column in columns if column.path == path), "")


def _within(address: Address, holder: SheetTable | Form | None) -> tuple[str, ...]:
    """The names of the mappings within an entry that an address goes through."""
    start = len(holder.pattern) if isinstance(holder, SheetTable) else 0
    return tuple(step for step in address[start:] if isinstance(step, str))


def _holder_of(address: Address) -> SheetTable | Form | None:
    """The sheet that an address stands on: the one whose entries are the innermost around it."""
    best: SheetTable | None = None
    for table in tables():
        if (
            not table.texts
            and _leads_to(table.pattern, address)
            and (best is None or len(table.pattern) > len(best.pattern))
        ):
            best = table
    return best or next(
        (form for form in forms() if any(c.path[0] == address[:1][0] for c in form.columns if address)), forms()[0]
    )


def _leads_to(pattern: tuple[str, ...], address: Address) -> bool:
    if len(address) < len(pattern):
        return False
    for step, given in zip(pattern, address, strict=False):
        if step == EACH:
            if not isinstance(given, int):
                return False
        elif step == NAMED:
            if not isinstance(given, str):
                return False
        elif step != given:
            return False
    return True
