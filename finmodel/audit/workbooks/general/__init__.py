"""General checks for any workbook, in the spirit of the ICAEW Financial Modelling Code and the FAST Standard."""
