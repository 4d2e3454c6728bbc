"""What may stand where in the parts of a workbook, after ECMA-376, part 1, 18 (sml.xsd), and what known writers add.

One line an element: its children in their order, its attributes, and whether it holds text. Marks of a child:
`*` any number, else one; `!` in the standard, but neither finmodel writes it nor does a program add it on saving, so
that it is read and reported; `#` the same, and not looked into. `~` before the children: in any order, for writers
disagree. An attribute with `!` is reported as well.

Seen in 785 workbooks that Excel saved, of eleven public collections; see docs/audit.md.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_SPREADSHEET = f"{_MICROSOFT}spreadsheetml/"
_2009, _2010 = f"{_SPREADSHEET}2009/9/main", f"{_SPREADSHEET}2010/11/main"
_MAC = f"{_MICROSOFT}mac/excel/2008/main"
MACRO_SHEET = f"{_MICROSOFT}excel/2006/main macrosheet"  # a sheet of old macros, whose cells are of the main namespace
SPACE = "http://www.w3.org/XML/1998/namespace space"

_LINES = """
workbook | fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups# externalReferences definedNames calcPr oleSize# customWorkbookViews# pivotCaches smartTagPr smartTagTypes# webPublishing fileRecoveryPr* webPublishObjects# extLst | conformance
fileVersion | | appName lastEdited lowestEdited rupBuild codeName
fileSharing | | readOnlyRecommended userName reservationPassword algorithmName hashValue saltValue spinCount
workbookPr | | date1904 dateCompatibility showObjects showBorderUnselectedTables filterPrivacy promptedSolutions showInkAnnotation backupFile saveExternalLinkValues updateLinks codeName hidePivotFieldList showPivotChartFilter allowRefreshQuery publishItems checkCompatibility autoCompressPictures refreshAllConnections defaultThemeVersion
workbookProtection | | workbookPassword workbookPasswordCharacterSet revisionsPassword revisionsPasswordCharacterSet lockStructure lockWindows lockRevision revisionsAlgorithmName revisionsHashValue revisionsSaltValue revisionsSpinCount workbookAlgorithmName workbookHashValue workbookSaltValue workbookSpinCount
bookViews | workbookView* |
workbookView | extLst | visibility minimized showHorizontalScroll showVerticalScroll showSheetTabs xWindow yWindow windowWidth windowHeight tabRatio firstSheet activeTab autoFilterDateGrouping
sheets | sheet* |
sheet | | name sheetId state
externalReferences | externalReference* |
externalReference | |
definedNames | definedName* |
definedName | | name comment customMenu description help statusBar localSheetId hidden function vbProcedure xlm functionGroupId shortcutKey publishToServer workbookParameter | text
calcPr | | calcId calcMode fullCalcOnLoad refMode iterate iterateCount iterateDelta fullPrecision calcCompleted calcOnSave concurrentCalc concurrentManualCount forceFullCalc
pivotCaches | pivotCache* |
pivotCache | | cacheId
smartTagPr | | embed show
webPublishing | | css thicket longFileNames vml allowPng targetScreenSize dpi codePage characterSet
fileRecoveryPr | | autoRecover crashSave dataExtractLoad repairLoad
worksheet | sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges# scenarios# autoFilter sortState dataConsolidate# customSheetViews# mergeCells phoneticPr conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties# cellWatches# ignoredErrors smartTags# drawing legacyDrawing legacyDrawingHF# drawingHF# picture# oleObjects# controls# webPublishItems# tableParts! extLst |
sheetPr | tabColor outlinePr pageSetUpPr | syncHorizontal syncVertical syncRef transitionEvaluation! transitionEntry! published codeName filterMode enableFormatConditionsCalculation
tabColor color fgColor bgColor | | auto indexed rgb theme tint
outlinePr | | applyStyles summaryBelow summaryRight showOutlineSymbols
pageSetUpPr | | autoPageBreaks fitToPage
dimension | | ref
sheetViews | sheetView* extLst |
sheetView | pane selection* pivotSelection#* extLst | windowProtection showFormulas showGridLines showRowColHeaders showZeros rightToLeft tabSelected showRuler showOutlineSymbols defaultGridColor showWhiteSpace view topLeftCell colorId zoomScale zoomScaleNormal zoomScaleSheetLayoutView zoomScalePageLayoutView zoomToFit workbookViewId
pane | | xSplit ySplit topLeftCell activePane state
selection | | pane activeCell activeCellId sqref
sheetFormatPr | | baseColWidth defaultColWidth defaultRowHeight customHeight zeroHeight thickTop thickBottom outlineLevelRow outlineLevelCol
cols | col* |
col | | min max width style hidden bestFit customWidth phonetic outlineLevel collapsed
sheetData | row* |
row | c* extLst# | r spans s customFormat ht hidden customHeight outlineLevel collapsed thickTop thickBot ph!
c | f v is extLst# | r s t cm! vm! ph!
f | | t aca ref dt2D! dtr! del1! del2! r1! r2! ca si bx! | text
v | | | text
is si | t r!* rPh!* phoneticPr |
t | | | text
r | rPr t |
rPr | ~rFont* charset* family* b* i* strike* outline* shadow* condense* extend* color* sz* u* vertAlign* scheme* |
rFont name charset family b i strike outline shadow condense extend sz u vertAlign scheme | | val
rPh | t | sb eb
phoneticPr | | fontId type alignment
sheetCalcPr | | fullCalcOnLoad
sheetProtection | | password algorithmName hashValue saltValue spinCount sheet objects scenarios formatCells formatColumns formatRows insertColumns insertRows insertHyperlinks deleteColumns deleteRows selectLockedCells sort autoFilter pivotTables selectUnlockedCells
autoFilter | filterColumn* sortState extLst | ref
filterColumn | ~filters top10 customFilters dynamicFilter colorFilter iconFilter extLst | colId hiddenButton showButton
filters | filter* dateGroupItem* | blank calendarType
filter | | val
dateGroupItem | | year month day hour minute second dateTimeGrouping
top10 | | top percent val filterVal
customFilters | customFilter* | and
customFilter | | operator val
dynamicFilter | | type val valIso maxVal maxValIso
colorFilter | | dxfId cellColor
iconFilter | | iconSet iconId
sortState | sortCondition* extLst | columnSort caseSensitive sortMethod ref
sortCondition | | descending sortBy ref customList dxfId iconSet iconId
mergeCells | mergeCell* | count
mergeCell | | ref
conditionalFormatting | cfRule* extLst | pivot sqref
cfRule | formula* colorScale dataBar iconSet extLst | type dxfId priority stopIfTrue aboveAverage percent bottom operator text timePeriod rank stdDev equalAverage
formula formula1 formula2 | | | text
colorScale | cfvo* color* |
dataBar | cfvo* color | minLength maxLength showValue
iconSet | cfvo* | iconSet showValue percent reverse
cfvo | extLst | type val gte
dataValidations | dataValidation* | disablePrompts xWindow yWindow count
dataValidation | formula1 formula2 | type errorStyle imeMode operator allowBlank showDropDown showInputMessage showErrorMessage errorTitle error promptTitle prompt sqref
hyperlinks | hyperlink* |
hyperlink | | ref location tooltip display
printOptions | | horizontalCentered verticalCentered headings gridLines gridLinesSet
pageMargins | | left right top bottom header footer
pageSetup | | paperSize paperHeight paperWidth scale firstPageNumber fitToWidth fitToHeight pageOrder orientation usePrinterDefaults blackAndWhite draft cellComments useFirstPageNumber errors horizontalDpi verticalDpi copies
headerFooter | oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter | differentOddEven differentFirst scaleWithDoc alignWithMargins
oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter | | | text
rowBreaks colBreaks | brk* | count manualBreakCount
brk | | id min max man pt
ignoredErrors | ignoredError* extLst |
ignoredError | | sqref evalError twoDigitTextYear numberStoredAsText formula formulaRange unlockedFormula emptyCellReference listDataValidation calculatedColumn
drawing legacyDrawing externalReference tablePart | |
tableParts | tablePart* | count
sst | si* extLst | count uniqueCount
styleSheet | numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst |
numFmts | numFmt* | count
numFmt | | numFmtId formatCode
fonts | font* | count
font | ~name charset family b i strike outline shadow condense extend color sz u vertAlign scheme |
fills | fill* | count
fill | patternFill gradientFill |
patternFill | fgColor bgColor | patternType
gradientFill | stop* | type degree left right top bottom
stop | color | position
borders | border* | count
border | ~start end left right top bottom diagonal vertical horizontal | diagonalUp diagonalDown outline
start end left right top bottom diagonal vertical horizontal | color | style
cellStyleXfs cellXfs | xf* | count
xf | alignment protection extLst | numFmtId fontId fillId borderId xfId quotePrefix pivotButton applyNumberFormat applyFont applyFill applyBorder applyAlignment applyProtection
alignment | | horizontal vertical textRotation wrapText indent relativeIndent justifyLastLine shrinkToFit readingOrder
protection | | locked hidden
cellStyles | cellStyle* | count
cellStyle | extLst | name xfId builtinId iLevel hidden customBuiltin
dxfs | dxf* | count
dxf | font numFmt fill alignment border protection extLst |
tableStyles | tableStyle* | count defaultTableStyle defaultPivotStyle
tableStyle | tableStyleElement* | name pivot table count
tableStyleElement | | type size dxfId
colors | indexedColors mruColors |
indexedColors | rgbColor* |
rgbColor | | rgb
mruColors | color* |
table | autoFilter sortState tableColumns tableStyleInfo extLst | id name displayName comment ref tableType headerRowCount insertRow insertRowShift totalsRowCount totalsRowShown published headerRowDxfId dataDxfId totalsRowDxfId headerRowBorderDxfId tableBorderDxfId totalsRowBorderDxfId headerRowCellStyle dataCellStyle totalsRowCellStyle connectionId
tableColumns | tableColumn* | count
tableColumn | calculatedColumnFormula totalsRowFormula xmlColumnPr extLst | id uniqueName name totalsRowFunction totalsRowLabel queryTableFieldId headerRowDxfId dataDxfId totalsRowDxfId headerRowCellStyle dataCellStyle totalsRowCellStyle
calculatedColumnFormula totalsRowFormula | | array | text
xmlColumnPr | extLst | mapId xpath denormalized xmlDataType
tableStyleInfo | | name showFirstColumn showLastColumn showRowStripes showColumnStripes
"""  # noqa: E501 - one line an element

# Attributes of other namespaces, and the elements on which known programs write them; an empty set is any element.
_RELATED = frozenset(
    "sheet externalReference pivotCache drawing legacyDrawing pageSetup hyperlink tablePart".split()  # noqa: SIM905
)
FOREIGN_ATTRIBUTES: dict[str, frozenset[str]] = {
    **{f"{space} id": _RELATED for space in RELATIONS},
    f"{_COMPATIBILITY} Ignorable": frozenset({"workbook", "worksheet", "styleSheet", "sst", "table"}),
    f"{_COMPATIBILITY} PreserveAttributes": frozenset({"worksheet"}),  # Excel 2011 for the Mac
    SPACE: frozenset({"t", "v", "f", "definedName", "formula", "formula1", "formula2", "oddHeader", "oddFooter",
                      "evenHeader", "evenFooter", "firstHeader", "firstFooter"}),
    f"{_SPREADSHEET}2009/9/ac dyDescent": frozenset({"row", "sheetFormatPr"}),
    f"{_SPREADSHEET}2009/9/ac knownFonts": frozenset({"fonts"}),
    f"{_SPREADSHEET}2018/08/main misleadingFormat": frozenset({"ignoredError"}),
    f"{_SPREADSHEET}2014/revision uid": frozenset(),
    f"{_SPREADSHEET}2015/revision2 uid": frozenset(),
    f"{_SPREADSHEET}2016/revision3 uid": frozenset(),
}  # fmt: skip

# Elements of other namespaces by the element that they stand in, and what may be inside of them.
_PATH = f"{_SPREADSHEET}2010/11/ac absPath"
FOREIGN_ELEMENTS: dict[tuple[str, str], frozenset[str]] = {
    ("workbook", f"{_COMPATIBILITY} AlternateContent"): frozenset({f"{_COMPATIBILITY} Choice", _PATH}),
    ("workbook", f"{_SPREADSHEET}2014/revision revisionPtr"): frozenset(),
}

# Extensions by the element whose list they are in and by their name, and what may be inside of them.
_VALIDATION = frozenset(
    {f"{_2009} dataValidations", f"{_2009} dataValidation", f"{_2009} formula1", f"{_2009} formula2",
     f"{_MICROSOFT}excel/2006/main f", f"{_MICROSOFT}excel/2006/main sqref"}
)  # fmt: skip
EXTENSIONS: dict[tuple[str, str], frozenset[str]] = {
    ("workbook", "{140A7094-0E35-4892-8432-C4D2E57EDEB5}"): frozenset({f"{_2010} workbookPr"}),
    ("workbook", "{79F54976-1DA5-4618-B147-4CDE4B953A38}"): frozenset({f"{_2009} workbookPr"}),
    ("workbook", "{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}"): frozenset(
        {f"{_SPREADSHEET}2018/calcfeatures calcFeatures", f"{_SPREADSHEET}2018/calcfeatures feature"}
    ),
    ("workbook", "{D14903EA-33C4-47F7-8F05-3474C54BE107}"): frozenset(
        {f"{_SPREADSHEET}2024/workbookCompatibilityVersion version"}
    ),
    ("workbook", "{7523E5D3-25F3-A5E0-1632-64F254C22452}"): frozenset({f"{_MAC} ArchID"}),
    ("workbook", _MAC): frozenset({f"{_MAC} ArchID"}),
    ("workbook", "{7626C862-2A13-11E5-B345-FEFF819CDC9F}"): frozenset({"http://schemas.libreoffice.org/ extCalcPr"}),
    ("worksheet", "{64002731-A6B0-56B0-2670-7721B7C09600}"): frozenset({f"{_MAC} PLV"}),
    ("worksheet", _MAC): frozenset({f"{_MAC} PLV"}),
    ("worksheet", "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"): _VALIDATION,
    ("styleSheet", "{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}"): frozenset({f"{_2009} slicerStyles"}),
    ("styleSheet", "{9260A510-F301-46a8-8635-F512D64BE5F5}"): frozenset({f"{_2010} timelineStyles"}),
}


class Child(Struct, frozen=True):
    """An element inside another: its definition, its place in the order, whether it may be doubled or is reported."""

    name: str
    place: int
    many: bool
    reported: bool
    closed: bool
    bit: int = 1  # its own among the children of one element


class Element(Struct, frozen=True):
    """What may stand in an element of the main namespace."""

    children: dict[str, Child]
    attributes: frozenset[str]
    reported: frozenset[str]
    text: bool


@cache
def elements() -> dict[str, Element]:
    """Every element by its name."""
    found: dict[str, Element] = {}
    for line in _LINES.strip().splitlines():
        names, children, attributes, *text = (part.strip() for part in line.split("|"))
        words = attributes.split()
        in_order = not children.startswith("~")
        element = Element(
            {child.name: child for child in _children(children.lstrip("~"), in_order)},
            frozenset(word.rstrip("!") for word in words),
            frozenset(word[:-1] for word in words if word.endswith("!")),
            bool(text and text[0]),
        )
        found.update(dict.fromkeys(names.split(), element))
    return found


def _children(text: str, in_order: bool) -> list[Child]:
    return [
        Child(
            word.rstrip("*!#"),
            place if in_order else 0,
            "*" in word,
            "!" in word or "#" in word,
            "#" in word,
            1 << place,
        )
        for place, word in enumerate(text.split())
    ]
