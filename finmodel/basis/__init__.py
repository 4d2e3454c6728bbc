"""What every subject stands on: the case's figures and the published rates as input lines, and price levels."""
