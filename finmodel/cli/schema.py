"""`finmodel schema`: the JSON Schema of what finmodel writes."""

from __future__ import annotations

import click

from finmodel.cli.streams import say_data


@click.command()
@click.argument("of", type=click.Choice(["results", "public-results"]))
def schema(of: str) -> None:
    """Print the JSON Schema of OF: `results`, the file results.json; `public-results`, that of a copy to publish."""
    from finmodel.results.json_schema import public_schema, results_schema, schema_text  # noqa: PLC0415 - heavy: NumPy

    say_data(schema_text(results_schema() if of == "results" else public_schema()).removesuffix("\n"))
