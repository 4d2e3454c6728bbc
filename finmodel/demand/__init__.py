"""Demand: children looked after on dated days, what would happen without a change, and what is avoided against that."""
