"""Small numbers hidden, and as much beside them as it takes that no sum, share or change gives them back.

What counts people, children or cases and is 1 to 5 is small, and so is FTE above 0 and up to 5. What is small is
hidden; so is what would say it in other words: its FTE, every share, average, rate and year that it enters, every
change to or from it. Then sums are tried: a hidden figure must be able to be at least three things, by all the sums
that are shown here and in the earlier report, with everyone small known to be 1 to 5. Where it is not, another figure
of the sum is hidden too (secondary suppression; the Government Statistical Service's guidance on tables from
administrative sources).

A figure that the earlier report shows hides nothing any more; one that it hid stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from finmodel.workload.figures import At, LineKey, Workload
from finmodel.workload.lines import GIVEN, SUM, YEAR, Lines, WorkloadLine
from finmodel.workload.quarters import Quarter
from finmodel.workload.schema import ADDED_UNITS, WHOLE_UNITS

SMALLEST_SHOWN = 6
_LARGEST_SMALL = 5.0
_COUNTED = WHOLE_UNITS | {"FTE"}
_MOVES = (1, -1, 2, -2)
_ENOUGH = 2  # other values that a hidden figure must be able to have
_MOST_STEPS = 4_000
_A_YEAR = 4
_DUST = 1e-6
_COMPLEMENT = "~others"  # of a measure of which a part is given: those who are not in the part


class EarlierReport(Struct, frozen=True):
    """What an earlier report shows, and what it hid."""

    name: str
    shown: Mapping[At, float]
    hidden: frozenset[At]


NOTHING_EARLIER = EarlierReport("", {}, frozenset())
Sum = tuple[tuple[At, int], ...]  # figures with their signs, which come to a number that is known


class Hidden(Struct):
    """What is hidden of a report. open: small numbers that can be worked out all the same, from the earlier report."""

    small: set[At] = field(default_factory=set)
    others: set[At] = field(default_factory=set)
    open: set[At] = field(default_factory=set)

    @property
    def every(self) -> set[At]:
        """All that is hidden."""
        return self.small | self.others


def is_small(value: float, unit: str) -> bool:
    """Whether a count is 1 to 5, or FTE above 0 up to 5."""
    return unit in _COUNTED and 0 < value <= _LARGEST_SMALL


def hide(workload: Workload, lines: Lines, earlier: EarlierReport = NOTHING_EARLIER) -> Hidden:
    """What must be hidden, so that no small number can be worked out."""
    found = Hidden()
    for line in lines.values():
        if line.kind in (GIVEN, SUM, YEAR):
            found.small |= {At(line.key, quarter) for quarter, one in line.values.items() if is_small(one, line.unit)}
    implied = set(_implied(workload, lines))
    found.others |= implied | {at for at in earlier.hidden if at.key in lines and at not in found.small}
    complements = _complements(workload, lines)
    found.small |= complements.keys()
    sums = [*_sums(workload, lines), *(_complement_sum(at, of) for at, of in complements.items())]
    game = _Game(lines, complements, found, _known(lines, earlier), sums, _Followers(workload, lines))
    game.play()
    found.open |= game.lost
    for at in complements:
        found.small.discard(at)
        found.open.discard(at)
    found.open |= {at for at in found.small if at in game.known}
    return found


def _implied(workload: Workload, lines: Lines) -> Iterator[At]:
    """Stated percentages and averages that say a small number by a base that is given: 2% of 100."""
    for key, line in lines.items():
        measure = workload.measures.get(key.measure) if line.kind == GIVEN else None
        if measure is None or not measure.of or line.unit not in ("percent", "cases per FTE"):
            continue
        scale = 100.0 if line.unit == "percent" else 1.0
        bases = [lines.get(LineKey(each, key.section)) for each in measure.of]
        for quarter, value in line.values.items():
            there = [base.values.get(quarter) for base in bases if base is not None]
            if len(there) == len(measure.of) and all(one is not None for one in there):
                count = value / scale * sum(one for one in there if one is not None)
                if 0.5 <= count < SMALLEST_SHOWN - 0.5:
                    yield At(key, quarter)


def _complements(workload: Workload, lines: Lines) -> dict[At, tuple[At, At]]:
    """Those who are in a whole and not in its part, where they are few: 20 cases, of which 18."""
    found: dict[At, tuple[At, At]] = {}
    for total in workload.totals:
        if total.exact:
            continue
        for part in total.parts:
            for key, line in lines.items():
                whole = lines.get(LineKey(total.whole, key.section))
                if key.measure != part or whole is None:
                    continue
                for quarter, value in line.values.items():
                    if quarter in whole.values and is_small(whole.values[quarter] - value, line.unit):
                        name = LineKey(f"{_COMPLEMENT} {total.whole} {part}", key.section)
                        found[At(name, quarter)] = (At(whole.key, quarter), At(key, quarter))
    return found


def _complement_sum(at: At, of: tuple[At, At]) -> Sum:
    return ((of[0], 1), (of[1], -1), (at, -1))


def _sums(workload: Workload, lines: Lines) -> Iterator[Sum]:
    """Every sum that a reader can do over figures of the report. What each comes to is taken to be known."""
    for line in lines.values():
        if line.kind == SUM and line.rule is not None:
            for quarter in line.values:
                yield ((At(line.key, quarter), 1), *((At(key, quarter), -1) for key in line.rule.above))
    yield from _sums_of_sections(lines)
    for total in workload.totals:
        for key, whole in lines.items():
            if total.exact and key.measure == total.whole:
                parts = [LineKey(part, key.section) for part in total.parts]
                yield from _whole_and_parts(lines, whole, [part for part in parts if part in lines])
    yield from _sums_of_moves(workload, lines)


def _sums_of_sections(lines: Lines) -> Iterator[Sum]:
    """Wholes that are given beside their sections."""
    sections: dict[str, list[LineKey]] = {}
    for key, line in lines.items():
        if key.section and line.kind == GIVEN and line.unit in ADDED_UNITS:
            sections.setdefault(key.measure, []).append(key)
    for measure, keys in sections.items():
        whole = lines.get(LineKey(measure))
        if whole is not None and whole.kind == GIVEN:
            yield from _whole_and_parts(lines, whole, keys)


def _sums_of_moves(workload: Workload, lines: Lines) -> Iterator[Sum]:
    """A level, the level before, and what came and went between."""
    for move in workload.moves:
        for key in [key for key in lines if key.measure == move.level]:
            flows = [(LineKey(each, key.section), -1) for each in move.into]
            flows += [(LineKey(each, key.section), 1) for each in move.out]
            for quarter in workload.quarters[1:]:
                signed = [(At(key, quarter), 1), (At(key, quarter.before(1)), -1)]
                signed += [(At(flow, quarter), sign) for flow, sign in flows]
                if all(at.key in lines and at.quarter in lines[at.key].values for at, _ in signed):
                    yield tuple(signed)


def _whole_and_parts(lines: Lines, whole: WorkloadLine, parts: list[LineKey]) -> Iterator[Sum]:
    for quarter in whole.values:
        there = [key for key in parts if quarter in lines[key].values]
        if there:
            yield ((At(whole.key, quarter), 1), *((At(key, quarter), -1) for key in there))


def _known(lines: Lines, earlier: EarlierReport) -> set[At]:
    """What the earlier report gives away: its figures, and the one unknown of each share that it shows."""
    known = {at for at in earlier.shown if at.key in lines} | _added_up(lines, earlier)
    for at in list(known):
        line = lines[at.key]
        if line.rule is not None:
            unknown = [each for each in line.rule.places(at.quarter) if each not in known]
            if len(unknown) == 1:
                known.add(unknown[0])
    return known


def _added_up(lines: Lines, earlier: EarlierReport) -> set[At]:
    """Wholes of which the earlier report shows every section that it has."""
    shown = {At(LineKey(at.key.measure), at.quarter) for at in earlier.shown if at.key.section}
    hidden = {At(LineKey(at.key.measure), at.quarter) for at in earlier.hidden if at.key.section}
    return {at for at in shown - hidden if at.key in lines}


class _Followers:
    """What says a figure in other words, and so is hidden with it: its FTE, and what is worked out from it."""

    def __init__(self, workload: Workload, lines: Lines) -> None:
        self._lines = lines
        self._same: dict[LineKey, list[LineKey]] = {}  # of the same quarter
        self._later: dict[LineKey, list[tuple[LineKey, int]]] = {}  # of so many quarters from the same one on
        for key, line in lines.items():
            measure = workload.measures.get(key.measure)
            if line.rule is not None and line.kind != SUM:
                for each in line.rule.inputs:
                    self._later.setdefault(each, []).append((key, line.rule.quarters))
            elif measure is not None and line.kind == GIVEN:
                for id_ in filter(None, (measure.fte_of, *(measure.part or ()), *(measure.of or ()))):
                    self._same.setdefault(LineKey(id_, key.section), []).append(key)
                if measure.year_of is not None:
                    self._later.setdefault(LineKey(measure.year_of, key.section), []).append((key, _A_YEAR))

    def of(self, at: At) -> Iterator[At]:
        """Those of a figure that have figures themselves."""
        for key in self._same.get(at.key, ()):
            if at.quarter in self._lines[key].values:
                yield At(key, at.quarter)
        for key, quarters in self._later.get(at.key, ()):
            for later in range(quarters):
                quarter = Quarter.at(at.quarter.place + later)
                if quarter in self._lines[key].values:
                    yield At(key, quarter)


class _Game:
    """What somebody can work out who knows all that is shown, all the sums, and that small numbers are 1 to 5."""

    def __init__(
        self,
        lines: Lines,
        complements: Mapping[At, tuple[At, At]],
        found: Hidden,
        known: set[At],
        sums: list[Sum],
        followers: _Followers,
    ) -> None:
        self.lines, self.complements, self.found, self.known = lines, complements, found, known
        self.followers = followers
        self.unknown: set[At] = set()
        self.sums: dict[At, list[Sum]] = {}
        self.wholes: set[At] = set()
        for each in sums:
            self.wholes.add(each[0][0])
            for at, _ in each:
                self.sums.setdefault(at, []).append(each)
        self.lost: set[At] = set()
        self._steps = 0

    def play(self) -> None:
        """Hide more until every hidden figure can be enough things; `lost` are those that cannot.

        What is hidden later only gives more freedom to what was looked at before, so each is looked at once.
        """
        todo = self._hide(sorted(self.found.every))
        while todo:
            at = todo.pop()
            while at in self.sums and at in self.unknown and self._freedom(at) < _ENOUGH:
                choice = min(self._choices(at), key=self._cost, default=None)
                if choice is None:
                    if at in self.found.small and not self._freedom(at):
                        self.lost.add(at)
                    break
                todo += self._hide([choice])

    def _hide(self, several: Iterable[At]) -> list[At]:
        """Hide figures and what says them in other words; gives all of them."""
        todo: list[At] = list(several)
        done: dict[At, None] = {}
        while todo:
            at = todo.pop()
            if at in done:
                continue
            done[at] = None
            if at not in self.found.small:
                self.found.others.add(at)
            if at not in self.known:
                self.unknown.add(at)
            todo += [one for one in self.followers.of(at) if one not in self.found.every]
        return list(done)

    def _freedom(self, at: At) -> int:
        """How many other values a hidden figure can have, up to enough."""
        free = 0
        for move in _MOVES:
            self._steps = 0
            step = self._step(at)
            if self._allowed(at, move * step) and self._balanced({at: move * step}):
                free += 1
                if free >= _ENOUGH:
                    break
        return free

    def _step(self, at: At) -> float:
        line = self._line(at)
        return 1.0 if line.unit in WHOLE_UNITS else 0.1

    def _line(self, at: At) -> WorkloadLine:
        return self.lines[self.complements[at][1].key] if at in self.complements else self.lines[at.key]

    def _value(self, at: At) -> float:
        if at in self.complements:
            whole, part = self.complements[at]
            return self.lines[whole.key].values[whole.quarter] - self.lines[part.key].values[part.quarter]
        return self.lines[at.key].values[at.quarter]

    def _allowed(self, at: At, move: float) -> bool:
        value = self._value(at) + move
        if at in self.found.small:
            least = 1.0 if self._line(at).unit in WHOLE_UNITS else 0.1
            return least - _DUST <= value <= _LARGEST_SMALL + _DUST
        return value >= -_DUST

    def _balanced(self, moved: dict[At, float]) -> bool:
        """Whether further hidden figures can move so that every sum comes to what it did."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return False
        for at in moved:
            for each in self.sums.get(at, ()):
                out = sum(sign * moved.get(one, 0.0) for one, sign in each)
                if abs(out) < _DUST:
                    continue
                for one, sign in each:
                    if one in moved or one not in self.unknown or not self._allowed(one, -out / sign):
                        continue
                    if self._balanced({**moved, one: -out / sign}):
                        return True
                return False
        return True

    def _choices(self, at: At) -> set[At]:
        """Figures that are shown, in sums of this hidden one or of those that are hidden with it."""
        seen, todo, choices = {at}, [at], set()
        while todo:
            for each in self.sums.get(todo.pop(), ()):
                for one, _ in each:
                    if one in self.unknown:
                        if one not in seen:
                            seen.add(one)
                            todo.append(one)
                    elif one not in self.known and one not in self.found.every and one.key in self.lines:
                        choices.add(one)
            if choices:
                break
        return choices

    def _cost(self, at: At) -> tuple[bool, bool, float, At]:
        """Parts before wholes, then what is not 0, then the smallest."""
        value = self._value(at)
        return (at in self.wholes, value == 0, value, at)
