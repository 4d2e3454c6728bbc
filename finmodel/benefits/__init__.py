"""Benefits: placements avoided, and how much of the saving is claimed."""
