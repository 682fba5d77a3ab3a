"""What can be told of a SPARQL text by its words: what it may not do here, where it breaks, which terms are none.

Queries read, and they read the graph at hand alone. SPARQL Update and ``SERVICE``, which asks another computer, are
refused with a clear word instead of a parser's complaint. This looks at the words of the text only (comments, strings
and IRIs apart, https://www.w3.org/TR/sparql11-query/#grammar); whether it is SPARQL is for the parser to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from privagraph.errors import QueryError, QuerySyntaxError
from privagraph.ontology.namespaces import DPV_PREFIXES, PREFIXES
from privagraph.ontology.remote import remote_line

__all__ = ["check_readonly", "graphs_named", "located", "names_graphs", "tokens", "unknown_terms"]

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
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*:)", re.IGNORECASE)
_ENDS = "the text breaks off, or something before this is missing"
_CLOSED = {"dct": "DCTERMS", "foaf": "FOAF", "prov": "PROV", "rdf": "RDF", "rdfs": "RDFS", "skos": "SKOS"}
"""Vocabularies that rdflib knows all terms of, by our prefixes."""


def check_readonly(text: str, *, where: str) -> None:
    """Refuse a text that would change a graph or ask another computer.

    Args:
        text: The query.
        where: Its file's name, or ``the query text``.

    Raises:
        QueryError: The text is an update, or asks a remote service.
        QuerySyntaxError: There is no query in it.
    """
    if (line := remote_line(text)) is not None:
        raise QueryError(
            f"{where}: line {line}: SERVICE asks another computer, and queries here use no network (nor may a prefix "
            "be called so); ask that endpoint by itself, or map its data into this graph"
        )
    asked = False
    for word, line in _words(text):
        if not asked and word in _UPDATES:
            raise QueryError(
                f"{where}: line {line}: {word} is SPARQL Update, and queries here only read; "
                "`privagraph map` is what writes a graph"
            )
        asked = asked or word in _FORMS
    if not asked:
        raise QuerySyntaxError(where, "it has none of the words SELECT, ASK, CONSTRUCT and DESCRIBE")


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of a query with the kind of each, blanks and comments among them: joined they are the text.

    Args:
        text: The query.

    Returns:
        Kind and text of each; kinds are ``string``, ``iri``, ``comment``, ``name`` (of a variable, a language, or with
        a prefix), ``word`` and ``other``.
    """
    return ((token.lastgroup or "other", token.group()) for token in _TOKEN.finditer(text))


def names_graphs(text: str) -> bool:
    """Whether a query says itself which graphs it asks (``FROM``, ``FROM NAMED``).

    Args:
        text: The query.
    """
    return any(word == "FROM" for word, _ in _words(text))


def graphs_named(text: str) -> list[str]:
    """The IRIs behind ``FROM`` and ``FROM NAMED``; relative ones, and names whose prefix is not known, are left out.

    Args:
        text: The query.
    """
    tokens = [
        token for token in _TOKEN.finditer(text) if token.lastgroup != "comment" and token.group().strip()
    ]
    spaces = {**PREFIXES, **_declared(text)}
    found, from_ = [], False
    for token in tokens:
        word = token.group().upper()
        if from_ and token.lastgroup == "iri" and ":" in token.group():
            found.append(token.group()[1:-1])
        elif from_ and token.lastgroup == "name" and token.group().partition(":")[0] in spaces:
            prefix, _, name = token.group().partition(":")
            found.append(spaces[prefix] + name)
        from_ = token.lastgroup == "word" and (word == "FROM" or (from_ and word == "NAMED"))
    return found


def _declared(text: str) -> dict[str, str]:
    """The prefixes that a query declares, without those whose IRIs are relative."""
    found = re.findall(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\s]+:[^<>\s]*)>", text, re.IGNORECASE)
    return dict(found)


def located(error: QuerySyntaxError, text: str, *, where: str) -> QuerySyntaxError:
    """The same syntax error, said of a file and of the words at which the text breaks.

    Args:
        error: What the parser said.
        text: The query.
        where: The file's name, or ``the query text``.
    """
    place = _PLACE.search(error.reason)
    if place is None:
        return QuerySyntaxError(where, error.reason)
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    found = _TOKEN.match(rest.lstrip())
    reason = f"{found.group()!r} cannot stand here" if found and found.group().strip() else _ENDS
    if "Prefix not found" in error.reason:
        named = re.findall(r"([\w.-]*):", lines[line - 1][:column])
        reason = f"no prefix {(named or [''])[-1] + ':'!r}; declare it with PREFIX, or use one of {_some_prefixes()}"
    else:
        expected = error.reason[place.end() :]
        if "expected one of" not in expected:  # which can be fifty signs
            reason += f" ({expected.strip()})"
    return QuerySyntaxError(where, f"line {line}, column {column}: {reason}")


def unknown_terms(text: str) -> list[tuple[str, str | None]]:
    """The terms of a query that their vocabularies do not have, such as ``dct:titel``.

    Only the vocabularies are looked at whose terms are all known here: those of DPV, ``pg:``, and some of the W3C's.

    Args:
        text: The query; prefixes that it declares itself are left alone.

    Returns:
        Each such term once, in order, with the nearest one that there is.
    """
    declared = {name.removesuffix(":") for name in _DECLARED.findall(text)}
    found: dict[str, str | None] = {}
    for token in _TOKEN.finditer(text):
        prefix, colon, name = token.group().partition(":")
        if token.lastgroup != "name" or not colon or not name or prefix in declared or token.group() in found:
            continue
        known = _terms_of(prefix)
        if known and name not in known:
            near = get_close_matches(name, known, n=1)
            found[token.group()] = f"{prefix}:{near[0]}" if near else None
    return list(found.items())


@cache
def _terms_of(prefix: str) -> frozenset[str]:
    """The local names of a vocabulary's terms; empty where they are not all known."""
    if prefix in (*DPV_PREFIXES, "pg"):
        from privagraph.ontology.vocabulary import vocabulary

        return frozenset(
            term.curie.partition(":")[2] for term in vocabulary() if term.curie.startswith(f"{prefix}:")
        )
    if prefix in _CLOSED:
        import rdflib.namespace

        space = getattr(rdflib.namespace, _CLOSED[prefix])
        return frozenset(
            str(term).removeprefix(str(space)) for term in dir(space) if str(term).startswith(str(space))
        )
    return frozenset()


def _some_prefixes() -> str:
    return ", ".join(f"{prefix}:" for prefix in PREFIXES)


def _words(text: str) -> Iterator[tuple[str, int]]:
    """The bare words of a query in capitals, and the line of each."""
    line = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "word":
            yield token.group().upper(), line
        line += token.group().count("\n")
