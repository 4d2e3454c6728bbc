"""Charts of Word's own, as the XML that Word draws them from; their values are those of `results.json`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from finmodel.document.word_table import seen

_COLOURS = ("1F3864", "E07B39", "2E7D6B", "8E44AD", "B8860B", "5D6D7E")
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash")
_STRONG, _THIN = 38_100, 15_875  # widths of lines, in English Metric Units: 3 pt and 1.25 pt
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
POUNDS, COUNT = "£#,##0;−£#,##0", "#,##0"  # formats of the amounts at the axis


@dataclass(frozen=True, slots=True)
class Series:
    """What a legend calls it, a value a period, and whether it is the line that matters."""

    name: str
    values: Sequence[float | None]  # None where there is none, which leaves a gap in the line
    strong: bool = False


def running(
    periods: Sequence[str], series: Sequence[Series], bounds: tuple[float, float], format_of: str = POUNDS
) -> bytes:
    """A line for each series on a scale of these bounds; lines differ in dashes and in colour."""
    drawn = "".join(_series(number, each, periods, format_of) for number, each in enumerate(series))
    body = (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{drawn}<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>'
    )
    return _chart(body, f'<c:max val="{bounds[1]!r}"/><c:min val="{bounds[0]!r}"/>', format_of)


def _stroke(number: int, strong: bool) -> str:
    return (
        f'<c:spPr><a:ln w="{_STRONG if strong else _THIN}"><a:solidFill><a:srgbClr val="{_COLOURS[number % 6]}"/>'
        f'</a:solidFill><a:prstDash val="{"solid" if strong else _DASHES[number % 6]}"/></a:ln></c:spPr>'
        '<c:marker><c:symbol val="circle"/></c:marker>'
    )


def _series(number: int, series: Series, periods: Sequence[str], format_of: str) -> str:
    names = "".join(f'<c:pt idx="{place}"><c:v>{_text(period)}</c:v></c:pt>' for place, period in enumerate(periods))
    values = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
        for place, value in enumerate(series.values)
        if value is not None
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>Series{number}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{_text(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{_stroke(number, series.strong)}"
        f'<c:cat><c:strLit><c:ptCount val="{len(periods)}"/>{names}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>{escape(format_of)}</c:formatCode><c:ptCount val="{len(series.values)}"/>'
        f'{values}</c:numLit></c:val><c:smooth val="0"/></c:ser>'
    )


def _text(text: str) -> str:
    return escape(seen(text))


def _chart(body: str, bounds: str, format_of: str) -> bytes:
    grid = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
    axes = (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{bounds}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorGridlines>{grid}</c:majorGridlines>'
        f'<c:numFmt formatCode={quoteattr(format_of)} sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )
    font = '<a:latin typeface="Arial"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_SPACES}><c:lang val="en-GB"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{body}{axes}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{font}</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p>'
        "</c:txPr></c:chartSpace>"
    ).encode()
