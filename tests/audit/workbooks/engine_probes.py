"""Formulas with the value that arithmetic or Excel's documentation gives them: where engines are believed, and not."""

from __future__ import annotations

import math
from typing import Any

# What the probes read, on sheet S.
CELLS: dict[str, Any] = {
    "A1": "cook", "A2": "nurse", "A3": "cook", "A4": "carer", "A5": "03/04/2025", "A6": "1 April 2025",
    "B1": 36_729.0, "B2": 41_418.0, "B3": 29_572.0, "B4": 33_024.0, "B5": "abc",
    "C1": 0.198, "C2": 12.0, "C3": -2.5, "C4": 7.0,
    "D1": -1_000.0, "D2": 400.0, "D3": 500.0, "D4": 300.0,
    "E1": 45_750.0, "E2": 1.0,  # 3 April 2025; 1 January 1900
}  # fmt: skip

# Each believed function, with its value worked out by hand or by the rule beside it.
RIGHT: dict[str, float | str | bool] = {
    "SUM(B1:B4)": 140_743,
    "IF(B1>B2,1,2)": 2,
    "IFERROR(B1/0,5)": 5,
    'VLOOKUP("nurse",A1:B4,2,FALSE)': 41_418,
    "HLOOKUP(36729,B1:C4,3,FALSE)": 29_572,
    "AND(B1>1,C1<1)": True,
    "OR(B1<1,C1>1)": False,
    "NOT(B1<1)": True,
    "MIN(B1:B4)": 29_572,
    "MAX(B1:B4)": 41_418,
    "AVERAGE(B1:B5)": 140_743 / 4,
    "ROUND(B1*C1,2)": 7_272.34,  # 7,272.342
    "ROUND(C3,0)": -3,  # halves away from nought
    "ROUNDUP(C1,2)": 0.2,
    "ROUNDDOWN(C1,2)": 0.19,
    "TRUNC(C3)": -2,
    "INT(C3)": -3,
    "MOD(C3,2)": 1.5,  # the sign of the divisor
    "ABS(C3)": 2.5,
    "COUNT(A1:B5)": 4,
    "COUNTA(A1:B5)": 10,
    'MATCH("carer",A1:A4,0)': 4,
    "INDEX(B1:C4,2,2)": 12,
    "CHOOSE(2,B1,B2)": 41_418,
    'SUMIF(A1:A4,"cook",B1:B4)': 66_301,
    'SUMIFS(B1:B4,A1:A4,"cook",B1:B4,">30000")': 36_729,
    'COUNTIF(A1:A4,"cook")': 2,
    'COUNTIFS(A1:A4,"cook",B1:B4,">30000")': 1,
    'AVERAGEIF(A1:A4,"cook",B1:B4)': 33_150.5,
    'AVERAGEIFS(B1:B4,A1:A4,"cook")': 33_150.5,
    "PV(0.1,2,-121)": 121 / 1.1 + 121 / 1.21,
    "FV(0.1,2,-100)": 210,
    "PMT(0.1,2,-210)": 121,  # 210 = 121/1.1 + 121/1.21
    "NPV(0.1,D2:D4)": 400 / 1.1 + 500 / 1.21 + 300 / 1.331,
    "NPER(0.1,-121,210)": 2,
    "RATE(2,-121,210)": 0.1,
    "IRR(D1:D4)": 0.0967,  # replaced below by the root
    "SLN(1000,100,9)": 100,
    "SQRT(C4+C2+6)": 5,
    "POWER(C4,2)": 49,
    "EXP(1)": math.e,
    "LN(EXP(2))": 2,
    "PRODUCT(C2,C4)": 84,
    "MEDIAN(C1:C4)": (0.198 + 7) / 2,
    "YEAR(E1)": 2025,
    "MONTH(E1)": 4,
    "DAY(E1)": 3,
    "DATE(2025,4,3)": 45_750,
    "EDATE(E1,1)": 45_780,
    "EOMONTH(E1,0)": 45_777,
    "SUMPRODUCT(C1:C2,D1:D2)": -198 + 4_800,
    "SUMSQ(C3:C4)": 6.25 + 49,
    "SIGN(C3)": -1,
    "ISERROR(B1/0)": True,
    "ISERR(B1/0)": True,
    "ISNUMBER(B5)": False,
    "ISTEXT(B5)": True,
    "ISBLANK(Z9)": True,
    "LARGE(B1:B4,2)": 36_729,
    "SMALL(B1:B4,2)": 33_024,
    "PI()": math.pi,
    "TRUE()": True,
    "FALSE()": False,
}


def _root() -> float:
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        value = -1_000 + 400 / (1 + middle) + 500 / (1 + middle) ** 2 + 300 / (1 + middle) ** 3
        low, high = (middle, high) if value > 0 else (low, middle)
    return low


RIGHT["IRR(D1:D4)"] = _root()

# What at least one of the engines gets wrong, by the form or function that it shows: formula and Excel's value.
WRONG: dict[str, tuple[str, float | str]] = {
    "worked-out-cell-by-cell": ("SUMPRODUCT(--ISNUMBER(B1:B5))", 4),
    "LOOKUP": ('LOOKUP(2,1/(A1:A6="cook"),B1:B6)', 29_572),
    "number-joined-to-text": ('"a"&1/3', "a0.333333333333333"),
    "ranges-of-unequal-size": ('SUMIF(A1:A4,"cook",B1)', 66_301),
    "criterion-that-empty-cells-meet": ('COUNTIF(A1:A50,"<>cook")', 48),
    "look-up-of-the-nearest": ("MATCH(1E+306,C1:C50)", 4),
    "text-as-number": ("A5+30", 45_780),
    "date-before-march-1900": ("DATE(1900,2,29)", 60),
    "DATEVALUE": ("DATEVALUE(A5)", 45_750),
    "VALUE": ('VALUE("£1,250.50")', 1_250.5),
}
