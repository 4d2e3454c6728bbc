"""The command line: thin commands over functions that a notebook can call."""

from __future__ import annotations

import click

from finmodel import __version__
from finmodel.cli.commands import Commands
from finmodel.cli.outermost import CommandLine


@click.group(cls=CommandLine, commands=Commands(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="finmodel")
def main() -> None:
    """Invest-to-save appraisal for English councils' children's services.

        Posts are priced by pay grade, set against avoided placements of looked-after children, and the options are laid
    side by side, every figure explained down to its source.

    Exit codes: 0 done, 1 problems in the inputs, 2 wrong usage, or it could not be done. Of audit, reproduce and
    verify: 0 it holds, 1 it does not hold, 2 it could not be done.
    """
