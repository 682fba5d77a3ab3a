"""The tables of practices and of mentions as Parquet, for data frames; several values are lists."""

from __future__ import annotations

from typing import Any

from privagraph.errors import MissingDependencyError
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.policies import policies_of
from privagraph.queries.export.practice_tables import MENTIONS, PRACTICES, Table
from privagraph.queries.export.source import Source

__all__ = ["write"]


def write(source: Source, output: Output) -> Written:
    """Write the table of practices; into a folder, the table of mentions too.

    Raises:
        MissingDependencyError: Polars is not installed.
    """
    tables = (PRACTICES, MENTIONS) if output.folder else (PRACTICES,)
    rows = 0
    for table, name in zip(tables, output.format.files, strict=False):
        frame = _frame(source, table)
        with output.open(name) as stream:
            frame.write_parquet(stream)
        rows += frame.height
    return Written(rows=rows)


def _frame(source: Source, table: Table) -> Any:  # a polars.DataFrame, which need not be installed
    try:
        import polars
    except ImportError as error:
        raise MissingDependencyError("polars", "Parquet", "run: pip install 'privagraph[parquet]'") from error
    kinds = {str: polars.String, int: polars.Int64, float: polars.Float64}
    schema = {column.name: kinds.get(column.kind) or polars.List(polars.String) for column in table.columns}
    rows = [dict(row) for policy in policies_of(source) for row in table.rows(policy)]
    return polars.DataFrame(rows, schema=schema)
