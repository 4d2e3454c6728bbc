"""Paragraphs on value for money and on what business as usual costs."""

from __future__ import annotations

from typing import Any

from finmodel.lines.display import number, percent, pounds
from finmodel.report.answer import claims_a_saving
from finmodel.report.wording import is_same, listed, sentence, years_shown

Found = dict[str, Any]


def value_for_money(option: Found, found: Found) -> tuple[str, ...]:
    """The net present value with its basis and at other rates; then what all bodies gain, where that differs."""
    measures, value = option["measures"], option["measures"]["net_present_value"]
    if value is None:
        return ()
    basis = found["present_value_basis"]
    sentences = [f"The net present value is {pounds(value)}. Its basis: {basis[:1].lower()}{basis[1:]}"]
    if measures["benefit_cost_ratio"] is not None and claims_a_saving(option):
        ratio = number(measures["benefit_cost_ratio"], 2)
        sentences.append(f"Each pound of cost brings £{ratio} of cashable saving, in present values.")
    return (" ".join([*sentences, *_at_other_rates(option, found)]), _to_the_public(option))


def _at_other_rates(option: Found, found: Found) -> list[str]:
    """The same at the current Green Book schedule and at a flat real rate, where they can be given."""
    measures, said = option["measures"], []
    current, flat = measures["net_present_value_at_green_book"], measures["net_present_value_at_3"]
    if current is not None:
        said.append(f"At the rates of the current Green Book it is {pounds(current)}.")
    if flat is not None:
        said.append(f"At a flat real rate of {percent(_flat_rate(found))} a year it is {pounds(flat)}.")
    return said


def _flat_rate(found: Found) -> float:
    line = found["lines"]["discounting.flat_rate"]
    rate: float = line["value"] if "value" in line else line["values"][0]
    return rate


def _to_the_public(option: Found) -> str:
    """The value whoever gains, cash or not; silent where it is this council's cash alone."""
    public = option["value_for_money"]
    value = public["net_present_value"]
    if value is None or is_same([value, option["measures"]["net_present_value"]]):
        return ""
    return (
        f"Counting what every body saves, whether it releases cash or not, the net present value is {pounds(value)}. "
        "That is value to the public and not this council’s money."
    )


def business_as_usual_itself(found: Found) -> tuple[str, ...]:
    """What business as usual costs and saves in itself, or that the case prices nothing for it."""
    given = found.get("business_as_usual")
    if not given:
        return ()
    amounts = [f"{pounds(given['cost']['total'])} of cost"] if given["priced"] else []
    if given["cashable_saving"] is not None:
        amounts.append(f"{pounds(given['cashable_saving']['total'])} of cashable saving")
    if not amounts:
        return (f"{given['title']}. {sentence(given['note'])}",)
    over = years_shown(found["years"])
    return (f"{given['title']}: {listed(amounts)} in cash over {over}. {sentence(given['note'])}",)
