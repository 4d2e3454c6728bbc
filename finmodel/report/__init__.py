"""Reports: the workbook, the page, the JSON. Layout only, no sums."""
