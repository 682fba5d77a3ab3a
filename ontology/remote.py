"""Whether a SPARQL text could ask another computer, however it is written.

The engine has no switch that keeps it off the network: a query with ``SERVICE`` is sent wherever it says. Its grammar
reads keywords without blanks around them and goes back where a rule fails, so the word can stand in places where nobody
looks for it (``1SERVICE:x{}``, ``SERVICESILENT<...>``, behind a ``<`` that begins no IRI). Who reads a text in one way
alone can be led astray; this follows every way in which a text could be read, and refuses it when the word can be
reached on any of them. It errs towards refusing: a prefix whose name holds the word is refused too.

Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

from __future__ import annotations

import re

__all__ = ["remote_line"]

_STRING = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'""",
    re.VERBOSE | re.DOTALL,
)
_IRI = re.compile(r"""<[^<>"{}|^`\\\x00-\x20]*>""")
_SKIPPED = re.compile(r"\s+ | \#[^\n\r]* | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*", re.VERBOSE)
_NAME = re.compile(r"(?P<prefix>[\w.-]*) : (?P<local>(?:[\w:%][\w.:%-]*)?)", re.VERBOSE)
_WORD = re.compile(r"[^\W\d]\w*")
_WITHOUT_PATH = re.compile(r"//[^/?#]*>$")
"""An IRI that ends with the name of a host. A name behind it may make no IRI at all; then the prefix alone is read."""


def remote_line(text: str) -> int | None:
    """The line in which a text could ask another computer; None where it cannot.

    Args:
        text: A query.
    """
    if "service" not in text.casefold() and "\\u" not in text.casefold():
        return None  # the usual case, told at once
    waiting, seen = [0], {0}
    bare_host, begins = False, None
    while waiting:
        at = waiting.pop()
        after: list[int] = []
        if found := _STRING.match(text, at) or _SKIPPED.match(text, at):
            after = [found.end()]
        elif found := _NAME.match(text, at):
            if "service" in found["prefix"].casefold():
                return _line(text, at)
            if found["local"].casefold().startswith("service"):
                begins = at
            after = [found.end()]
        elif found := _WORD.match(text, at):
            if "service" in found.group().casefold():
                return _line(text, at)
            after = [found.end()]
        elif text[at : at + 2].casefold() == "\\u":  # an escape outside of strings could spell any word
            return _line(text, at)
        elif text[at : at + 2] == "//":
            continue  # no text goes on so: what was read as "less than" here is the beginning of an IRI
        elif at < len(text):
            after = [at + 1]
            if iri := _IRI.match(text, at):
                bare_host = bare_host or _WITHOUT_PATH.search(iri.group()) is not None
                after.append(iri.end())
        for place in after:
            if place not in seen:
                seen.add(place)
                waiting.append(place)
    return _line(text, begins) if bare_host and begins is not None else None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
