"""Two versions of a case: what changed, what moved, and whether results still come out."""
