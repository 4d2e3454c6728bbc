"""Appraisal: the options of a case as lines, weighed against the status quo, and the measures of each."""
