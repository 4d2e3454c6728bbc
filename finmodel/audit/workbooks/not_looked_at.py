"""What an audit of a workbook does not look at, by name, so that nobody takes its silence for an answer."""

from __future__ import annotations

NOT_LOOKED_AT = (
    "what comments, messages of validation rules and links outside the workbook say",
    "fonts, letter sizes and colours within the chart beyond whether they can be read",
    "bold, italic, borders, fills, fonts and widths beyond whether figures can be read; where they differ it is noted",
    "margins, paper and page breaks",
    "which cell and sheet are chosen when the file is opened, how far it is scrolled, the size and place of the window",
    "what may be changed or chosen: protection of the workbook and of sheets, filters that hide no row",
    "properties of the file other than its title, its preview picture, and comments on names",
    "whether addresses are written as A1 or R1C1",
    "what the chart's frame carries: alternative text, links, macros, whether it is printed; turned letters in it",
    "named styles, where the cell itself says how it looks",
    "how wide letters are in a font that is not on the reader's computer",
)
