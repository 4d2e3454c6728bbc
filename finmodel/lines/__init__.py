"""The line language: a figure is defined once and read as a value, an Excel formula and an explanation."""
