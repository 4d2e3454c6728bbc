"""What lies between two versions of a case: typed values, from which the terminal, the page and the JSON are made."""

from __future__ import annotations

from msgspec import Struct

from finmodel.audit.versions.editing import Edit
from finmodel.audit.versions.moves import FileMove, Move

BUDGET_IMPACT, PAYBACK = "net_present_budget_impact", "payback_month_number"
ATTRIBUTED = (BUDGET_IMPACT, PAYBACK)
LABELS = {BUDGET_IMPACT: "Net present budget impact", PAYBACK: "Payback"}


class Version(Struct, frozen=True):
    """One of the two versions: where it stands, what it is, its years, and whether every check of its model holds."""

    folder: str
    title: str
    council: str
    years: tuple[str, ...]
    present_value_basis: str
    checks_hold: bool


class Change(Struct, frozen=True):
    """A change of the case file. kind: `structure`, `value` or `words`; inputs: addresses of those that it moves."""

    edit: Edit
    kind: str
    inputs: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The place in the case file."""
        return self.edit.path

    @property
    def old(self) -> str:
        """What stood there, shortened; "" for nothing."""
        return self.edit.text(self.edit.old)

    @property
    def new(self) -> str:
        """What stands there, shortened; "" for nothing."""
        return self.edit.text(self.edit.new)


class Contribution(Struct, frozen=True):
    """What one step moved a figure by.

    edits: what was changed. structure: whether the model itself was. after: the figure once this step and all before
    it are made, None for no number, and as readers see it. by: the move from the step before; None where one of the
    two has no number. inputs: those of the model that it moves, where it moves values only.
    """

    edits: tuple[Edit, ...]
    structure: bool
    after: float | None
    after_text: str
    by: float | None
    inputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The places in the case file."""
        return " + ".join(edit.path for edit in self.edits)

    @property
    def change(self) -> str:
        """`changed`, `added` or `removed`."""
        kinds = {edit.kind for edit in self.edits}
        return next(iter(kinds)) if len(kinds) == 1 else "changed"


class Attribution(Struct, frozen=True):
    """The move of one figure of one option, shared among the changes in their order.

    The parts add up to the move; those that make no difference are left out.
    """

    figure: str
    old: float | None
    old_text: str
    new: float | None
    new_text: str
    parts: tuple[Contribution, ...]

    @property
    def label(self) -> str:
        """What the figure is called."""
        return LABELS[self.figure]

    @property
    def unit(self) -> str:
        """`£`, or `months`."""
        return "months" if self.figure == PAYBACK else "£"

    @property
    def by(self) -> float | None:
        """The whole move; None where one of the two versions has no number."""
        return None if self.old is None or self.new is None else self.new - self.old


class OptionMove(Struct, frozen=True):
    """An option in two versions. which: `both`, or the only version that has it, `old` or `new`."""

    id: str
    title: str
    which: str
    measures: tuple[Move, ...]
    years: tuple[Move, ...]
    attributions: tuple[Attribution, ...]

    @property
    def moved_measures(self) -> tuple[Move, ...]:
        """The measures that moved, came or went."""
        return tuple(move for move in self.measures if move.kind != "same")

    @property
    def moved_years(self) -> tuple[Move, ...]:
        """The yearly lines that moved, came or went."""
        return tuple(move for move in self.years if move.kind != "same")


class VersionDifference(Struct, frozen=True):
    """What lies between two versions of a case. caseload: figures of caseloads that moved, came or went."""

    old: Version
    new: Version
    files: tuple[FileMove, ...]
    changes: tuple[Change, ...]
    inputs: tuple[Move, ...]
    options: tuple[OptionMove, ...]
    demand: tuple[Move, ...]
    caseload: tuple[Move, ...] = ()  # what moved alone

    @property
    def moved(self) -> bool:
        """Whether any measure or yearly line of any option differs, or any figure of demand or caseloads."""
        of_options = any(option.moved_measures or option.moved_years for option in self.options)
        return of_options or bool(self.moved_demand) or bool(self.caseload)

    @property
    def moved_demand(self) -> tuple[Move, ...]:
        """The figures of children looked after that moved, came or went."""
        return tuple(move for move in self.demand if move.kind != "same")

    @property
    def moving(self) -> tuple[Change, ...]:
        """The changes that move an input or the model."""
        return tuple(change for change in self.changes if change.kind != "words")

    @property
    def wording(self) -> tuple[Change, ...]:
        """The changes that move neither."""
        return tuple(change for change in self.changes if change.kind == "words")

    @property
    def broken(self) -> tuple[str, ...]:
        """Which versions have a check that fails: `old`, `new`."""
        return tuple(n for n, each in (("old", self.old), ("new", self.new)) if not each.checks_hold)
