"""Papers made for the tests of the workbook: every kind of printed figure, every function, every verdict."""

from __future__ import annotations

import random
from typing import Any

from finmodel.audit.papers.verification import Verification
from finmodel.audit.papers.verify import verify_paper
from finmodel.quoting.paper_file import paper_from_data

Data = dict[str, Any]
HEADING = {"authority": "A Council", "title": "Workloads", "date": "2020-02-29"}
PRINTED = {
    "cost": ("£500,000", "£"),
    "price": ("£40,000", "£ per child"),
    "children": ("thirteen", "children"),
    "saving": ("£0.7m", "£"),
    "rate": ("46.2", "per 10,000"),
    "twelfth": ("12%", "%"),
    "agency": ("about 70", "people"),
    "cases": ("over 600", "cases"),
    "least": ("at least 20", "cases"),
    "budget": ("up to £1,100", "£"),
    "change": ("-3.5", "points"),
    "span": ("14-16", "months"),
    "half": ("half", "%"),
    "one_in_four": ("1 in 4", "%"),
    "workers": ("22.5", "FTE"),
    "nothing": ("0", "points"),
}


def paper(figures: Data, workings: list[Data], implied: list[Data] | None = None) -> Verification:
    """A paper of these figures and workings, verified."""
    data = {"paper": HEADING, "figures": figures, "workings": workings, "implied": implied or []}
    return verify_paper(paper_from_data(data))


def figure(printed: str, unit: str, **more: Any) -> Data:
    return {"printed": printed, "unit": unit, "where": "paragraph 1", "label": f"Printed {printed}"} | more


FIGURES = {name: figure(printed, unit) for name, (printed, unit) in PRINTED.items()}


def of_every_kind() -> Verification:
    """Every verdict, by workings whose answers are told beside them."""
    workings = [
        {"figure": "children", "equals": "break_even(cost, price)"},  # 500 / 40 = 12.5, so 13
        {"figure": "saving", "equals": "children * price"},  # 13 x 40,000 = 520,000: not 0.7m
        {"figure": "rate", "equals": "rate_per_10000(children, 2810)"},  # 46.263: 46.3, printed cut off to 46.2
        {"figure": "workers", "cannot": "The hours worked are not printed."},
        {"figure": "price", "equals": "cost / 12.4"},  # 40,322: 40,000 if rounded to the nearest 1,000 or more
        {"figure": "twelfth", "equals": "share(children, 108)", "why": "12.04%."},
        {"figure": "budget", "equals": "cost / cases"},  # 0 to 833: up to 1,100
        {"figure": "cases", "equals": "least * workers"},  # 450 and more
    ]
    implied = [
        {
            "name": "residents",
            "unit": "children",
            "ways": ["children / rate * 10000", "cost / price * 225"],
            "why": "One.",
        },
        {"name": "apart", "unit": "£", "ways": ["cost", "saving * 2", "price / nothing"]},
    ]
    return paper(FIGURES, workings, implied)


def at_random(seed: int, many: int) -> Verification:
    """Workings at random over figures of every kind, held against a figure to which few come near."""
    dice = random.Random(seed)
    figures = {name: figure(text.strip("£%").replace(" £", " "), "points") for name, (text, _) in PRINTED.items()}
    workings = [{"figure": "result", "equals": f"nothing + {_working(dice, 3)}"} for _ in range(many)]
    figures["result"] = figure("46.2", "points")
    return paper(figures, workings)


def _working(dice: random.Random, depth: int) -> str:
    if depth == 0 or dice.random() < 0.15:
        return dice.choice([*PRINTED, "2", "0.25", "10%", "1000"])
    one, two, three = (_working(dice, depth - 1) for _ in range(3))
    return dice.choice(
        [
            f"({one} + {two})", f"({one} - {two})", f"{one} * {two}", f"({one}) / ({two})", f"-({one})",
            f"sum({one}, {two}, {three})", f"average({one}, {two})", f"share({one}, {two})",
            f"remaining_share({one}, {two})", f"growth({one}, {two})", f"break_even({one}, {two})",
            f"ceiling({one})", f"floor({one})", f"rounded({one})", f"minimum({one}, {two}, {three})",
            f"maximum({one}, {two})", f"stock({one}, {two}, {three})", f"weighted_average({one}, {two}, {three}, 2)", f"any_of({one}, {two})",
        ]
    )  # fmt: skip
