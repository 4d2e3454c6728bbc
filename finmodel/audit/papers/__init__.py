"""What a council paper prints: which of its figures follow from the others."""
