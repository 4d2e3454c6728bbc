"""Files to values that know their place: YAML, CSV, numbers, dates, and every problem in words. Knows no case."""
