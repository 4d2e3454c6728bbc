"""`finmodel schema`: the JSON Schema of what finmodel writes."""

from __future__ import annotations

import click

from finmodel.cli.streams import say_data


@click.command()
@click.argument("of", type=click.Choice(["results", "public-results", "uncertainty"]))
def schema(of: str) -> None:
    """Print the JSON Schema of OF: `results`, the file results.json; `public-results`, that of a copy to publish;
    `uncertainty`, the file uncertainty.json that `simulate` writes.
    """
    from finmodel.results import json_schema  # noqa: PLC0415 - heavy: NumPy

    made = {
        "results": json_schema.results_schema,
        "public-results": json_schema.public_schema,
        "uncertainty": json_schema.uncertainty_schema,
    }
    say_data(json_schema.schema_text(made[of]()).removesuffix("\n"))
