"""The committee paper in Word, in the order in which councils print one; every figure is a value of `results.json`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from finmodel.appraisal.appraise import Appraisal
from finmodel.document.table import Cell, Table
from finmodel.document.word import RECOMMENDATION, Paper
from finmodel.document.word_chart import Series, columns, lines
from finmodel.lines.display import pounds
from finmodel.report.accounts_table import accounts_by_year, three_accounts
from finmodel.report.assurance_tables import answered_for, assurance_tables
from finmodel.report.break_even_words import claims_table as needed_of_claims
from finmodel.report.break_even_words import solved_table
from finmodel.report.capital_table import capital_table
from finmodel.report.capital_words import capital_spent, spent
from finmodel.report.certainty import checks_sentence
from finmodel.report.narrative import Implications, Topic, narrative
from finmodel.report.options_table import leads
from finmodel.report.page_tables import alike, comparison, posts, titles, yearly
from finmodel.report.page_value import business_as_usual
from finmodel.report.paper_budget import funding_table, medium_term_tables, scoring_tables, stages_table
from finmodel.report.paper_tables import cost_by_year, full_year, sources
from finmodel.report.paper_value import claims_table, gains_table, gains_without_money, real_table, risks
from finmodel.report.source_tables import assumptions, confidences, rates
from finmodel.results.appraised import AppraisalResults, results
from finmodel.results.option import OptionResult
from finmodel.results.wording import capital, day_words, is_nil, listed, span

IMPLICATIONS = {
    "legal": "Legal implications",
    "equalities": "Equalities implications",
    "environment": "Environmental implications",
    "human_resources": "Human resources implications",
    "property": "Property implications",
    "health_and_wellbeing": "Health and wellbeing implications",
    "crime_and_disorder": "Crime and disorder implications",
    "corporate_parenting": "Corporate parenting implications",
    "privacy": "Privacy implications",
}


def render_paper(appraisal: Appraisal) -> bytes:
    """The paper of an appraisal as a Word file; the same appraisal gives the same bytes."""
    return paper(results(appraisal))


def paper(found: AppraisalResults) -> bytes:
    """The paper made from what `results` gives."""
    case = found.case
    made = Paper(case.title, case.council, dated(found))
    made.header_and_footer(f"{case.council}: {case.title}")
    made.title(case.title)
    made.facts(_title_block(found))
    if not found.checks.all_hold:
        made.paragraph(checks_sentence(found), "Intense Quote")
    _recommendations(made, found)
    _section(made, "Purpose", found.paper.purpose or _as_list(case.summary))
    _section(made, "Background", found.paper.background)
    _options(made, found)
    _financial_implications(made, found)
    for name, title in IMPLICATIONS.items():
        _section(made, title, _as_list(found.paper.implications.get(name, "")))
    _appendices(made, found)
    return made.bytes()


def dated(found: AppraisalResults) -> datetime:
    """The date that the file bears: the meeting's, or the first day of the case; never the clock's."""
    meeting = found.case.meeting
    return datetime.fromisoformat(meeting.date if meeting else f"{found.years[0][:4]}-04-01")


def _as_list(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _title_block(found: AppraisalResults) -> list[tuple[str, str]]:
    case, rows = found.case, [("Council", found.case.council)]
    if case.meeting:
        rows += [("Report to", case.meeting.body), ("Date", day_words(case.meeting.date))]
    if found.paper.report_by:
        rows.append(("Report by", found.paper.report_by))
    if found.paper.implications.get("wards"):
        rows.append(("Wards affected", found.paper.implications["wards"]))
    preferred = [option.title for option in found.options if option.recommended]
    if preferred:
        rows.append(("Preferred option", listed(preferred)))
    rows += [("Capital", text) for text in _capital_to_approve(found)]
    rows.append(("Years shown", span(found.years)))
    return rows


def _section(made: Paper, title: str, texts: Sequence[str]) -> None:
    if texts:
        made.heading(title)
        for text in texts:
            made.paragraph(text)


def _recommendations(made: Paper, found: AppraisalResults) -> None:
    texts = found.paper.recommendations
    if texts:
        meeting = found.case.meeting
        whom = f"The {meeting.body.removeprefix('The ')} is" if meeting else "Members are"
        made.heading("Recommendations")
        made.paragraph(f"{whom} recommended to:")
        for text in texts:
            made.paragraph(text, RECOMMENDATION)
        for text in _capital_to_approve(found):
            made.paragraph(text, RECOMMENDATION)


def _capital_to_approve(found: AppraisalResults) -> list[str]:
    """The capital that goes with what is recommended, so that nobody approves it unawares."""
    chosen = [capital_spent(option) for option in found.options if option.recommended]
    texts = [spent(capital, found.years) for capital in chosen if capital is not None]
    return [f"Note that {text[:1].lower()}{text[1:]}" for text in texts]


def _options(made: Paper, found: AppraisalResults) -> None:
    made.heading("Options")
    several = len(found.options) > 1
    for option in found.options:
        made.heading(option.title + _tag(option), level=2)
        if option.description:
            made.paragraph(option.description)
        made.lead("Advantages", option.advantages)
        made.lead("Disadvantages", option.disadvantages)
        made.lead("Risks", option.risks)
        _tables(made, [gains_without_money(option), risks(option)])
    made.heading("The options in figures" if several else "The option in figures", level=2)
    made.table(comparison(found))
    made.table(three_accounts(found))
    _tables(made, scoring_tables(found))
    for text in _topic(narrative(found)[0], "scoring").paragraphs:
        made.paragraph(text)


def _tag(option: OptionResult) -> str:
    if option.recommended:
        return " (preferred)"
    if option.status_quo:
        return " (business as usual)"
    return " (do minimum)" if option.role == "do_minimum" else ""


def _topic(implications: Implications, key: str) -> Topic:
    return next((topic for topic in implications.topics if topic.key == key), Topic(key, "", ()))


def _financial_implications(made: Paper, found: AppraisalResults) -> None:
    made.heading("Financial implications")
    several = len(leads(found)) > 1
    by_id = {option.id: option for option in found.options}
    for implications in narrative(found):
        option = by_id[implications.option]
        for topic in implications.topics:
            if topic.key == "scoring":
                continue
            made.heading(f"{implications.title}: {topic.title}" if several else topic.title, level=2)
            for text in topic.paragraphs:
                made.paragraph(text)
            _after(made, topic.key, option, found)


def _after(made: Paper, key: str, option: OptionResult, found: AppraisalResults) -> None:
    """The tables and charts that stand below a topic."""
    if key == "cost" and (option.posts or option.costs):
        made.table(cost_by_year(option, found))
    if key == "basis" and option.posts:
        made.table(full_year(option, found), (40, 12, 26, 22))
    if key == "funding":
        _tables(made, [funding_table(option, found), capital_table([option], found, option.id)])
    if key == "mtfs":
        _tables(made, medium_term_tables(option, found))
    if key == "stages":
        _tables(made, [stages_table(found)])
    if key == "placements":
        _tables(made, [needed_of_claims([option], option.id), solved_table(found, [option.id])])
    if key == "payback":
        _charts(made, option, found)
    if key == "cashable" and option.claims:
        _tables(made, [_yearly_of(option, found), claims_table(option, found), gains_table(option, found)])
    if key == "business_as_usual":
        _tables(made, [business_as_usual(found)])
    if key == "value":
        _tables(made, [accounts_by_year(found, [option], 1), real_table(option, found)])


def _yearly_of(option: OptionResult, found: AppraisalResults) -> Table:
    """The year-by-year table that speaks for the option, under the option's own name."""
    groups = alike(found.options, _by_year)
    made = next(table for group, table in zip(groups, yearly(found), strict=True) if option in group)
    return replace(made, caption=f"Children, savings and cost by year: {option.title}", note="")


def _by_year(option: OptionResult) -> object:
    return option.by_year


def _yearly_elsewhere(found: AppraisalResults) -> list[Table]:
    """The year-by-year tables of the options that the financial implications do not show, and that are not nil."""
    shown = [option for option in leads(found) if option.claims]
    return [
        table
        for group, table in zip(alike(found.options, _by_year), yearly(found), strict=True)
        if not any(option in group for option in shown)
        and any(not is_nil(value) for values in group[0].by_year.values() for value in values)
    ]


def _rates_read(found: AppraisalResults) -> Table:
    """The rates used, without conventions, addresses and the names of data files, which the workbook has."""
    table = rates(found)
    rows = tuple(
        replace(row, note="", cells=(*row.cells[:2], Cell(_in_words(row.cells[2].text)), *row.cells[3:]))
        for row in table.rows
        if not row.note.startswith("conventions.")
    )
    return replace(table, rows=rows)


_FILE_NAME, _DAY = re.compile(r"^[a-z]+(_[a-z]+)+, "), re.compile(r"\b\d{4}-\d\d-\d\d\b")


def _in_words(place: str) -> str:
    """`employer_nic, from 2015-04-06` as `From 6 April 2015`."""
    return capital(_DAY.sub(lambda day: day_words(day[0]), _FILE_NAME.sub("", place)))


def _tables(made: Paper, tables: Sequence[Table | None]) -> None:
    for table in tables:
        if table is not None:
            made.table(table)


def _charts(made: Paper, option: OptionResult, found: AppraisalResults) -> None:
    """Cost beside cashable saving, and what they come to year upon year."""
    years, by_year = found.years, option.by_year
    pair = [Series("Cost", by_year["cost"]), Series("Cashable saving", by_year["cashable_saving"])]
    shown = [series for series in pair if not all(map(is_nil, series.values))]
    if shown:
        names = " and ".join(series.name for series in shown).replace("and Cash", "and cash")
        caption = f"{names} by year, in cash: {option.title}"
        made.chart(columns(years, shown), caption, _described(caption, years, shown))
    groups = alike(found.options, lambda each: each.by_year["cumulative_net_position"])
    running = [Series(titles(group), group[0].by_year["cumulative_net_position"]) for group in groups]
    moving = [series for series in running if not all(map(is_nil, series.values))]
    saves = any(each.claims for each in found.options)
    if moving and saves and option is leads(found)[0]:
        caption = f"Cumulative {found.net_name} at the end of each year, in cash"
        made.chart(lines(years, moving), caption, _described(caption, years, moving))


def _described(caption: str, years: Sequence[str], series: Sequence[Series]) -> str:
    """The chart in words, for those who do not see it."""
    each = [
        f"{one.name}: {listed([f'{pounds(value)} in {year}' for value, year in zip(one.values, years, strict=True)])}"
        for one in series
    ]
    return f"Chart. {caption}. {'. '.join(each)}."


def _appendices(made: Paper, found: AppraisalResults) -> None:
    behind = [*posts(found), *_yearly_elsewhere(found)]
    if behind:
        made.heading("Appendix: Figures behind the options", numbered=False, new_page=True)
    for table in behind:
        made.table(table)
    made.heading("Appendix: Assumptions and sources", numbered=False, new_page=not behind)
    if found.case.assumptions:
        table = assumptions(found)
        made.table(table, (50, 28, 13, 13)[: 1 + len(table.columns)])
    answered = leads(found)
    made.table(confidences(found, answered), (16, 50, *((34 / len(answered),) * len(answered))))
    if found.paper.sources:
        made.table(sources(found), (42, 20, 16, 22))
    made.table(_rates_read(found), (20, 20, 26, 19, 15))
    said = answered_for(found.assurance)
    if said.rows:
        made.table(said, (22, 13, 16, 15, 34))
    logs = assurance_tables(found.assurance)
    if logs:
        made.heading("Appendix: Assurance", numbered=False)
        for log in logs:
            if log.id in ("assurance-flags", "assurance-decisions", "assurance-limits"):
                made.table(log)
    _left_out(made, found)


def _left_out(made: Paper, found: AppraisalResults) -> None:
    """What a paper usually has and the case does not state; nothing is made up for it."""
    given = found.paper
    missing = [
        name
        for name, there in (
            ("recommendations", given.recommendations),
            ("purpose", given.purpose),
            ("background", given.background),
            ("monitoring", given.monitoring),
            *((_small(title), given.implications.get(name)) for name, title in IMPLICATIONS.items()),
        )
        if not there
    ]
    if missing:
        made.paragraph(f"The case does not state, so this paper leaves out: {listed(missing)}.", "Normal")
    made.paragraph(
        f"Written by finmodel {found.provenance.finmodel} from {_files(found)}. Every figure is in results.json "
        "and is a live formula in the workbook.",
        "Normal",
    )


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _files(found: AppraisalResults) -> str:
    names = [entry.file for entry in found.provenance.inputs]
    return listed(names) if names else "the case"
