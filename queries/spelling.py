"""A named query with values for its parameters, as a text that can be read, changed and run anywhere.

What is run binds values (:mod:`privagraph.queries.running`); this is the same for people and for other engines. Each
value becomes a ``VALUES`` clause at the head of every part of the query that selects its variable, so that an engine
meets it as early as it does when it binds. Which policies are seen is no part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from privagraph.ontology.namespaces import PREFIXES, compact
from privagraph.queries.running import Term

__all__ = ["with_values", "without_header"]

_SELECT = re.compile(r"\bSELECT\b(?P<selected>[^{}]*)\{(?P<blank>[^\S\n]*\n)?(?P<indent>[ ]*)")
_PREFIX = re.compile(r"^PREFIX\s+([\w-]*):", re.MULTILINE)
_LOCAL = re.compile(r"[A-Za-z]\w*(-\w+)*")


def without_header(text: str) -> str:
    """The text of a named query without its metadata."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))


def with_values(text: str, values: Mapping[str, Term]) -> str:
    """A query in which variables have values.

    Args:
        text: The query; each variable is one that it selects.
        values: Values of variables, by name.

    Returns:
        The same query, which has the same answer as when the values are bound; it declares the project's prefixes of
        the values.

    Example:
        >>> print(with_values("SELECT ?s WHERE { ?s ?p ?o }", {"s": ox.NamedNode("https://example.org/s")}))
        SELECT ?s WHERE { VALUES ?s { <https://example.org/s> } ?s ?p ?o }
    """
    spelt = {name: _spelt(term) for name, term in sorted(values.items())}
    used = {prefix for prefix, _, _ in (each.partition(":") for each in spelt.values()) if prefix in PREFIXES}
    missing = sorted(used - set(_PREFIX.findall(text)))
    text = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in missing) + text

    def filled(part: re.Match[str]) -> str:
        selected = frozenset(re.findall(r"[?$](\w+)", part["selected"]))
        apart = part["indent"] if part["blank"] is None else "\n" + part["indent"]
        head = "".join(
            f"VALUES ?{name} {{ {term} }}{apart}" for name, term in spelt.items() if name in selected
        )
        return part.group() + head

    return _SELECT.sub(filled, text)


def _spelt(term: Term) -> str:
    """A term in SPARQL; an IRI by a prefix of the project where one fits."""
    if isinstance(term, ox.NamedNode):
        prefix, _, local = compact(term.value).partition(":")
        if prefix in PREFIXES and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return str(term)
