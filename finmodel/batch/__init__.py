"""Many cases in one run: found, worked out wherever there is room, each kept, and all laid out in one table."""
