"""Caseload and capacity: cases and workers of teams, posts that a target takes, weights, shares, spans, flows."""
