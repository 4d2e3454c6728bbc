"""Inputs that were changed in a report's workbook, taken back into a new version of the case."""
