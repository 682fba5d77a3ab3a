"""The published JSON-LD context (``context.jsonld``), and how values are written under it.

It has a name for each property that a policy's graph can have, and says what its values are: IRIs, fixed values of our
own vocabulary, texts by their language, dates. Names are those of standards where those have one: of the Web Annotation
context, PROV, Dublin Core, DPV. A graph can hold more than it is meant to; whatever fits no name is written in full.

This is no JSON-LD processor, and needs none; any processor reads what it writes
(https://www.w3.org/TR/json-ld11/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Self

import pyoxigraph as ox

from privagraph.errors import GraphError
from privagraph.ontology.jsonld import Json
from privagraph.ontology.namespaces import PREFIXES, compact, expand

__all__ = ["CONTEXT_IRI", "Context", "published_context", "with_published_context"]

CONTEXT_IRI = "https://w3id.org/privagraph/context.jsonld"
"""The IRI of the published context."""

_XSD = PREFIXES["xsd"]
_STRING, _INTEGER, _BOOLEAN = _XSD + "string", _XSD + "integer", _XSD + "boolean"
_WHOLE = re.compile("0|-?[1-9][0-9]{0,14}")
"""Whole numbers that JSON readers keep, in the form in which RDF has them."""
_RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_%+-]*(?:/[A-Za-z0-9_%+-]+)*")
_NAME = re.compile("[A-Za-z][A-Za-z0-9_-]*")
_CURIE = re.compile(r"[a-z-]+:(?!//).*")


@dataclass(frozen=True, slots=True)
class Context:
    """The published context, and how terms are written under it.

    Attributes:
        document: The context as JSON.
        base: What IRIs are relative to; empty where they are not.
    """

    document: Mapping[str, Json]
    base: str = ""
    _terms: Mapping[str, tuple[str, Mapping[str, Json]]] = field(default_factory=dict)
    """Name and definition of each property, by its IRI."""

    def based_on(self, base: str) -> Self:
        """The same with a base."""
        return replace(self, base=base)

    def iri(self, node: ox.NamedNode | ox.BlankNode) -> str:
        """A node as the value of ``id``: relative to the base, short, or in full.

        Raises:
            GraphError: It begins like a prefix of the context, and would be read as another IRI.
        """
        if isinstance(node, ox.BlankNode):
            return str(node)
        iri = node.value
        if self.base and iri.startswith(self.base) and _RELATIVE.fullmatch(rest := iri[len(self.base) :]):
            return rest
        short = compact(iri)
        if short != iri and _CURIE.fullmatch(short):
            return short
        scheme, _, rest = iri.partition(":")
        if scheme in self.document and not rest.startswith("//"):
            raise GraphError(
                iri, "JSON-LD takes its beginning for a prefix", "write the graph as trig or nquads"
            )
        return iri

    def type_name(self, node: object) -> str:
        """A class as a value of ``type``: our own by their names alone."""
        assert isinstance(node, ox.NamedNode | ox.BlankNode)  # nothing else is a class
        return self._vocabulary_name(node, self.document)

    def members(
        self, predicate: str, values: Sequence[ox.Literal | ox.NamedNode | ox.BlankNode | Json]
    ) -> Mapping[str, Json]:
        """A property with its values as a member of an object.

        Args:
            predicate: The property's IRI.
            values: Literals, nodes to be named, and nodes that are written already.
        """
        name, definition = self._terms.get(predicate, (compact(predicate), {}))
        literals = [each for each in values if isinstance(each, ox.Literal)]
        if definition.get("@container") == "@language" and literals == [*values]:
            texts: dict[str, list[Json]] = {}
            for each in literals:
                if each.language is None and each.datatype.value != _STRING:
                    break
                texts.setdefault(each.language or "@none", []).append(each.value)
            else:
                return {name: {tag: _alone(texts[tag]) for tag in sorted(texts)}}
        if definition.get("@container") == "@language":
            name, definition = compact(predicate), {}  # values that the term cannot hold
        written = [self._value(each, definition) for each in values]
        return {name: written if definition.get("@container") == "@set" else _alone(written)}

    def _value(
        self, value: ox.Literal | ox.NamedNode | ox.BlankNode | Json, definition: Mapping[str, Json]
    ) -> Json:
        coerced = definition.get("@type")
        if isinstance(value, ox.Literal):
            return _literal(value, coerced)
        if not isinstance(value, ox.NamedNode | ox.BlankNode):
            return value
        if coerced == "@id":
            return self.iri(value)
        if coerced == "@vocab":
            scoped = definition.get("@context")
            return self._vocabulary_name(
                value, {**self.document, **(scoped if isinstance(scoped, dict) else {})}
            )
        return {"id": self.iri(value)}

    def _vocabulary_name(self, node: ox.NamedNode | ox.BlankNode, terms: Mapping[str, Json]) -> str:
        """The name of a term where it is written relative to the vocabulary."""
        short = self.iri(node) if isinstance(node, ox.BlankNode) else compact(node.value)
        prefix, _, name = short.partition(":")
        if terms.get(name) == short or (prefix == "pg" and name not in terms and _NAME.fullmatch(name)):
            return name
        return replace(self, base="").iri(node)


@cache
def published_context() -> Context:
    """The context of ``context.jsonld``, which :data:`CONTEXT_IRI` names."""
    document = json.loads((files("privagraph.ontology") / "context.jsonld").read_bytes())["@context"]
    terms: dict[str, tuple[str, Mapping[str, Json]]] = {}
    for name, defined in document.items():
        definition = defined if isinstance(defined, dict) else {"@id": defined}
        curie = definition.get("@id")
        if name[0].islower() and isinstance(curie, str) and not curie.endswith(("#", "/")) and ":" in curie:
            terms[expand(curie)] = (name, definition)
    return Context(document, "", terms)


def with_published_context(text: bytes) -> bytes:
    """JSON-LD that names the published context, with the context itself in the place of its IRI.

    Readers without a network take it so. Other text, and text that is no JSON, comes back as it is.
    """
    if CONTEXT_IRI.encode() not in text:
        return text
    try:
        document = json.loads(text)
    except ValueError:
        return text  # the reader says what is wrong
    return json.dumps(_resolved(document), ensure_ascii=False).encode()


def _resolved(value: Json) -> Json:
    if isinstance(value, list):
        return [_resolved(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _known(each) if key == "@context" else _resolved(each) for key, each in value.items()}


def _known(context: Json) -> Json:
    if isinstance(context, list):
        return [_known(each) for each in context]
    return dict(published_context().document) if context == CONTEXT_IRI else context


def _literal(value: ox.Literal, coerced: Json) -> Json:
    """A literal as plain JSON where that says its type too, else as a value object."""
    kind, text = value.datatype.value, value.value
    if value.language is not None:
        return {"@value": text, "@language": value.language}
    if isinstance(coerced, str) and not coerced.startswith("@"):
        return text if expand(coerced) == kind else {"@value": text, **_typed(kind)}
    if coerced is not None:
        return {"@value": text, **_typed(kind)}
    if kind == _STRING:
        return text
    if kind == _INTEGER and _WHOLE.fullmatch(text):
        return int(text)
    if kind == _BOOLEAN and text in ("true", "false"):
        return text == "true"
    return {"@value": text, "@type": compact(kind)}


def _typed(kind: str) -> dict[str, Json]:
    return {} if kind == _STRING else {"@type": compact(kind)}


def _alone(values: Sequence[Json]) -> Json:
    return values[0] if len(values) == 1 else [*values]
