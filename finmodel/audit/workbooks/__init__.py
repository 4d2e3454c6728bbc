"""Workbooks that have been through many hands: recalculated, compared with the model, and checked."""
