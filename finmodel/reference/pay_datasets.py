"""The data sets of other pay scales, pensions, allowances and redundancy: what each file holds and must satisfy."""

from __future__ import annotations

from finmodel.reference import series
from finmodel.reference.columns import STATUS, choice, day, number, or_blank, text, whole
from finmodel.reference.dataset import Dataset

_SALARY = number("annual_salary_gbp", 10_000, 150_000)

PAY_DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "glpc_pay_spine",
        "london",
        "London pay spine",
        "Greater London Provincial Council pay: six points named in job adverts, 2025/26, worked back to 2023/24.",
        (
            day("year_from"),
            choice("area", "inner London", "outer London"),
            whole("scp", 1, 60),
            _SALARY,
            or_blank(number("hourly_rate_gbp", 5, 80)),
            STATUS,
        ),
        ("year_from", "area", "scp"),
        missing="All other points: no full table could be opened.",
    ),
    Dataset(
        "soulbury",
        "soulbury",
        "Soulbury pay scales",
        "Educational improvement professionals, psychologists and youth service managers, from September.",
        (day("date_from"), text("scale"), whole("point", 1, 60), _SALARY, STATUS),
        ("date_from", "scale", "point"),
        missing="Psychologists 2022 to 2025; trainees and assistants.",
    ),
    Dataset(
        "jnc_youth",
        "youth",
        "Youth and community workers' pay",
        "Joint Negotiating Committee scales by range and point, from September 2021, 2022 and 2023.",
        (day("date_from"), choice("range", "professional", "support worker"), whole("point", 1, 40), _SALARY, STATUS),
        ("date_from", "range", "point"),
        missing="Pay from September 2024 and 2025.",
    ),
    Dataset(
        "nhs_afc",
        "nhs",
        "NHS Agenda for Change",
        "Pay in England by band and step; posts that a council funds and the NHS employs.",
        (day("date_from"), text("band"), choice("step", "all", "entry", "intermediate", "top"), _SALARY, STATUS),
        ("date_from", "band", "step"),
        missing="High-cost area supplements; some bands before 2025/26.",
    ),
    Dataset(
        "teachers_pay",
        "teachers",
        "Teachers' pay",
        "Main, upper and unqualified ranges in four areas, from September 2024 and 2025.",
        (day("date_from"), text("pay_range"), text("point"), text("area"), _SALARY, STATUS),
        ("date_from", "pay_range", "point", "area"),
        missing="The award of September 2026.",
    ),
    Dataset(
        "allowances",
        "allowances",
        "Allowances",
        "London allowances, sleep-in, enhancements of two councils, mileage and the national living wage.",
        (
            text("item"),
            text("scheme"),
            or_blank(day("from_date")),
            number("value", 0, 10_000),
            text("unit"),
            STATUS,
        ),
        ("item", "scheme", "from_date"),
        missing="The NJC sleep-in rate.",
    ),
    Dataset(
        "public_service_pension_rates",
        "other-pensions",
        "Teachers' and NHS pension schemes, employers' rates",
        "Percent of pay by date, with the administration levy and what the employer itself pays.",
        (
            choice("scheme", "NHS Pension Scheme", "Teachers' Pension Scheme"),
            day("from_date"),
            or_blank(day("to_date")),
            number("employer_rate_percent_of_pay", 0, 60),
            number("administration_levy_percent", 0, 1),
            number("total_percent_of_pay", 0, 60),
            number("paid_by_employer_percent", 0, 60),
            STATUS,
        ),
        ("scheme", "from_date"),
        (series.dated("scheme"),),
        "The rates of both schemes from 1 April 2027.",
    ),
    Dataset(
        "redundancy_week_pay_cap",
        "redundancy",
        "Statutory redundancy, cap on a week's pay",
        "The most that counts as a week's pay in statutory redundancy, Great Britain, by date of redundancy.",
        (
            day("from_date"),
            or_blank(day("to_date")),
            number("weeks_pay_cap_gbp", 200, 2_000),
            number("maximum_statutory_payment_gbp", 5_000, 60_000),
        ),
        ("from_date",),
        (series.dated(),),
        "Councils' own policies: many pay the actual week's pay.",
    ),
    Dataset(
        "oncost_rates",
        "on-costs",
        "On-cost rates seen",
        "What councils add to pay, as printed, and what the statutory parts come to at two salaries in five councils.",
        (text("organisation"), or_blank(text("year")), text("item"), number("value", 0, 200_000), text("unit")),
        ("organisation", "year", "item", "unit"),
        missing="Any council's notional on-cost percentage for business cases.",
    ),
)
