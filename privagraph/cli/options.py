"""Command-line options that several commands share, defined once.

Each is a decorator for a click command; the value arrives under the name in its docstring.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "CONFIDENCE",
    "DAY",
    "base_option",
    "filter_options",
    "format_option",
    "graph_option",
    "on_option",
    "output_file_option",
]

_F = TypeVar("_F", bound=Callable[..., object])


class _Confidence(click.FloatRange):
    """A number from 0 to 1; the message says so, whatever else was given."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:  # the value as click hands it over
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.fail(f"{value!r} is not a number from 0 to 1, such as 0.5.", param, ctx)
        return number


CONFIDENCE = _Confidence()
"""The type of options that take a confidence."""


class _Day(click.DateTime):
    """A day of the calendar; the message says how one is written."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # the value as click hands it over
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; write YYYY-MM-DD.", param, ctx)


DAY = _Day()
"""The type of options that take a day."""


def graph_option(function: _F) -> _F:
    """``--graph``: the graph to work on, as ``graph: str``."""
    return click.option(
        "--graph",
        "-g",
        required=True,
        metavar="GRAPH",
        help="The graph: a folder or file that `privagraph map` wrote, or the address of a SPARQL server.",
    )(function)


def on_option(function: _F) -> _F:
    """``--date``: the versions of policies that are in force on a day, as ``on: date | None``."""
    return click.option(
        "--date",
        "on",
        type=DAY,
        callback=lambda _context, _option, value: None if value is None else value.date(),
        metavar="YYYY-MM-DD",
        help="Take the versions of policies that are in force on this day.",
    )(function)


def output_file_option(function: _F) -> _F:
    """``--output``: a file to write instead of standard output, as ``output: Path | None``."""
    return click.option(
        "--output",
        "-o",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write to FILE instead of standard output.",
    )(function)


def filter_options(*, polarity_default: str) -> Callable[[_F], _F]:
    """Which practices count, as ``policies: tuple[str, ...]``, ``data``, ``purpose``, ``recipient`` and ``polarity``.

    Args:
        polarity_default: What polarity is taken when none is given, for the help.

    Returns:
        The decorator.
    """
    options = (
        click.option(
            "--policy",
            "policies",
            multiple=True,
            metavar="NAME",
            help="Only this policy, by file name, title or IRI; can be given more than once.",
        ),
        click.option(
            "--data", metavar="CONCEPT", help="Only practices about this category of data, or a narrower one."
        ),
        click.option(
            "--purpose", metavar="CONCEPT", help="Only practices for this purpose, or a narrower one."
        ),
        click.option(
            "--recipient",
            metavar="NAME",
            help="Only practices in which this organisation or kind of recipient gets data.",
        ),
        click.option(
            "--polarity",
            type=click.Choice(("affirmed", "denied", "both"), case_sensitive=False),
            help="Only what policies say that they do, or that they do not do.  "
            f"[default: {polarity_default}]",
        ),
    )

    def decorated(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorated


def format_option(formats: Sequence[str], *, default: str) -> Callable[[_F], _F]:
    """``--format``: one of the given names, as ``format_: str``.

    Args:
        formats: The names that the command knows.
        default: The one that is taken when the option is not given.

    Returns:
        The decorator.
    """
    return click.option(
        "--format",
        "-f",
        "format_",
        type=click.Choice(formats, case_sensitive=False),
        default=default,
        show_default=True,
        help="How to write the answer.",
    )


def base_option(function: _F) -> _F:
    """``--base``: the IRI under which policies and agents are named, as ``base: str``."""
    from privagraph.ontology.namespaces import BASE

    return click.option(
        "--base",
        default=BASE,
        show_default=True,
        metavar="IRI",
        help="Name policies, practices and agents under this IRI.",
    )(function)
