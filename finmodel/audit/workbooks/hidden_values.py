"""What cells look like beside the model's own: values that cannot be seen, and displays that show another figure.

Compared is what is seen, colours and sizes worked out, and not how the file says it: programs that save a workbook
write its styles anew. A difference of taste, such as bold letters or another
fill on which they can be read, is only noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from finmodel.audit.workbooks.around import Attributes
from finmodel.audit.workbooks.colours import NAMED, READABLE, Colour, Palette, contrast, in_words
from finmodel.audit.workbooks.contents import Position, SheetCell
from finmodel.audit.workbooks.findings import Finding, FindingKind
from finmodel.audit.workbooks.look import Condition, Look, Style
from finmodel.audit.workbooks.number_formats import HIDES, colours, misleads
from finmodel.audit.workbooks.same_formula import same
from finmodel.audit.workbooks.structure import SheetPair, is_empty
from finmodel.lines.cells import address, position

_MOST_MERGED = 200  # merged ranges that are looked at one by one; the model has none
_MOST_NAMED = 8  # cells of one kind that are named; the rest are counted
_SMALLEST, _LARGEST = 6, 40  # points of letters that are read in a cell of the model's
_MOST_INDENT = 3  # steps further in than the model's, beyond which letters leave their cell
# Fonts in which letters and figures look like themselves.
_PLAIN_FONTS = re.compile(
    r"(calibri|carlito|arial|aptos|liberation|times|cambria|caladea|courier|consolas|helvetica|verdana|tahoma|segoe|"
    r"georgia|trebuchet|century|gill sans|garamond|book antiqua|palatino|lucida (?!math)|candara|constantia|corbel|"
    r"franklin|rockwell|univers|frutiger|open sans|roboto|lato|noto (sans|serif)|dejavu|source sans|inter|menlo|monaco|"
    r"sans|serif|mono|system|ms sans|ms serif|microsoft sans|bookman|perpetua|baskerville|optima|futura|avenir|"
    r"fs |foundry|transport|new transport|gds)[\w ,.()+-]*",
    re.IGNORECASE,
)
_SYMBOLS = re.compile("symbol|wingdings|webdings|dingbats|emoji|math|barcode|music|marlett|icons", re.IGNORECASE)
_MARKS = {"strike": "strikes them out", "superscript": "raises them", "subscript": "lowers them",
          "symbols": "shows them as symbols", "a diagonal line": "draws a line across"}  # fmt: skip


class Taste(Struct):
    """Differences of looks that hide nothing and show no other figure: counted, by what they are."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, *names: str) -> None:
        """One more of each."""
        for name in names:
            self.counts[name] = self.counts.get(name, 0) + 1

    def note(self) -> str:
        """One sentence that names them; "" where there are none."""
        if not self.counts:
            return ""
        named = ", ".join(f"{name} ({count:,})" for name, count in sorted(self.counts.items()))
        return f"Looks that differ from the model's and neither hide a figure nor show another: {named}."


class _Seen(Struct):
    """What was found of one kind, so that a format of a thousand cells is reported once."""

    finding: Finding
    places: list[Position]


def hidden_values(pair: SheetPair, palette: Palette, taste: Taste) -> Iterator[Finding]:
    """Whatever keeps a reader from seeing what the cells of a sheet hold, where the model does not."""
    seen: dict[tuple[object, ...], _Seen] = {}
    known: dict[tuple[Style, Style], _Verdict] = {}
    around = pair.now.around
    for here, cell in pair.now.cells.items():
        if is_empty(cell):
            continue
        was = _was(pair, here)
        before = was.style if was is not None else Style()
        styles = [cell.style, *([around.unstyled[here]] if here in around.unstyled else [])]
        for style in styles:
            if style != before:
                verdict = known.get((before, style)) or known.setdefault((before, style), _verdict(before, style))
                taste.add(*verdict.taste)
                for kind, what, one, other in (*verdict.told, *_format(cell, was, before, style, palette)):
                    _note(seen, Finding(kind, pair.now.name, address(*here), what, one, other), here)
        if here in around.runs:
            for what in _of_runs(around.runs[here], cell.style.look.behind, palette):
                _note(seen, Finding(FindingKind.VALUE_HIDDEN, pair.now.name, address(*here), what), here)
        if cell.formula and cell.style.look.hides_formulas and around.protection.get("sheet", "0") in ("1", "true"):
            what = "The sheet is protected and the formula hidden, so that nobody can read it."
            _note(seen, Finding(FindingKind.VALUE_HIDDEN, pair.now.name, address(*here), what), here)
    yield from (_with_count(found) for found in seen.values())
    yield from _merged(pair)
    yield from _conditional(pair, taste)


def _conditional(pair: SheetPair, taste: Taste) -> Iterator[Finding]:
    """Conditional formats that are not the model's, which mark a failing check and what is typed over a formula."""
    own = list(pair.before.conditional)
    for rule in pair.now.conditional:
        known = next((each for each in own if _says_the_same(each, rule, pair)), None)
        if known is None:
            what = "A conditional format can hide figures or show others. The model has no such one."
            yield Finding(FindingKind.DISPLAY_CHANGED, pair.now.name, rule.cells.partition(" ")[0], what)
    kept = [each for each in own if any(_says_the_same(each, rule, pair) for rule in pair.now.conditional)]
    taste.add(*["conditional formats taken off"] * (len(own) - len(kept)))


def _says_the_same(own: Condition, rule: Condition, pair: SheetPair) -> bool:
    """Whether a rule is the model's; where rows or columns moved, its formula and its cells have moved with them."""
    if (own.kind, own.look) != (rule.kind, rule.look) or own.look is None:
        return False
    if pair.has_moved:
        return len(own.formulas) == len(rule.formulas)
    same_formulas = len(own.formulas) == len(rule.formulas) and all(
        same(one, other, pair.before.name) for one, other in zip(own.formulas, rule.formulas, strict=True)
    )
    return same_formulas and own.cells == rule.cells


def _was(pair: SheetPair, here: Position) -> SheetCell | None:
    row, column = pair.moves.rows.back.get(here[0]), pair.moves.columns.back.get(here[1])
    return pair.before.cells.get((row, column)) if row and column else None


def _note(seen: dict[tuple[object, ...], _Seen], finding: Finding, here: Position) -> None:
    key = (finding.kind, finding.what, finding.expected, finding.found)
    seen.setdefault(key, _Seen(finding, [])).places.append(here)


def _with_count(found: _Seen) -> Finding:
    if len(found.places) == 1:
        return found.finding
    named = ", ".join(address(*place) for place in found.places[:_MOST_NAMED])
    more = f" and {len(found.places) - _MOST_NAMED:,} more" if len(found.places) > _MOST_NAMED else ""
    one = found.finding
    return Finding(one.kind, one.sheet, one.cells, f"{one.what} So in {named}{more}.", one.expected, one.found)


_Told = tuple[FindingKind, str, str, str]


class _Verdict(Struct, frozen=True):
    """How one look differs from another: what is reported, and what is only a matter of taste."""

    told: tuple[_Told, ...]
    taste: tuple[str, ...]


def _verdict(before: Style, now: Style) -> _Verdict:
    was, look = before.look, now.look
    told = list(_told(was, look))
    taste = [
        name
        for name, differs in (
            ("bold, italic or underlined letters", was.slight != look.slight),
            ("colours of letters", was.letters != look.letters),
            ("fills", was.behind != look.behind),
            ("sizes of letters", was.size != look.size),
            ("fonts", bool(look.fonts) and was.fonts[:1] != look.fonts[:1]),
            ("alignment", _standing(was) != _standing(look)),
        )
        if differs
    ]
    if before.number_format != now.number_format:
        taste.append("number formats")
    return _Verdict(tuple(told), () if told else tuple(taste))


def _standing(look: Look) -> tuple[object, ...]:
    return (look.horizontal, look.vertical, look.indent, look.wraps)


def _told(was: Look, look: Look) -> Iterator[_Told]:
    hidden, shown = FindingKind.VALUE_HIDDEN, FindingKind.DISPLAY_CHANGED
    if why := _faint(look.letters, look.behind):
        yield hidden, why, _on(was.letters, was.behind), _on(look.letters, look.behind)
    if look.size < _SMALLEST <= was.size:
        yield (
            hidden,
            f"Letters of {look.size:g} points cannot be read.",
            f"{was.size:g} points",
            f"{look.size:g} points",
        )
    if look.size > _LARGEST >= was.size:
        yield hidden, "Letters so large are cut off by the cell.", f"{was.size:g} points", f"{look.size:g} points"
    for name in look.fonts:
        if name not in was.fonts and (_SYMBOLS.search(name) or not _PLAIN_FONTS.fullmatch(name)):
            yield shown, "The font is not known to show letters and figures as themselves.", ", ".join(was.fonts), name
    for mark in look.marks:
        if mark not in was.marks and mark in _MARKS:
            yield shown, f"The format {_MARKS[mark]}, as no format of the model does.", "", mark
    if look.horizontal != was.horizontal and look.horizontal in ("fill", "centerContinuous"):
        how = "repeats it to fill the cell" if look.horizontal == "fill" else "shows it across other cells"
        yield shown, f"The alignment {how}.", was.horizontal, look.horizontal
    if look.indent > was.indent + _MOST_INDENT:
        yield shown, "It stands so far in that it leaves its cell.", str(was.indent), str(look.indent)
    if look.rotation != was.rotation:
        yield shown, "It is turned.", str(was.rotation), str(look.rotation)
    if look.shrinks and not was.shrinks:
        yield shown, "Letters shrink to fit the cell, however small they become.", "", "shrink to fit"
    if look.direction != was.direction and look.direction == "2":
        yield shown, "It is read from right to left.", "", "right to left"


def _faint(letters: Colour, behind: tuple[Colour, ...]) -> str:
    """Why letters cannot be distinguished from what lies behind them; "" where they can."""
    least = min(contrast(letters, colour) for colour in behind)
    if least >= READABLE:
        return ""
    return f"Its letters do not stand out from what lies behind them (contrast {least:.1f}; {READABLE:g} can be read)."


def _on(letters: Colour, behind: tuple[Colour, ...]) -> str:
    return f"{in_words(letters)} on {', '.join(map(in_words, behind))}"


def _format(cell: SheetCell, was: SheetCell | None, before: Style, now: Style, palette: Palette) -> Iterator[_Told]:
    """What the number format does to what the cell holds."""
    if before.number_format == now.number_format and was is not None:
        return
    value = cell.value if cell.value is not None or was is None else was.value
    why = misleads(now.number_format, before.number_format, value)
    if why and (was is not None or why == HIDES):
        kind = FindingKind.VALUE_HIDDEN if why == HIDES else FindingKind.DISPLAY_CHANGED
        yield kind, why, before.number_format, now.number_format
        return
    for name in colours(now.number_format):
        if (letters := _named(name, palette)) is not None and (faint := _faint(letters, now.look.behind)):
            yield FindingKind.VALUE_HIDDEN, faint, before.number_format, now.number_format


def _named(name: str, palette: Palette) -> Colour | None:
    """The colour that a number format names: `white`, `color 2`."""
    if name in NAMED:
        return NAMED[name]
    number = int("".join(filter(str.isdigit, name)) or 0)
    return palette.indexed(number + 7) if 0 < number <= 56 else None


def _of_runs(runs: tuple[Mapping[str, Attributes], ...], behind: tuple[Colour, ...], palette: Palette) -> Iterator[str]:
    """Letters within a text that look otherwise than the rest; the model has none."""
    for run in runs:
        if "color" in run and (why := _faint(palette.resolve(run["color"], (0, 0, 0)), behind)):
            yield f"Part of the text: {why[0].lower()}{why[1:]}"
        elif float(run.get("sz", {}).get("val", 11)) < _SMALLEST:
            yield "Part of the text is too small to be read."
        elif "strike" in run or "vertAlign" in run:
            yield "Part of the text is struck out, raised or lowered."
        else:
            name = run.get("rFont", {}).get("val", "Calibri")
            if _SYMBOLS.search(name) or not _PLAIN_FONTS.fullmatch(name):
                yield "Part of the text has a font that is not known to show letters and figures as themselves."


def _merged(pair: SheetPair) -> Iterator[Finding]:
    new = [cells for cells in pair.now.merged if cells not in pair.before.merged]
    for cells in new[:_MOST_MERGED]:
        first, _, last = cells.partition(":")
        start, stop = position(first), position(last or first)
        if start is None or stop is None:
            continue
        covered = (
            place
            for place, cell in pair.now.cells.items()
            if start[0] <= place[0] <= stop[0] and start[1] <= place[1] <= stop[1] and place != start
            if not is_empty(cell)
        )
        if any(covered):
            yield Finding(FindingKind.VALUE_HIDDEN, pair.now.name, cells, "A merged cell covers what stands here.")
    if len(new) > _MOST_MERGED:
        what = f"{len(new):,} ranges were merged; the first {_MOST_MERGED} were looked at."
        yield Finding(FindingKind.VALUE_HIDDEN, pair.now.name, "", what)
