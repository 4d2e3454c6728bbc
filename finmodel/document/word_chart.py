"""Charts of Word's own, as the XML that Word draws them from; their values are those of `results.json`."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from finmodel.document.chart_shapes import TwoSided
from finmodel.document.word_table import seen

_COLOURS = ("1F3864", "E07B39", "2E7D6B", "8E44AD", "B8860B", "5D6D7E")
_LOW, _HIGH = "68737A", "14506E"  # sides of bars, as the page has them
_BESIDE_LABELS = (  # parts of the chart: its field right of long labels, the legend below
    '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    '<c:x val="0.42"/><c:y val="0.03"/><c:w val="0.54"/><c:h val="0.8"/></c:manualLayout></c:layout>'
)
_DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash")
_STRONG, _THIN = 38_100, 15_875  # widths of lines, in English Metric Units: 3 pt and 1.25 pt
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
POUNDS, COUNT = "£#,##0;−£#,##0", "#,##0"  # formats of the amounts at the axis


class Series(Struct, frozen=True):
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
    return _chart(body, _axes(f'<c:max val="{bounds[1]!r}"/><c:min val="{bounds[0]!r}"/>', format_of))


def two_sided(bars: TwoSided, format_of: str = POUNDS) -> bytes:
    """Bars to either side of a base, the first on top: the low side plain, the high side hatched."""
    looks = (
        f'<a:solidFill><a:srgbClr val="{_LOW}"/></a:solidFill>',
        f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{_HIGH}"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/>'
        f'</a:bgClr></a:pattFill><a:ln w="{_THIN}"><a:solidFill><a:srgbClr val="{_HIGH}"/></a:solidFill></a:ln>',
    )
    drawn = "".join(
        f'{_name_of(number, side.name)}<c:spPr>{looks[number]}</c:spPr><c:invertIfNegative val="0"/>'
        f"{_points(bars.labels, side.ends, format_of)}</c:ser>"
        for number, side in enumerate((bars.low, bars.high))
    )
    body = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{drawn}<c:gapWidth val="45"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    )
    return _chart(body, _axes("", format_of, bars.base), _BESIDE_LABELS)


def _stroke(number: int, strong: bool) -> str:
    return (
        f'<c:spPr><a:ln w="{_STRONG if strong else _THIN}"><a:solidFill><a:srgbClr val="{_COLOURS[number % 6]}"/>'
        f'</a:solidFill><a:prstDash val="{"solid" if strong else _DASHES[number % 6]}"/></a:ln></c:spPr>'
        '<c:marker><c:symbol val="circle"/></c:marker>'
    )


def _series(number: int, series: Series, periods: Sequence[str], format_of: str) -> str:
    return (
        f"{_name_of(number, series.name)}{_stroke(number, series.strong)}{_points(periods, series.values, format_of)}"
        '<c:smooth val="0"/></c:ser>'
    )


def _name_of(number: int, name: str) -> str:
    """The beginning of a series: its number, and what a legend calls it."""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>Series{number}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{_text(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _points(labels: Sequence[str], figures: Sequence[float | None], format_of: str) -> str:
    """The values of a series, and what each is of."""
    names = "".join(f'<c:pt idx="{place}"><c:v>{_text(label)}</c:v></c:pt>' for place, label in enumerate(labels))
    values = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(figures) if value is not None
    )
    return (
        f'<c:cat><c:strLit><c:ptCount val="{len(labels)}"/>{names}</c:strLit></c:cat>'
        f'<c:val><c:numLit><c:formatCode>{escape(format_of)}</c:formatCode><c:ptCount val="{len(figures)}"/>'
        f"{values}</c:numLit></c:val>"
    )


def _text(text: str) -> str:
    return escape(seen(text))


def _axes(bounds: str, format_of: str, base: float | None = None) -> str:
    """The axis of what the values are of, and that of the values. base: of bars that lie, where they begin."""
    grid = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>'
    lies = base is not None
    begin = f'<c:crossesAt val="{base!r}"/>' if lies else '<c:crosses val="autoZero"/>'
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if lies else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lies else "b"}"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>'
        f'<c:crossAx val="2"/>{begin}</c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{bounds}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"b" if lies else "l"}"/><c:majorGridlines>{grid}</c:majorGridlines>'
        f'<c:numFmt formatCode={quoteattr(format_of)} sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{"high" if lies else "low"}"/>'
        f'<c:crossAx val="1"/><c:crosses val="{"max" if lies else "autoZero"}"/></c:valAx>'
    )


def _chart(body: str, axes: str, layout: str = "<c:layout/>") -> bytes:
    font = '<a:latin typeface="Arial"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_SPACES}><c:lang val="en-GB"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f"{layout}{body}{axes}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">{font}</a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p>'
        "</c:txPr></c:chartSpace>"
    ).encode()
