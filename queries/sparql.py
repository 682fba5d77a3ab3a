"""What can be told of a SPARQL text before it is run: its form, and what it may not do here.

Queries read, and they read the graph at hand alone. SPARQL Update and ``SERVICE``, which asks another computer, are
refused with a clear word instead of a parser's complaint. This looks at the words of the text only (comments, strings
and IRIs apart, https://www.w3.org/TR/sparql11-query/#grammar); whether it is SPARQL is for the parser to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.errors import QueryError, QuerySyntaxError

__all__ = ["check_readonly", "located"]

_TOKEN = re.compile(
    r"""
      (?P<string> \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<name> [?$@]\w+ | [\w.-]*:[\w.:%-]* )
    | (?P<word> [A-Za-z]\w* )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_FORMS = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())
_PLACE = re.compile(r"error at (\d+):(\d+): ")


def check_readonly(text: str, *, where: str) -> None:
    """Refuse a text that would change a graph or ask another computer.

    Args:
        text: The query.
        where: Its file's name, or ``the query text``.

    Raises:
        QueryError: The text is an update, or asks a remote service.
        QuerySyntaxError: There is no query in it.
    """
    asked = False
    for word, line in _words(text):
        if word == "SERVICE":
            raise QueryError(
                f"{where}: line {line}: SERVICE asks another computer, and queries here use no network; ask that "
                "endpoint by itself, or map its data into this graph"
            )
        if not asked and word in _UPDATES:
            raise QueryError(
                f"{where}: line {line}: {word} is SPARQL Update, and queries here only read; "
                "`privagraph map` is what writes a graph"
            )
        asked = asked or word in _FORMS
    if not asked:
        raise QuerySyntaxError(where, "it has none of the words SELECT, ASK, CONSTRUCT and DESCRIBE")


def located(error: QuerySyntaxError, *, where: str) -> QuerySyntaxError:
    """The same syntax error, said of a file and with line and column in words.

    Args:
        error: What the parser said.
        where: The file's name, or ``the query text``.
    """
    return QuerySyntaxError(where, _PLACE.sub(r"line \1, column \2: ", error.reason, count=1))


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The bare words of a query in capitals, and the line of each."""
    line = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "word":
            yield token.group().upper(), line
        line += token.group().count("\n")
