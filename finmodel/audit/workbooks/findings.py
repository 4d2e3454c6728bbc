"""What an audit of a model workbook can find: each kind in words."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class FindingKind(StrEnum):
    """The kinds of finding; the value is what a reader sees."""

    TYPED_OVER = "a value typed over a formula"
    FORMULA_GONE = "a formula removed"
    NUMBER_CHANGED = "a changed number in a formula"
    REFERENCE_CHANGED = "a changed reference"
    RANGE_CHANGED = "a changed range"
    FORMULA_CHANGED = "a changed formula"
    STALE = "a stored value that is not what its formula gives"
    FROM_BEFORE = "stored values from before a change"
    INPUT_CHANGED = "a changed input"
    CONVENTION_CHANGED = "a changed convention of the method"
    STATED_CHANGED = "a changed value of the case next to a lever"
    FACT_CHANGED = "a changed fact of the case"
    INPUT_SPOILT = "an input that is no longer a typed number"
    LABEL_CHANGED = "a changed label"
    UNIT_CHANGED = "a changed unit"
    RULE_CHANGED = "a changed rule or source"
    ADDRESS_CHANGED = "a changed address"
    PERIOD_CHANGED = "a changed year or month"
    HEADING_CHANGED = "a changed heading"
    TEXT_CHANGED = "a changed text"
    CASE_CHANGED = "a carried case that was changed"
    ADDED = "something added outside the model"
    ROWS_INSERTED = "inserted rows"
    ROWS_DELETED = "deleted rows"
    ROWS_MOVED = "moved rows"
    COLUMNS_INSERTED = "inserted columns"
    COLUMNS_DELETED = "deleted columns"
    COLUMNS_MOVED = "moved columns"
    SHEET_INSERTED = "an inserted sheet"
    SHEET_DELETED = "a deleted sheet"
    SHEET_RENAMED = "a renamed sheet"
    SHEETS_MOVED = "sheets in another order"
    SHEET_HIDDEN = "a hidden sheet"
    ROWS_HIDDEN = "hidden rows"
    COLUMNS_HIDDEN = "hidden columns"
    VALUE_HIDDEN = "a value hidden by its format"
    DISPLAY_CHANGED = "a display that shows another figure than the cell holds"
    CHART_CHANGED = "a chart that is not the model's"
    FOREIGN_PART = "something in the file that the model does not have"
    PRINT_CHANGED = "a print-out that shows something else"
    NAME_CHANGED = "a defined name that points elsewhere"
    NAME_DELETED = "a deleted defined name"
    NAME_ADDED = "an added defined name"
    EXTERNAL_LINK = "a link to another workbook"
    MACROS = "macros"
    CALCULATION = "a setting that changes how the workbook calculates"
    ERROR = "an error value"
    MARKUP = "markup that two programs can read differently"
    READERS_DISAGREE = "something that two programs read differently"
    ENGINES_DISAGREE = "a result on which finmodel and the other engine disagree"


class Effect(Struct, frozen=True):
    """What a change does to one headline figure of one option.

    `before` and `after` are as a reader sees them; the values are numbers, None where there is no figure.
    """

    option: str
    title: str
    measure: str
    label: str
    before: str
    after: str
    before_value: float | None
    after_value: float | None

    @property
    def change(self) -> float | None:
        """After less before; None where either has no figure."""
        if self.before_value is None or self.after_value is None:
            return None
        return self.after_value - self.before_value


HIDES_A_CHECK = "it hides whether the checks hold"


class Finding(Struct, frozen=True):
    """One thing that is not as the model writes it, or one input that is not as the case states it.

    `cells` are as the workbook has them now: `F9`, `F9:H9`, `12:12` for a row, `F:F` for a column,
    "" for a whole sheet.
    `address`, `label` and `period` say which figure that is; "" where the place is not one of a line.
    `effects` are None where they were not worked out, for the reason in `no_effects`.
    """

    kind: FindingKind
    sheet: str
    cells: str
    what: str
    expected: str = ""
    found: str = ""
    address: str = ""
    label: str = ""
    period: str = ""
    source: str = ""
    effects: tuple[Effect, ...] | None = None
    no_effects: str = ""

    @property
    def place(self) -> str:
        """Sheet and cells as a formula would name them, for a reader."""
        return f"{self.sheet}!{self.cells}" if self.sheet and self.cells else self.sheet or self.cells
