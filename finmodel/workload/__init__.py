"""The recurring workload report: quarters of a service in; page, Word paper, workbook, CSV and JSON out."""
