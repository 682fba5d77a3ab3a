"""Parts of DOT files that all pictures have: text, attributes, the legend.

DOT: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from privagraph.queries.drawing.looks import DENIED, Look
from privagraph.queries.drawing.text import xml_text

__all__ = ["LEGEND", "attributes", "label", "legend", "quoted", "tooltip", "wrapped"]

LEGEND = "legend"
"""Name of the node that explains the colours; all others are IRIs."""

_LONGEST = 2000
"""Characters in one quoted string: Graphviz 2.43 gives up on one of 16,384 bytes."""


def legend(looks: Sequence[Look], *, denied: bool, phrases: bool) -> str:
    """The line of the node that explains the colours.

    Args:
        looks: The looks that are in the picture, in order.
        denied: Whether something in it is denied.
        phrases: Whether words are in it that no concept fits.
    """
    cells = [
        f'<td bgcolor="{look.fill}" color="{look.line}" border="1" width="24"> </td><td align="left">{look.title}</td>'
        for look in looks
    ]
    if denied:
        cells.append(f'<td><font color="{DENIED.line}">- - -</font></td><td align="left">denied</td>')
    if phrases:
        cells.append('<td>· · ·</td><td align="left">dotted border: words that no concept fits</td>')
    rows = "".join(f"<tr>{''.join(cells[at : at + 3])}</tr>" for at in range(0, len(cells), 3))
    return (
        f'  {LEGEND} [shape=plaintext, style="", label=<<table border="0" cellspacing="3" cellpadding="3">'
        f'<tr><td colspan="6" align="left"><b>Legend</b></td></tr>{rows}</table>>]'
    )


def wrapped(text: str, width: int) -> str:
    """A text on at most three lines.

    Args:
        text: The text.
        width: How many characters a line may have.
    """
    lines = textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][: width - 1].rstrip() + "…"]
    return "\n".join(lines)


def tooltip(data: Mapping[str, object]) -> str:
    """What a node says when it is pointed at: its label and the words behind it."""
    evidence = data.get("evidence")
    records = evidence if isinstance(evidence, list) else [evidence] if isinstance(evidence, dict) else []
    quotes = [str(record["quote"]) for record in records if "quote" in record]
    return "\n".join([str(data["label"]), *(f"“{quote}”" for quote in quotes)])


def attributes(drawn: Mapping[str, str], known: Mapping[str, object]) -> str:
    """The attributes of a node or an edge.

    Args:
        drawn: Those that Graphviz draws.
        known: Those that it carries along.
    """
    parts = [f"{name}={label(value)}" for name, value in drawn.items()]
    parts += [f"{quoted(name)}={quoted(_text(value))}" for name, value in known.items()]
    return ", ".join(parts)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def quoted(text: str) -> str:
    """A text as a quoted string, quotes and backslashes escaped; a long one as a sum of shorter ones."""
    text = xml_text(text)  # Graphviz writes it to SVG and JSON as it is
    parts = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)] or [""]
    return " + ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)


def label(text: str) -> str:
    """A text as a string in which Graphviz reads backslashes (an ``escString``): line ends become its own."""
    return quoted(text).replace("\n", "\\n")
