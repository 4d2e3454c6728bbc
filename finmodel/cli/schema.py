"""`finmodel schema`: the JSON Schema of what finmodel writes."""

from __future__ import annotations

import click

from finmodel.cli.streams import say_data


@click.command()
@click.argument("of", type=click.Choice(["results"]))
def schema(of: str) -> None:
    """Print the JSON Schema of OF: `results`, the file results.json."""
    from finmodel.results.json_schema import results_schema_text  # noqa: PLC0415 - heavy: NumPy

    say_data(results_schema_text().removesuffix("\n"))
