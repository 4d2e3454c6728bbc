"""Caseloads in tables and sentences, each written once: page, paper and terminal take theirs from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finmodel.document.parts import Figure, Fold, Key, Keys, Notice, Paragraph, Part
from finmodel.document.table import NO_FIGURE, NONE, Cell, Row, Table
from finmodel.lines.display import inside, number, percent, plain_number, pounds, short_pounds
from finmodel.report.certainty import checks_sentence
from finmodel.results.appraised import AppraisalResults
from finmodel.results.caseload import (
    AtTargetResult,
    CaseFlowResult,
    CaseloadFigure,
    CaseloadResult,
    FallResult,
    PostsNeeded,
    SaidResult,
    TeamResult,
    TriggerResult,
    WorkforceShareResult,
)
from finmodel.results.wording import capital, count, day_words, listed, month_words, sentence

BASE = {"case_holding": "case-holding FTE", "all": "all FTE"}
_OF_BASE = {"people": "people", "fte": "FTE", "mixed": "agency people and employed FTE, a mixed base"}
_EXPERIENCE = {
    "newly-qualified": "Newly qualified",
    "experienced": "Experienced",
    "agency": "Agency",
    "other": "Other",
}
_MONTHS_SHOWN = (3, 6, 9, 12, 18, 24, 36)
_WAY = {
    ("fixed", "new"): "every case as long, new cases alone",
    ("fixed", "all"): "every case as long, all cases",
    ("geometric", "new"): "the same chance of closing each month, new cases alone",
    ("geometric", "all"): "the same chance of closing each month, all cases",
}


def verdict(caseload: CaseloadResult) -> str:
    """The answer: what each worker holds against the targets, and what these take."""
    if len(caseload.teams) == 1:
        return _of_one(caseload.teams[0])
    held = [f"{team.label}: {_each_against(team)}" for team in caseload.teams]
    return sentence(f"Cases for each worker. {'; '.join(held)}")


def _each_against(team: TeamResult) -> str:
    average = None if team.average is None else team.average.value
    said = "no figure" if average is None else number(average, 1)
    aims = [plain_number(each.cases, 2) for each in _in_order(team)]
    return f"{said}, {_kinds(team)} {_span(aims)}" if aims else said


def _of_one(team: TeamResult) -> str:
    cases = None if team.cases is None else team.cases.value
    average = None if team.average is None else team.average.value
    if average is None:
        return sentence(f"{number(cases or 0.0)} cases{_workers_at(team)}")
    fte = None if team.fte is None else team.fte.value
    if cases is None or fte is None:
        return sentence(f"Cases for each worker: {_each_against(team)}")
    text = f"{number(cases)} cases for {plain_number(fte, 2)} FTE are {number(average, 1)} each"
    return sentence(f"{text}{_against(team)}")


def _against(team: TeamResult) -> str:
    aims = [plain_number(each.cases, 2) for each in _in_order(team)]
    more = [each.now for each in _in_order(team) if each.now is not None]
    if not aims or not more:
        return ""
    said = f"; {_span(aims)} each take {_span([plain_number(each.whole) for each in more])} posts more"
    costs = [pounds(each.cost_whole) for each in more if each.cost_whole is not None]
    return f"{said}, {_span(costs)} in a full year" if costs else said


def _workers_at(team: TeamResult) -> str:
    found = [
        f"{plain_number(each.whole_workers)} workers at {plain_number(each.cases, 2)} each"
        for each in _in_order(team)
        if each.whole_workers is not None
    ]
    return f" take {listed(found)}, if all are theirs" if found else ""


def _in_order(team: TeamResult) -> list[AtTargetResult]:
    """From the highest caseload, which takes the fewest posts."""
    return sorted(team.at, key=lambda each: -each.cases)


def _kinds(team: TeamResult) -> str:
    kinds = list(dict.fromkeys(each.kind for each in team.at))
    return listed(kinds)


def _span(texts: Sequence[str]) -> str:
    return texts[0] if texts[0] == texts[-1] else f"{texts[0]} to {texts[-1]}"


def caseload_answer(found: AppraisalResults) -> Iterator[Part]:
    """The answer of a case of caseloads without options, on one screen."""
    caseload = found.caseload
    if caseload is None:
        return
    if not found.checks.all_hold and found.demand is None:  # said above where there is demand
        yield Notice("A check does not hold", (checks_sentence(found),), alarm=True)
    yield Paragraph(verdict(caseload), "verdict")
    yield Keys(tuple(keys(caseload)))
    yield from in_short(caseload)


def in_short(caseload: CaseloadResult) -> Iterator[Part]:
    """The tables of the answer: teams, the posts that targets take, and the flow where there is one."""
    yield teams(caseload)
    at = targets(caseload)
    if at is not None:
        yield at
    moved = flows(caseload)
    if moved is not None:
        yield moved


def keys(caseload: CaseloadResult) -> Iterator[Key]:
    """The figures of the answer, large."""
    for team in caseload.teams[:3]:
        if team.average is not None and team.average.value is not None:
            yield Key(team.label, number(team.average.value, 1), _key_meaning(team))
        elif team.cases is not None and team.cases.value is not None:
            yield Key(team.label, number(team.cases.value), f"cases, {caseload.as_at_words}")
    for said in caseload.posts_said[-1:]:
        if said.fte.value is not None and said.average.value is not None:
            reached = f"{plain_number(said.posts)} more reach {plain_number(said.target_cases)} each"
            meaning = f"FTE, {number(said.average.value, 1)} cases each, if {reached}"
            yield Key("Workers now", number(said.fte.value, 1), meaning)
    for trigger in caseload.triggers[:1]:
        yield Key(trigger.label, number(trigger.level), inside(trigger_sentence(trigger)))
    costs = [each.now.cost_whole for team in caseload.teams for each in team.at if each.now and each.now.cost_whole]
    if costs and len(caseload.teams) == 1:
        text = _span([short_pounds(min(costs)), short_pounds(max(costs))])
        yield Key("Posts that the targets take", text, "in a full year, on top of those there are")


def _key_meaning(team: TeamResult) -> str:
    aims = [plain_number(each.cases, 2) for each in _in_order(team)]
    return "cases for each case-holding FTE" + (f"; {_kinds(team)} {_span(aims)}" if aims else "")


def caseload_body(found: AppraisalResults) -> Iterator[Part]:
    """The section of a paper: paragraphs and the tables of the answer."""
    if found.caseload is not None:
        yield from map(Paragraph, caseload_paragraphs(found.caseload))
        yield from in_short(found.caseload)


def caseload_paragraphs(caseload: CaseloadResult) -> Iterator[str]:
    """What the figures say, in sentences to paste into a paper."""
    yield f"{capital(caseload.as_at_words)}. {verdict(caseload)}"
    for team in caseload.teams:
        yield from _after(team)
    yield from remarks(caseload)
    yield from (said_sentence(caseload, each) for each in caseload.posts_said)
    yield from map(fall_sentence, caseload.falls)
    for trigger in caseload.triggers:
        yield f"{trigger.label}: {inside(trigger_sentence(trigger))}"


def remarks(caseload: CaseloadResult) -> Iterator[str]:
    """Where a printed average differs, and what the case does not state and what has no figure for it."""
    for team in caseload.teams:
        worked = None if team.average is None else team.average.value
        if team.agrees is False and worked is not None and team.printed is not None:
            printed = number(team.printed, team.decimals or 0)
            yield f"{team.label}: the source prints {printed} on average; cases ÷ FTE is {number(worked, 1)}."
    several = len(caseload.teams) > 1
    for lacking in dict.fromkeys(team.missing for team in caseload.teams if team.missing):
        those = [team for team in caseload.teams if team.missing == lacking]
        whose = f" of {listed([inside(team.label) for team in those])}" if several else ""
        what = f"The case does not state {listed(list(lacking))}{whose}"
        if those[0].average is None:
            yield f"{what}, so there is no average, and posts more have no figure."
        else:
            yield f"{what}, so posts and cost have no figure: the FTE more is a share of those there are."


def _after(team: TeamResult) -> Iterator[str]:
    shown = [(each.label, each.ratios.get("average")) for each in team.states if not each.id.startswith("at-")]
    said = [f"{number(figure, 2)} ({label})" for label, figure in shown if figure is not None]
    if len(said) > 1:
        yield f"{team.label}, cases for each case-holding FTE: {listed(said)}."


def trigger_sentence(trigger: TriggerResult) -> str:
    """How far a level is away, and when the trend is there."""
    if trigger.left <= 0:
        return "It is reached."
    away = f"{plain_number(trigger.left, 1)} cases away"
    if trigger.month is None or trigger.change_in_a_month is None:
        return sentence(f"{away}; no date: {trigger.reason}")
    rise = plain_number(trigger.change_in_a_month, 1)
    return sentence(f"{away}; by the trend of {rise} a month it is reached in {month_words(trigger.month)}")


def said_sentence(caseload: CaseloadResult, said: SaidResult) -> str:
    """What posts that a paper says imply of the workforce now."""
    fte, average = said.fte, said.average
    if fte.value is None or average.value is None:
        return sentence(f"{said.label}: no figure")
    team = next(each for each in caseload.teams if each.id == said.team)
    cases = NO_FIGURE if team.cases is None or team.cases.value is None else number(team.cases.value)
    most = "" if fte.high is None else f", or up to {number(fte.high, 1)} as posts are whole"
    text = (
        f"{said.label}: {plain_number(said.posts)} more would bring {cases} cases to {plain_number(said.target_cases)} "
        f"each if there are {number(fte.value, 1)} FTE now{most}, with {number(average.value, 1)} each"
    )
    if said.by_newly_qualified is not None:
        text += f"; newly qualified, the same work takes {plain_number(said.by_newly_qualified, 2)}"
    return sentence(text)


def fall_sentence(fall: FallResult) -> str:
    """What a printed fall of an average implies."""
    before, after = number(fall.before, fall.decimals), number(fall.after, fall.decimals)
    return sentence(
        f"{fall.label}: a fall from {before} to {after} by {plain_number(fall.posts, 2)} posts takes "
        f"{_ranged(fall.fte, 1)} FTE before and {_ranged(fall.cases, 0)} cases"
    )


def _ranged(figure: CaseloadFigure, places: int) -> str:
    if figure.value is None:
        return f"no figure ({figure.reason})"
    text = number(figure.value, places)
    if figure.low is None and figure.high is None and figure.reason is None:
        return text
    low = NONE if figure.low is None else number(figure.low, places)
    high = f"no upper end, since {figure.reason}" if figure.high is None else number(figure.high, places)
    return f"{text} ({low} to {high})"


def teams(caseload: CaseloadResult) -> Table:
    """Every team, and all of them pooled."""
    has_all = any(team.all_fte is not None for team in caseload.teams)
    has_ranges = any(team.lowest is not None for team in caseload.teams)
    rows = [Row(team.label, tuple(_team_cells(team, has_all, has_ranges))) for team in caseload.teams]
    for pooled in caseload.pooled:
        if pooled.base == "all" and not has_all:
            continue
        average = NO_FIGURE if pooled.average is None else number(pooled.average, 2)
        cells = [Cell(number(pooled.cases)), Cell(plain_number(pooled.fte, 2)), Cell(average)]
        if pooled.base == "all":
            cells = [
                Cell(number(pooled.cases)),
                Cell(NONE),
                Cell(NONE),
                Cell(plain_number(pooled.fte, 2)),
                Cell(average),
            ]
        elif has_all:
            cells += [Cell(NONE), Cell(NONE)]
        if has_ranges:
            cells.append(Cell(NONE))
        note = "sum of cases ÷ sum of FTE" if len(pooled.teams) == len(caseload.teams) else "of teams that state both"
        rows.append(Row(f"Pooled, {BASE[pooled.base]}", tuple(cells), note=note, kind="total"))
    columns = ["Cases", "Case-holding FTE", "Cases for each"]
    columns += ["All FTE", "Cases for each of all"] if has_all else []
    columns += ["Lowest to highest team"] if has_ranges else []
    return Table(
        "caseload-teams",
        f"{caseload.label}, {caseload.as_at_words}",
        "Team",
        tuple(map(Cell, columns)),
        tuple(rows),
        note=" ".join(remarks(caseload)),
    )


def _team_cells(team: TeamResult, has_all: bool, has_ranges: bool) -> Iterator[Cell]:
    yield _figure_cell(team.cases, 0)
    yield _figure_cell(team.fte, 2)
    places = 2 if team.decimals is None or team.agrees is not None else team.decimals
    average = None if team.average is None else team.average.value
    yield Cell(
        NO_FIGURE if average is None else number(average, places),
        "" if team.agrees is not None or team.printed is None else "as printed",
    )
    if has_all:
        yield Cell(NONE if team.all_fte is None else plain_number(team.all_fte, 2))
        of_all = None if team.average_of_all is None else team.average_of_all.value
        yield Cell(NONE if of_all is None else number(of_all, 2))
    if has_ranges:
        yield Cell(
            NONE
            if team.lowest is None or team.highest is None
            else f"{number(team.lowest, 1)} to {number(team.highest, 1)}"
        )


def _figure_cell(figure: CaseloadFigure | None, places: int) -> Cell:
    if figure is None:
        return Cell("Not stated")
    if figure.value is None:
        return Cell(NO_FIGURE, figure.reason or "")
    note = (
        ""
        if figure.low is None or figure.high is None
        else f"{number(figure.low, places)} to {number(figure.high, places)}, by rounding"
    )
    return Cell(plain_number(figure.value, places), note)


def targets(caseload: CaseloadResult) -> Table | None:
    """What each target takes of each team."""
    pairs = [(team, each) for team in caseload.teams for each in _in_order(team)]
    if not pairs:
        return None
    several = len(caseload.teams) > 1
    columns = [column for column in _columns(pairs) if any(column[1](each) for _, each in pairs)]
    rows = tuple(
        Row(
            f"{team.label}: {inside(each.label)}" if several and inside(team.label) not in each.label else each.label,
            tuple(column[1](each) or Cell(NONE) for column in columns),
            note="" if each.kind in each.label.lower() else each.kind,
        )
        for team, each in pairs
    )
    return Table(
        "caseload-targets",
        "What the targets take",
        "Cases for each case-holding FTE",
        tuple(heading for heading, _ in columns),
        rows,
        note=" ".join(_on_targets(caseload)),
    )


Writes = Callable[[AtTargetResult], Cell | None]


def _columns(pairs: Sequence[tuple[TeamResult, AtTargetResult]]) -> Iterator[tuple[Cell, Writes]]:
    """The columns of the table of targets; one in which no row has a cell is left out."""
    priced = any(each.now is not None for _, each in pairs)
    yield Cell("Target"), lambda each: Cell(plain_number(each.cases, 2))
    yield Cell("Now, above it"), lambda each: None if each.over is None else Cell(number(each.over, 1))
    yield Cell("Workers in all"), lambda each: _exact_and_whole(each.workers, each.whole_workers)
    yield Cell("Posts more"), lambda each: _posts(each.now)
    yield Cell("Cost, full year"), lambda each: _cost(each.now)
    yield (
        Cell("FTE more", "of those there are"),
        lambda each: None if priced or each.share is None else Cell(percent(each.share)),
    )
    yield Cell("Posts beyond permanent staff"), lambda each: _posts(each.lasting)
    yield Cell("Cost of these"), lambda each: _cost(each.lasting)
    yield Cell("The same work, newly qualified"), lambda each: _decimal(each.by_newly_qualified, 2)
    yield Cell("Left for each full worker", "the others protected"), lambda each: _decimal(each.others, 1)


def _decimal(value: float | None, places: int) -> Cell | None:
    return None if value is None else Cell(number(value, places))


def _posts(found: PostsNeeded | None) -> Cell | None:
    return None if found is None else Cell(plain_number(found.whole), f"exactly {number(found.posts, 2)}")


def _cost(found: PostsNeeded | None) -> Cell | None:
    return None if found is None or found.cost_whole is None else Cell(pounds(found.cost_whole))


def _on_targets(caseload: CaseloadResult) -> Iterator[str]:
    if any(each.now is not None for team in caseload.teams for each in team.at):
        yield "Posts more = cases ÷ target − FTE; posts are rounded up to whole ones, the target is not rounded."
    elif any(each.workers is not None for team in caseload.teams for each in team.at):
        yield "Workers = cases ÷ target, rounded up to whole ones; the target is not rounded."
    if caseload.worker is not None and caseload.worker_title is not None:
        title = inside(caseload.worker_title)
        yield f"Cost: whole posts at {pounds(caseload.worker)} each ({title}), nominal, a full year."


def _exact_and_whole(exact: float | None, whole: float | None) -> Cell | None:
    if exact is None or whole is None:
        return None
    return Cell(plain_number(whole), f"exactly {number(exact, 2)}")


def states(caseload: CaseloadResult) -> Iterator[Table]:
    """What each change does to every ratio of a team."""
    for place, team in enumerate(caseload.teams, 1):
        if len(team.states) < 2:
            continue
        rows = [Row("Case-holding FTE", tuple(Cell(plain_number(each.fte, 2)) for each in team.states))]
        for name, ratio in team.ratios.items():
            cells = (_ratio_text(each.ratios.get(name), ratio.unit) for each in team.states)
            rows.append(Row(ratio.label, tuple(map(Cell, cells))))
        yield Table(
            f"caseload-states-{place}",
            f"What each change does to every ratio: {inside(team.label)}",
            "Ratio",
            tuple(Cell(capital(each.label)) for each in team.states),
            tuple(rows),
            note="Cases as they are; at a target, the exact posts are added to those there are.",
        )


def _ratio_text(value: float | None, unit: str) -> str:
    if value is None:
        return NO_FIGURE
    return percent(value) if unit == "share" else number(value, 2)


def types(caseload: CaseloadResult) -> Iterator[Table]:
    """Cases by type with their share of one base, and the points that they weigh."""
    for place, team in enumerate(caseload.teams, 1):
        if not team.types:
            continue
        weighed = any(each.points is not None for each in team.types)
        columns = [Cell("Cases"), Cell("Of the team’s cases"), *([Cell("Points")] if weighed else [])]
        rows = []
        for each in team.types:
            cells = [Cell(number(each.cases)), Cell(NO_FIGURE if each.share is None else percent(each.share))]
            cells += [Cell(NONE if each.points is None else plain_number(each.points, 1))] if weighed else []
            rows.append(Row(each.label, tuple(cells)))
        total = NONE if team.cases is None or team.cases.value is None else number(team.cases.value)
        last = [
            Cell(total),
            Cell("100.0%"),
            *([Cell(NONE if team.points is None else plain_number(team.points, 1))] if weighed else []),
        ]
        rows.append(Row("All cases", tuple(last), kind="total"))
        note = ""
        if team.points is not None and team.capacity is not None and team.used is not None:
            note = (
                f"The workers can hold {plain_number(team.capacity, 1)} points: {percent(team.used)} of that is taken."
            )
        yield Table(
            f"caseload-types-{place}",
            f"Cases by type: {inside(team.label)}",
            "Type",
            tuple(columns),
            tuple(rows),
            note=note,
        )


def workers(caseload: CaseloadResult) -> Table | None:
    """Groups of workers: FTE, people, the share of a full caseload that each may hold."""
    groups = [(team, each) for team in caseload.teams for each in team.workers]
    if not groups:
        return None
    rows = []
    for team, each in groups:
        part = NONE if each.share is None else percent(each.share)
        notes = [team.label] if len(caseload.teams) > 1 else []
        notes += [] if not each.temporary else ["temporary" if each.ends is None else f"to {day_words(each.ends)}"]
        rows.append(
            Row(
                each.label,
                (
                    Cell("Not stated" if each.fte is None else plain_number(each.fte, 2)),
                    Cell("Not stated" if each.people is None else plain_number(each.people)),
                    Cell(part, "" if each.at_most is None else f"at most {plain_number(each.at_most)} cases"),
                    Cell(NONE if each.for_one is None else plain_number(each.for_one, 2)),
                ),
                note=", ".join(notes),
            )
        )
    columns = ("FTE", "People", "Of a full caseload", "FTE that do one full worker’s work")
    return Table("caseload-workers", "Workers", "Group", tuple(map(Cell, columns)), tuple(rows))


def shares(caseload: CaseloadResult) -> Table | None:
    """Shares of the workforce, each with its base."""
    if not caseload.shares:
        return None
    rows = tuple(
        Row(
            f"{_EXPERIENCE[each.experience]} workers, of {_OF_BASE[each.base]}",
            (Cell(plain_number(each.number, 2)), Cell(plain_number(each.of, 2)), Cell(_share_text(each))),
        )
        for each in caseload.shares
    )
    mixed = any(each.base == "mixed" for each in caseload.shares)
    note = (
        "A mixed base adds people to FTE: it is shown because papers print it, and is no share of either."
        if mixed
        else ""
    )
    columns = ("Number", "Of", "Share")
    return Table(
        "caseload-shares",
        "Shares of the workforce, each on its base",
        "Workers",
        tuple(map(Cell, columns)),
        rows,
        note=note,
    )


def _share_text(share: WorkforceShareResult) -> str:
    return NO_FIGURE if share.share is None else percent(share.share)


def agency(caseload: CaseloadResult) -> Table | None:
    """Agency workers now and at the share aimed at."""
    found = caseload.agency
    if found is None:
        return None
    unit = "people" if found.counted == "people" else "FTE"
    rows = (
        ("Agency workers now", plain_number(found.agency, 2)),
        (
            "All workers" + (" then, as the establishment changes" if found.changes else ""),
            plain_number(found.establishment, 2),
        ),
        (f"Agency workers at {percent(found.share)}", plain_number(found.allowed, 2)),
        ("Permanent workers then", plain_number(found.permanent, 2)),
        ("Agency workers fewer than now", plain_number(found.replaced, 2)),
        (
            "Or, of those there are now: go with nobody in their place",
            NO_FIGURE if found.leaving is None else number(found.leaving, 2),
        ),
        (
            "Or, of those there are now: permanent workers on top, all agency workers staying",
            NO_FIGURE if found.added is None else number(found.added, 2),
        ),
    )
    return Table(
        "caseload-agency",
        f"Agency workers at most {percent(found.share)}, by {unit}",
        "Way",
        (Cell(capital(unit)),),
        tuple(Row(label, (Cell(text),)) for label, text in rows),
        note="Below zero the share is met already.",
    )


def spans(caseload: CaseloadResult) -> Table | None:
    """Managers: cases that each oversees, and managers that they take."""
    if not caseload.spans:
        return None
    rows = tuple(
        Row(
            each.label,
            (
                Cell(number(each.cases)),
                Cell("Not stated" if each.each is None else number(each.each)),
                Cell(f"{plain_number(each.least)} to {plain_number(each.most)}"),
                Cell(f"{number(each.fewest_managers, 2)} to {number(each.most_managers, 2)}"),
            ),
        )
        for each in caseload.spans
    )
    columns = ("Cases", "For each manager now", "That one can oversee", "Managers that it takes")
    return Table("caseload-spans", "Managers", "Manager", tuple(map(Cell, columns)), rows)


def flows(caseload: CaseloadResult) -> Table | None:
    """Cases after so many months, by each flow."""
    if not caseload.flows:
        return None
    shown = [each for each in _MONTHS_SHOWN if all(flow.first + each <= len(flow.monthly) for flow in caseload.flows)]
    rows = []
    for flow in caseload.flows:
        cells = [Cell(number(flow.month_zero, 1))]
        cells += [Cell(_at_month(flow, month)) for month in shown]
        rows.append(Row(flow.label, tuple(cells), note=_WAY[flow.stays, flow.applies_to]))
    columns = (Cell("At the start"), *(Cell(f"Month {month}") for month in shown))
    return Table(
        "caseload-flows",
        "Cases open when they close sooner or later",
        "Flow",
        columns,
        tuple(rows),
        note=" ".join(_on_flows(caseload)),
    )


def _at_month(flow: CaseFlowResult, month: int) -> str:
    place = flow.first + month - 1
    if place < 0:
        return NONE  # before the case's first month
    figure = flow.monthly[place]
    return NO_FIGURE if figure is None else number(figure, 1)


def _on_flows(caseload: CaseloadResult) -> Iterator[str]:
    yield "Little’s law: cases open = cases opened a month × months that each stays open; not all referrals are opened."
    begin = {each.begins for each in caseload.flows}
    if len(begin) == 1:
        yield f"Month 1 is {month_words(begin.pop())}."
    yield from dict.fromkeys(map(_settles, caseload.flows))
    for each in caseload.flows:
        if not each.steady:
            yield f"{each.label}: what is opened × today’s stay is {number(each.balance, 1)} and not today’s number."


def _settles(flow: CaseFlowResult) -> str:
    steady = ", as many as keep today’s number steady" if flow.opened_is_implied else ""
    stays = f"{plain_number(flow.stay)} to {plain_number(flow.new_stay)} months"
    return f"{number(flow.opened, 2)} opened a month{steady}; {stays} settles at {number(flow.settles, 1)}."


def triggers(caseload: CaseloadResult) -> Table | None:
    """Levels of cases, and when the trend is there."""
    if not caseload.triggers:
        return None
    rows = tuple(
        Row(
            each.label,
            (
                Cell(number(each.level)),
                Cell(plain_number(each.left, 1)),
                Cell(NO_FIGURE if each.change_in_a_month is None else number(each.change_in_a_month, 2)),
                Cell(NO_FIGURE if each.month is None else capital(month_words(each.month)), each.reason or ""),
            ),
        )
        for each in caseload.triggers
    )
    columns = ("Level", "Cases away", "More in a month", "Reached by the trend")
    return Table(
        "caseload-triggers", "Levels at which something has to be done", "Level of", tuple(map(Cell, columns)), rows
    )


def series(caseload: CaseloadResult) -> Table | None:
    """Workloads over time, gaps shown as gaps."""
    if not caseload.series:
        return None
    whens = list(dict.fromkeys(count.when for each in caseload.series for count in each.counts))
    by_series = [{count.when: count.number for count in each.counts} for each in caseload.series]
    longest = max(caseload.series, key=lambda each: len(each.counts))
    order = [count.when for count in longest.counts]
    whens = [*order, *(when for when in whens if when not in order)]
    rows = [
        Row(when, tuple(Cell(_count_text(held.get(when))) for held in by_series), note=_gap_note(by_series, when))
        for when in whens
    ]
    changes = (
        Cell(
            _signed(each.change),
            NO_FIGURE if each.share is None else f"{'+' if each.share > 0 else ''}{percent(each.share, 0)}",
        )
        for each in caseload.series
    )
    means = tuple(Cell(number(each.mean, 1)) for each in caseload.series)
    rows.append(Row("Mean of those there are", means, kind="total"))
    rows.append(Row("Change from first to last", tuple(changes), kind="total"))
    gaps = list(dict.fromkeys(gap for each in caseload.series for gap in each.gaps))
    note = f"The source has no figure for {listed(gaps)}; none is filled in." if gaps else ""
    unit = caseload.series[0].unit
    return Table(
        "caseload-series",
        f"Workload over time: {unit}",
        "When",
        tuple(Cell(each.label) for each in caseload.series),
        tuple(rows),
        note=note,
    )


def _gap_note(by_series: Sequence[dict[str, float | None]], when: str) -> str:
    return "missing in the source" if all(held.get(when) is None for held in by_series) else ""


def _count_text(value: float | None) -> str:
    return NONE if value is None else plain_number(value, 1)


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"


def falls(caseload: CaseloadResult) -> Table | None:
    """What printed falls imply, with the range that rounding leaves."""
    if not caseload.falls:
        return None
    rows = tuple(
        Row(
            each.label,
            (
                Cell(f"{number(each.before, each.decimals)} to {number(each.after, each.decimals)}"),
                Cell(plain_number(each.posts, 2)),
                Cell(_ranged(each.fte, 1)),
                Cell(_ranged(each.cases, 0)),
            ),
        )
        for each in caseload.falls
    )
    columns = ("Average", "Posts added", "FTE before", "Cases")
    return Table("caseload-falls", "What a printed fall implies", "Fall", tuple(map(Cell, columns)), rows)


def by_option(found: AppraisalResults) -> Table | None:
    """The caseload under each option at the end of each year."""
    caseload = found.caseload
    if caseload is None or not caseload.options:
        return None
    titles = {option.id: option.title for option in found.options}
    first = caseload.options[0]
    rows = [Row("With nothing done", tuple(Cell(_each(figure)) for figure in first.without), note=first.label)]
    rows += [
        Row(titles[each.option], tuple(Cell(_each(figure)) for figure in each.at_year_end), note=each.label)
        for each in caseload.options
    ]
    return Table(
        "caseload-options",
        "Cases for each case-holding FTE, by option",
        "At the end of the year",
        tuple(map(Cell, found.years)),
        tuple(rows),
    )


def _each(figure: float | None) -> str:
    return NO_FIGURE if figure is None else number(figure, 1)


def caseload_parts(found: AppraisalResults) -> Iterator[Part]:
    """Everything of caseloads that stands behind the answer, in order."""
    caseload = found.caseload
    if caseload is None:
        return
    if found.options:
        yield from in_short(caseload)
    yield from states(caseload)
    yield from types(caseload)
    for made in (workers, shares, agency, spans, triggers, falls, series):
        table = made(caseload)
        if table is not None:
            yield table
    yield from map(Paragraph, (said_sentence(caseload, each) for each in caseload.posts_said))
    options = by_option(found)
    if options is not None:
        yield options
    yield from figures(caseload)


def figures(caseload: CaseloadResult) -> Iterator[Figure]:
    """The figures that open to how they come about."""
    for team in caseload.teams:
        if team.average is not None and team.average.value is not None:
            yield Figure(f"{team.label}: cases for each FTE", number(team.average.value, 2), team.average.address)
        for each in team.at:
            if each.now is not None:
                text = plain_number(each.now.whole) if each.now.cost_whole is None else pounds(each.now.cost_whole)
                what = "whole posts more" if each.now.cost_whole is None else "cost of whole posts, full year"
                yield Figure(f"{team.label}, {inside(each.label)}: {what}", text, each.now.address)
    for flow in caseload.flows:
        yield Figure(f"{flow.label}: month by month", number(flow.settles, 1), flow.address)


def caseload_fold(found: AppraisalResults) -> Iterator[Fold]:
    """Caseloads as a fold of the annex."""
    if found.caseload is not None:
        parts = tuple(caseload_parts(found))
        if parts:
            yield Fold(
                "Caseloads",
                f"{count(len(found.caseload.teams), 'team')}, posts that targets take",
                parts,
                id="caseload",
            )
