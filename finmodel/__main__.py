"""`python -m finmodel`."""

from finmodel.cli import main

main()
