"""Levers of the page in real Chromium: the same figures as Python's, said plainly, kept, reset, printed, and no more."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from msgspec.structs import replace
from page_cases import INPUTS, appraisal, appraisal_of, forecast, page
from small_cases import Data

from finmodel.appraisal.appraise import Appraisal, appraise, write_model
from finmodel.appraisal.scenarios import settings_in
from finmodel.appraisal.settings import Setting, changes_of, settings_of
from finmodel.audit.adopting.setting import with_settings
from finmodel.case import load_case
from finmodel.document.html import write_html
from finmodel.document.parts import Markup
from finmodel.document.templating import templates_folder
from finmodel.lines.display import number, plain_number, pounds, short_pounds, signed_pounds
from finmodel.lines.evaluate import evaluate
from finmodel.report.page import page as document_of
from finmodel.report.page import render_page
from finmodel.report.page_levers import levers_of_page
from finmodel.report.public_copy import public_page
from finmodel.results.appraised import results
from finmodel.results.published import published

WOLVERHAMPTON, CHILDREN = "wolverhampton-2015", "options.peripatetic.benefits.fewer-in-care.children_stated"
LATE = "options.peripatetic.delay_months"
BAR, MORE = "#levers > details > summary", "#levers .more > summary"
TEXTS = """() => [...document.querySelectorAll(
  'main [data-text], #answer figure svg text, #answer .legend span, #answer .legend b')].map(each => each.textContent).sort()"""
DRAWN = """() => [...document.querySelectorAll('#answer figure svg')].map(svg => [...svg.querySelectorAll('polyline')]
  .map(line => line.getAttribute('points').split(/[ ,]/).map(Number)))"""
FIGURES = """() => [...document.querySelectorAll('[data-figure]')].map(each =>
  [each.dataset.figure, Number(each.dataset.period ?? 0), each.dataset.value])"""
MOVE = """(moves) => { const all = finmodelLevers;
  all.levers.forEach(lever => all.move(lever, moves[lever.address] ?? lever.shown)); all.show(); }"""


@pytest.fixture(scope="module")
def opened(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Opens the page of a case as a file, without a network; each page once, as its paper states it again."""
    windows: dict[str, Any] = {}
    said: list[str] = []

    def open_page(name: str) -> Any:
        if name not in windows:
            file = tmp_path_factory.mktemp("page") / "report.html"
            file.write_text(page(name), encoding="utf-8")
            window = browser.new_page(viewport={"width": 1280, "height": 800}, offline=True)
            window.on("pageerror", lambda error: said.append(f"{error}"))
            window.on("console", lambda message: said.append(message.text))
            window.goto(file.as_uri())
            windows[name] = window
        windows[name].evaluate(MOVE, {})
        return windows[name]

    yield open_page
    for window in windows.values():
        window.close()
    assert said == []


def expected(made: Appraisal, settings: list[Setting], figures: list[list[Any]]) -> list[float | None]:
    """What Python gives of figures, where inputs are set as `finmodel report --set` sets them."""
    addresses = list(dict.fromkeys(address for address, _, _ in figures))
    replaced = {address: values[:, None] for address, values in changes_of(settings).items()}
    found = evaluate(made.written.model, replaced, keep=addresses)
    return [found.figures(address)[period] for address, period, _ in figures]


def settings_from(made: Appraisal, scenario: str) -> list[Setting]:
    """What a copied scenario sets."""
    given = [(each["input"], f"{each['figure']}") for each in yaml.safe_load(scenario)["scenarios"][0]["set"]]
    found = [setting for _, _, setting in settings_of(made.written.model, given)]
    assert all(isinstance(each, Setting) for each in found), found
    return [each for each in found if isinstance(each, Setting)]


def same(shown: str, wanted: float | None) -> bool:
    return (
        shown == "" if wanted is None else shown != "" and abs(float(shown) - wanted) <= max(1e-9 * abs(wanted), 1e-6)
    )


@pytest.mark.parametrize("name", [WOLVERHAMPTON, "darlington-2010", "example-2026"])
def test_every_figure_is_what_python_finds_with_the_same_inputs(opened: Any, name: str) -> None:
    window, made, random = opened(name), appraisal(name), np.random.default_rng(16)
    levers = window.evaluate("finmodelLevers.levers.map(({slider, address}) => [address, slider.min, slider.max])")
    assert 6 <= len(levers) <= 12
    for _ in range(3):
        moves = {
            address: round(float(random.uniform(float(low), float(high))), 3)
            for address, low, high in levers
            if random.random() < 0.6
        }
        moves |= {address: round(value) for address, value in moves.items() if address.endswith("delay_months")}
        window.evaluate(MOVE, moves)
        figures = window.evaluate(FIGURES)
        settings = settings_from(made, window.evaluate("finmodelLevers.scenario()"))
        assert len(settings) >= len(moves)
        wanted = expected(made, settings, figures)
        assert [
            (figure, value) for figure, value in zip(figures, wanted, strict=True) if not same(figure[2], value)
        ] == [], moves
        assert len(figures) > 10


@pytest.mark.parametrize("name", [WOLVERHAMPTON, "darlington-2010", "example-2026", "forecast"])
def test_with_nothing_moved_every_text_and_line_is_drawn_as_it_stands(opened: Any, name: str) -> None:
    window = opened(name)
    stated, lines = window.evaluate(TEXTS), window.evaluate(DRAWN)
    assert len(stated) > 20
    window.evaluate("finmodelLevers.model.run(); finmodelLevers.again()")
    assert window.evaluate(TEXTS) == stated
    for before, after in zip(lines, window.evaluate(DRAWN), strict=True):
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            assert np.allclose(one, other, atol=0.11)
    window.evaluate("finmodelLevers.show()")
    assert window.evaluate(TEXTS) == stated


def test_no_text_of_the_answer_is_left_that_cannot_follow() -> None:
    """Of the shipped cases every key figure, and every cell of the options table, can be shown again."""
    for name in (WOLVERHAMPTON, "darlington-2010", "example-2026"):
        html = page(name)
        keys = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", html.partition("</dl>\n<")[0], re.S)
        table = html.partition('<table id="options-table"')[2].partition("</table>")[0]
        fixed = [cell for cell in re.findall(r"<td>(.*?)</td>", table) if not cell.startswith("<bdi ")]
        assert [cell for cell in fixed if " cases each" not in cell] == []  # of a caseload, which is set aside
        assert [
            text for label, text in keys if label.startswith(("It ", "So, ", "Base", "To ")) and "<bdi" not in text
        ] == []


def test_the_three_questions_are_each_one_move(opened: Any) -> None:
    """Eight children at £40,000 for four years save £1.28m; at £60,000 thirteen save 13 × £60,000 × 4 = £3.12m."""
    window = opened(WOLVERHAMPTON)
    window.locator(BAR).click()
    cells = window.locator("#options-table tbody tr")

    def moved(address: str, value: str) -> None:
        window.evaluate(MOVE, {})
        window.locator(f'[data-address="{address}"]').fill(value)
        window.locator("#what-if").wait_for()

    moved(CHILDREN, "8")
    assert cells.nth(1).locator("td").all_inner_texts() == ["£1,280,000"] * 3
    assert window.locator("#what-if").inner_text().count("8 children (paper: 13 children)") == 1
    moved("placements.average.unit_cost", "60000")
    assert cells.nth(1).locator("td").all_inner_texts() == ["£3,120,000"] * 3
    moved(LATE, "6")
    row = window.locator("#what-if-1 tbody tr")
    texts = {each[0]: each[1:] for each in (re.split(r"\s*\t\s*", line) for line in row.all_inner_texts())}
    assert texts["With your changes"] == texts["Six months late"] != texts["As stated"]
    window.locator("#levers .reset-all").click()
    assert not window.locator("#what-if").is_visible()
    window.locator(BAR).click()


def test_the_three_questions_move_all_that_the_what_if_table_moves(opened: Any) -> None:
    """Where children and price are stated by several inputs, each is one lever that shows what a meeting speaks of."""
    window, made = opened("example-2026"), appraisal("example-2026")
    forecast, price = "options.team.measures.forecast_children", "options.team.benefits.entries.cost_of_a_child"
    asked = {each.id: each.inputs for each in results(made).uncertainty.what_if}  # type: ignore[union-attr]
    window.evaluate("document.querySelector('#levers details').open = true")
    for address, value, said, inputs in (
        (forecast, 8.0, "8 children, not 6.7", asked["two-fewer-children"]),
        (price, 60_000.0, "£60,000 a placement, not £112,478", asked["price-lower"]),
        ("options.team.delay_months", 6.0, "6 months late", asked["six-months-late"]),
    ):
        window.evaluate(MOVE, {})
        window.locator(f'[data-address="{address}"]').fill(f"{value:g}")
        window.locator("#levers .moves", has_text=said).wait_for()
        settings = settings_from(made, window.evaluate("finmodelLevers.scenario()"))
        assert {each.line.address for each in settings} == set(inputs)
        assert same(f"{value}", expected(made, settings, [[address, 0, ""]])[0])  # the figure is what was asked for
        figures = window.evaluate(FIGURES)
        wrong = [
            figure
            for figure, value in zip(figures, expected(made, settings, figures), strict=True)
            if not same(figure[2], value)
        ]
        assert wrong == []
    assert window.locator("#what-if .later").is_visible()


ASKED = {  # by what `--set` is given, the levers of the page that are moved
    "example-2026": {
        "children=8": ("options.team.measures.forecast_children", 8),
        "price=£60k": ("options.team.benefits.entries.cost_of_a_child", 60_000),
        "late=6": ("options.team.delay_months", 6),
    },
    WOLVERHAMPTON: {
        "children=8": (CHILDREN, 8),
        "price=60000": ("placements.average.unit_cost", 60_000),
        "late=3": (LATE, 3),
    },
    "darlington-2010": {"late=3": ("options.proposal.delay_months", 3)},
}


@pytest.mark.parametrize("name", ASKED)
def test_a_question_in_the_terminal_is_the_scenario_that_the_page_copies(opened: Any, name: str) -> None:
    """Each by itself and all at once, to the penny, and to the thousandth of a child."""
    window, made = opened(name), appraisal(name)
    for texts in (*([each] for each in ASKED[name]), list(ASKED[name])):
        window.evaluate(MOVE, dict(ASKED[name][each] for each in texts))
        settings = settings_from(made, window.evaluate("finmodelLevers.scenario()"))
        copied = evaluate(
            made.written.model, {address: each[:, None] for address, each in changes_of(settings).items()}
        )
        asked = appraise(with_settings(made.loaded, texts))
        assert [each.input for each in asked.case.what_if] == [each.partition("=")[0] for each in texts]
        for line in made.written.model:
            assert np.allclose(asked.results[line.address], copied[line], rtol=0, atol=0.001, equal_nan=True), (
                line.address
            )


def test_a_question_is_asked_of_what_a_named_lever_leaves(browser: Any, tmp_path: Path) -> None:
    """Ten children set to 20, and the question halving all: 20 × ½, and the other option's six × ½."""
    quick, slow = (f"options.{option}.benefits.fewer.children_stated" for option in ("quick", "slow"))
    made = appraisal_of(forecast(levers=[quick]))
    (tmp_path / "report.html").write_text(render_page(made), encoding="utf-8")
    window = browser.new_page(offline=True)
    window.goto((tmp_path / "report.html").as_uri())
    question = "options.quick.measures.forecast_children"
    half = made.results.figures(question)[0] / 2  # type: ignore[operator]
    window.evaluate(MOVE, {quick: 20, question: half})
    settings = settings_from(made, window.evaluate("finmodelLevers.scenario()"))
    assert {each.line.address: round(each.figure, 9) for each in settings} == {quick: 10, slow: 3}
    figures = window.evaluate(FIGURES)
    assert all(map(same, (value for _, _, value in figures), expected(made, settings, figures)))
    window.close()


def test_the_strip_keeps_the_papers_figure_beside_the_new_one(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    window.evaluate(MOVE, {CHILDREN: 8, LATE: 6})
    strip = window.locator(".strip").inner_text().replace("\n", " ").replace("\u200d", "")
    assert strip.startswith("What if: 8 children, not 13; 6 months late Net, if it came about −£723k (paper −£15k)")
    assert strip.endswith("Children needed while it runs 13.2 (paper 13.1)")  # their average falls, to 11.5 of 13.1
    window.evaluate(MOVE, {"options.peripatetic.posts.social-workers.fte": 0})
    assert window.locator(".verdict").first.inner_text() == "It costs nothing, so no saving has to repay it."
    assert window.locator(".verdict").last.inner_text() == "13 is enough."


SHORT = {  # at £40,000 the paper's team takes 13.1, so 14; see the strip
    0: "0 is 14 children short.",
    1: "1 is 13 children short.",
    8: "8 is 6 children short.",
    12.5: "12.5 is 1.5 children short.",
    13: "13 is 1 child short.",
    13.05: "13.1 is 0.9 children short.",
    13.1: "13.1 is enough.",  # 13.0959 would do
    14: "14 is enough.",
    16: "16 is 2 more than enough.",
}


@pytest.mark.parametrize("children", SHORT)
def test_the_headline_says_how_many_children_are_short_of_what_it_takes(opened: Any, children: float) -> None:
    window = opened(WOLVERHAMPTON)
    gap = window.locator(".verdict.only-what-if")
    assert not gap.is_visible()
    window.evaluate(MOVE, {CHILDREN: children})
    assert window.locator(".verdict").first.inner_text().startswith("It takes 14 children fewer in care")
    assert gap.inner_text() == SHORT[children]


def test_the_headline_says_the_gap_when_another_lever_is_moved_and_none_where_there_is_no_answer(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    gap = window.locator(".verdict.only-what-if")
    window.evaluate(MOVE, {LATE: 6})
    assert gap.inner_text() == "13 is 1 child short."
    window.evaluate(MOVE, {"placements.average.unit_cost": 0})
    assert gap.inner_text() == "No number is enough."


def test_one_of_a_unit_is_one(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    window.evaluate(MOVE, {CHILDREN: 1, LATE: 1})
    assert window.locator("#levers .moves").inner_text() == "1 child, not 13; 1 month late"
    assert "Children fewer in care: 1 child (paper: 13 children)" in window.locator("#what-if").inner_text()


def test_the_rows_of_the_what_if_table_are_marked_as_the_papers(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    rows = window.locator("#what-if-1 tbody tr th")
    window.evaluate(MOVE, {CHILDREN: 8})
    marked = rows.evaluate_all("all => all.map(each => [each.innerText, each.classList.contains('set-aside')])")
    assert [text for text, aside in marked if not aside] == ["With your changes"]
    assert len(marked) > 6
    window.evaluate(MOVE, {})
    assert rows.nth(1).evaluate("each => getComputedStyle(each, '::before').content") == "none"


def test_a_slider_has_few_steps_one_of_them_the_papers_figure(opened: Any) -> None:
    """A step is two pixels or more on a phone, where a slider is 160 wide, and round: 1, 2 or 5 of a power of ten."""
    window = opened("example-2026")
    sliders = window.evaluate("finmodelLevers.levers.map(({slider: {min, max, step}}) => [min, max, step].map(Number))")
    for low, high, step in sliders:
        assert (high - low) / step <= 80
        assert f"{step:e}"[:8] in ("1.000000", "2.000000", "5.000000")
    first = window.locator("#levers .lever").first
    window.evaluate("document.querySelector('#levers details').open = true")
    for slid, now in ((8, 8), (7, 7), (6.5, 6.7), (6, 6)):  # the paper's 6.7 in the place of 6.5
        first.locator("[type=range]").evaluate(
            "(each, to) => { each.value = to; each.dispatchEvent(new Event('input')); }", slid
        )
        assert float(first.locator("[type=number]").input_value()) == now
    first.locator("[type=number]").fill("6.6")
    assert window.evaluate("finmodelLevers.levers[0].now") == 6.6


def test_the_first_three_levers_are_shown_and_a_link_opens_the_others(opened: Any) -> None:
    window = opened("example-2026")
    window.evaluate("document.querySelector('#levers details').open = true")
    assert window.locator(".lever:visible").count() == 3
    window.locator(MORE).click()
    assert window.locator(".lever:visible").count() == 11
    window.locator(MORE).click()
    window.evaluate(MOVE, {"on_costs.employer_pension": 25})
    window.goto(window.evaluate("finmodelLevers.link()"))
    assert window.locator('[data-address="on_costs.employer_pension"]').is_visible()


def test_whatever_is_not_worked_out_again_is_set_aside(opened: Any) -> None:
    """In the first part no figure stands that is neither live, nor set aside, nor said to be as stated."""
    window = opened("example-2026")
    left = """() => { const found = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) { const at = walk.currentNode.parentElement;
        if (/£|[0-9]\\.[0-9]/.test(walk.currentNode.data) && at.closest('#answer, #options') && at.checkVisibility()
          && !at.closest('[data-text], .set-aside, #what-if, .what-if tbody, .legend, svg')) found.push(walk.currentNode.data); }
      return found; }"""
    window.evaluate(MOVE, {"options.team.delay_months": 6})
    assert window.evaluate(left) == []
    assert window.locator(".set-aside").count() > 3
    assert window.evaluate("getComputedStyle(document.querySelector('.set-aside'), '::before').content") == '"Paper: "'
    assert window.locator("#annex > p.only-what-if").is_visible()


def test_paper_prints_the_papers_figures_unless_the_what_if_is_asked_for(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    stated = window.evaluate(TEXTS)
    window.evaluate(MOVE, {CHILDREN: 8})
    what_if = window.evaluate(TEXTS)
    assert what_if != stated
    window.emulate_media(media="print")
    window.locator("#what-if").wait_for(state="hidden")
    assert window.evaluate(TEXTS) == stated
    assert not window.locator("#levers").is_visible()
    window.emulate_media(media="screen")
    window.locator("#what-if").wait_for()
    assert window.evaluate(TEXTS) == what_if
    window.evaluate("document.getElementById('print-what-if').checked = true")
    window.emulate_media(media="print")
    assert window.evaluate(TEXTS) == what_if
    assert window.locator("#what-if").is_visible()
    window.emulate_media(media="screen")
    window.evaluate("document.getElementById('print-what-if').checked = false")


def test_a_link_sets_the_levers_and_says_what_it_cannot(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    window.evaluate(MOVE, {CHILDREN: 8, LATE: 3})
    link, figures = window.evaluate("finmodelLevers.link()"), window.evaluate(FIGURES)
    assert link.endswith(f"#try:{CHILDREN}=8&{LATE}=3")
    other = window.context.browser.new_page()
    other.goto(link)
    assert other.evaluate(FIGURES) == figures
    other.goto(f"{link}&options.nobody=3&{LATE}=many")
    assert "options.nobody=3" in other.locator("#levers .done").inner_text()
    assert f"{LATE}=many" in other.locator("#levers .done").inner_text()
    other.close()


def test_a_copied_scenario_stands_in_the_case(opened: Any, tmp_path: Path) -> None:
    window = opened(WOLVERHAMPTON)
    window.evaluate(MOVE, {CHILDREN: 8, "placements.average.unit_cost": 60_000})
    figures = [each for each in window.evaluate(FIGURES) if each[0] == "options.peripatetic.cumulative_net_position"]
    shutil.copytree(INPUTS / WOLVERHAMPTON, tmp_path / "case")
    file = tmp_path / "case" / "case.yaml"
    with file.open("a", encoding="utf-8") as case:
        case.write("\n" + window.evaluate("finmodelLevers.scenario()"))
    loaded = load_case(tmp_path / "case")
    settings = list(settings_in(write_model(loaded.case, loaded.places).model, loaded.case.scenarios[-1]))
    assert same(figures[0][2], expected(appraisal(WOLVERHAMPTON), settings, figures[:1])[0])


def test_what_an_input_cannot_be_is_not_taken(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    window.evaluate("document.querySelectorAll('#levers details').forEach(each => { each.open = true; })")
    share = window.locator("[data-address$='.cashable']")
    share.fill("250")
    assert not window.locator("#what-if").is_visible()  # it is 100% as stated, and stays so
    assert share.get_attribute("aria-invalid") == "true"
    assert "from 0% to 100%" in window.locator("#levers .done").inner_text()
    share.press("Tab")
    assert share.input_value() == "100"
    assert share.get_attribute("aria-invalid") is None
    late = window.locator(f'[data-address="{LATE}"]')
    late.fill("2.6")
    late.press("Tab")
    assert late.input_value() == "3"
    assert "the nearest possible is 3" in window.locator("#levers .done").inner_text()


def test_where_the_model_refuses_a_figure_the_page_says_so_and_shows_none(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    window.evaluate(
        "window.run = finmodelLevers.model.run; finmodelLevers.model.run = (changed) => {"
        " if (changed) throw new RangeError('a division by zero'); window.run({}); }; 0"
    )
    window.evaluate(MOVE, {CHILDREN: 8})
    assert "there is no answer: a division by zero" in window.locator("#what-if").inner_text()
    assert set(window.locator("#options-table td").all_inner_texts()) == {"–"}
    window.evaluate("finmodelLevers.model.run = window.run; 0")
    window.evaluate(MOVE, {})
    assert not window.locator("#what-if").is_visible()


def test_a_move_is_announced_once_it_has_come_to_rest(opened: Any) -> None:
    window = opened(WOLVERHAMPTON)
    for children in (9, 8):
        window.evaluate(MOVE, {CHILDREN: children})
    window.locator(".announced", has_text="Net, if it came about −\u200d£815k").wait_for(state="attached")
    assert "Net, if it came about −\u200d£815k (paper −\u200d£15k)" in window.locator(
        ".announced"
    ).inner_text().replace("\n", " ")
    assert window.locator(".announced").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_with_levers_moved(opened: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = opened(WOLVERHAMPTON)
    window.set_viewport_size({"width": width, "height": 844})
    window.evaluate("document.querySelectorAll('.derivation').forEach(each => each.replaceChildren('As above'))")
    window.evaluate("document.querySelector('#levers details').open = true")
    window.evaluate(MOVE, {CHILDREN: 8, LATE: 6})
    found = Axe().run(window).response
    assert found["passes"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.set_viewport_size({"width": 1280, "height": 800})


def test_no_other_script_runs_and_without_any_the_page_is_as_before(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    injected = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\"></body>"
    file.write_text(page(WOLVERHAMPTON).replace("</body>", injected), encoding="utf-8")
    window = browser.new_page(offline=True)
    window.goto(file.as_uri())
    assert window.title().startswith("Investing to save")
    assert window.locator("#levers").is_visible()
    window.close()
    quiet = browser.new_context(java_script_enabled=False, offline=True).new_page()
    quiet.goto(file.as_uri())
    for hidden in ("#levers", "#what-if", ".only-what-if"):
        assert not quiet.locator(hidden).first.is_visible()
    quiet.context.close()


def test_figures_are_written_as_everywhere_else(opened: Any) -> None:
    window, random = opened(WOLVERHAMPTON), np.random.default_rng(3)
    values = [0.0, -0.0, 0.5, 1.5, 2.5, -0.4, 1.005, 2.675, 0.045, 999.5, 999_499.999, 1e15, 1e-9, -1e-7, 12_345_678.5]
    values += (10.0 ** random.uniform(-3, 9, 300) * random.choice([-1, 1], 300)).tolist()
    values += (random.integers(-(10**6), 10**6, 200) / 200).tolist()  # with halves
    forms = {
        "pounds": pounds,
        "short": short_pounds,
        "signed": signed_pounds,
        "0": number,
        "1": lambda value: number(value, 1),
        "2": lambda value: number(value, 2),
        "plain": lambda value: plain_number(value, 1),
    }
    for form, write in forms.items():
        written = window.evaluate(
            "([form, values]) => values.map(each => finmodelLevers.forms[form](each))", [form, values]
        )
        assert [each.replace("\u200d", "") for each in written] == [write(value) for value in values], form


def yearly() -> Data:
    """A price whose inflation differs by year, which moves the answer."""
    made = forecast(inflation={"care": ["1%", "4%", "2%", "3%"]}, price_base="2014/15")
    made["placements"]["care"]["inflation"] = "care"
    made["levers"] = []
    return made


def test_a_yearly_profile_moves_in_proportion_and_names_its_last_year() -> None:
    made = appraisal_of(yearly())
    levers = levers_of_page(made, results(made))
    assert levers is not None
    (lever,) = [each for each in levers.levers if each.inputs[0].periods]
    assert (lever.value, lever.moves) == (0.03, "in proportion")
    assert "2018/19, other years in proportion" in lever.note
    assert [name for name, _ in lever.inputs[0].periods] == ["2015/16", "2016/17", "2017/18", "2018/19"]


MOST_BYTES = {WOLVERHAMPTON: 60_000, "example-2026": 100_000}


@pytest.mark.parametrize("name", MOST_BYTES)
def test_levers_take_little_room(name: str) -> None:
    """All of it: script, rules, panel, marks, and their part of the style sheet, which every page has."""
    made = appraisal(name)
    found = results(made)
    document = document_of(found)
    sizes = [
        len(write_html(replace(document, levers=levers), lambda _: Markup("")).encode())
        for levers in (levers_of_page(made, found), None)
    ]
    style = (templates_folder() / "page.css").read_text(encoding="utf-8").partition("/* Levers:")[2]
    assert 20_000 < sizes[0] - sizes[1] + len(style) <= MOST_BYTES[name]


@pytest.mark.parametrize("name", ["oxfordshire-2014", "blackburn-2011", "bradford-2018-looked-after"])
def test_a_case_without_options_has_no_levers(name: str) -> None:
    html = page(name)
    assert "<script" not in html
    assert 'id="levers"' not in html


def test_the_copy_to_publish_has_no_levers() -> None:
    made = appraisal_of(forecast(exempt=[{"of": "options.quick.costs.team", "reason": "Commercial."}]))
    html = public_page(published(made)).decode()
    assert "<script" not in html
    assert "data-figure" not in html
    assert "levers-data" not in html
