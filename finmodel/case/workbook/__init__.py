"""A case as an Excel workbook: one description of its sheets, by which it is written and read."""
