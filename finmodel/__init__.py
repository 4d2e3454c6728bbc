"""finmodel: invest-to-save appraisal for English councils' children's services."""

__version__ = "0.1.0"
