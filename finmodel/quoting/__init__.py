"""Figures as papers print them: forms, intervals, units, the workings that tie them together. Knows no case."""
