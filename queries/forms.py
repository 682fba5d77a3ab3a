"""The rows of an answer for documents, pages, notebooks and data frames: Markdown, HTML and Parquet.

Markdown and HTML show what the table for terminals shows: CURIEs for IRIs, labels beside them. Nothing is cut; words of
policies are escaped, so that they make no markup and no link. Parquet holds the values themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from typing import IO

from markupsafe import Markup, escape

from privagraph.errors import MissingDependencyError
from privagraph.ontology.shown import markdown_table
from privagraph.queries.tables import cell, folded, is_number
from privagraph.queries.values import Iri

__all__ = ["html_page", "html_table", "html_text", "markdown", "write_parquet"]

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 1.5rem auto; padding: 0 1rem; max-width: 90rem; font: 1rem/1.5 system-ui, sans-serif; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.92rem; }
th, td { padding: 0.35rem 0.7rem; border-bottom: 1px solid #8886; text-align: start; vertical-align: top; }
th { position: sticky; top: 0; background: Canvas; white-space: nowrap; }
td { max-width: 36rem; overflow-wrap: anywhere; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
td code { white-space: nowrap; }
"""


def markdown(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a table in Markdown.

    Args:
        columns: The names of the columns.
        rows: The values.

    Returns:
        The lines, each with its end.
    """
    columns, rows = folded(columns, rows)
    right = [number for number in range(len(columns)) if _is_numeric(rows, number)]
    return markdown_table(columns, ([cell(value) for value in row] for row in rows), right=right)


def html_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, limit: int | None = None) -> str:
    """Rows as a table in HTML, without a page around it.

    Args:
        columns: The names of the columns.
        rows: The values.
        limit: The most rows to show; what is left out is counted in a line below.
    """
    names, shown = folded(columns, list(islice(rows, limit)))
    numeric = {number for number in range(len(names)) if _is_numeric(shown, number)}
    head = Markup().join(Markup('<th scope="col">{}</th>').format(name) for name in names)
    body = Markup("\n").join(
        Markup("<tr>{}</tr>").format(
            Markup().join(_cell(value, number=index in numeric) for index, value in enumerate(row))
        )
        for row in shown
    )
    table = Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n").format(
        head, body
    )
    left = len(rows) - len(shown)
    more = f"{left:,} more {'row' if left == 1 else 'rows'}"
    return table + Markup("<p>and {}</p>\n").format(more) if left else table


def html_page(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a page that needs nothing besides itself.

    Args:
        title: The heading.
        columns: The names of the columns.
        rows: The values.
    """
    count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{escape(title)}</h1>\n<p>{count}</p>\n<div class="table" tabindex="0">\n'
        f"{html_table(columns, rows)}</div>\n</body>\n</html>\n"
    )


def html_text(text: str) -> str:
    """A text in HTML that shows it as it is."""
    return Markup("<pre>{}</pre>\n").format(text)


def write_parquet(columns: Sequence[str], rows: Sequence[Sequence[object]], stream: IO[bytes]) -> None:
    """Rows as an Apache Parquet file; a column that mixes types becomes text.

    Raises:
        MissingDependencyError: Polars is not installed.
    """
    try:
        import polars
    except ImportError as exc:
        raise MissingDependencyError("polars", "Parquet", "run: pip install 'privagraph[parquet]'") from exc
    series = [polars.Series(name, _plain([row[index] for row in rows])) for index, name in enumerate(columns)]
    polars.DataFrame(series).write_parquet(stream)


def _plain(values: Sequence[object]) -> list[object]:
    """The values of a column, of one type besides None; IRIs are text, decimal numbers binary ones."""
    made = [
        str(each) if isinstance(each, Iri) else float(each) if isinstance(each, Decimal) else each
        for each in values
    ]
    types = {*map(type, made)} - {type(None)}
    if types == {int, float}:
        return [each if each is None else float(each) for each in made]  # type: ignore[arg-type]  # as the types say
    if len(types) < 2:
        return made
    return [each if each is None else cell(each) for each in made]


def _cell(value: object, *, number: bool) -> Markup:
    if isinstance(value, Iri):
        return Markup('<td><code title="{}">{}</code></td>').format(value, cell(value))
    return Markup('<td class="number">{}</td>' if number else "<td>{}</td>").format(cell(value))


def _is_numeric(rows: Sequence[Sequence[object]], column: int) -> bool:
    """Whether a column holds numbers alone, and any."""
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(map(is_number, values))
