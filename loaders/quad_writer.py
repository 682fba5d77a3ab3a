"""How the quads of a policy's graph are written: the few ways in which anything is stated.

What there is to state about a policy is in :mod:`~privagraph.loaders.quads`, about the decisions of reviewers in
:mod:`~privagraph.loaders.reviews.records`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from privagraph.loaders.document import Document
from privagraph.loaders.iris import PolicyIris
from privagraph.ontology.evidence import span_quads
from privagraph.ontology.namespaces import expand

__all__ = ["QuadWriter"]


class QuadWriter:
    """Writes quads of one policy's graph, each once.

    Attributes:
        document: The policy's text.
        iris: The IRIs of the policy and its nodes.
        quads: What was written, in that order.
    """

    def __init__(self, document: Document, iris: PolicyIris) -> None:
        self.document = document
        self.iris = iris
        self.quads: dict[Quad, None] = {}  # a set that keeps the order
        self._graph = NamedNode(iris.policy)
        self._spans: set[tuple[int, int]] = set()

    def say(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """State triples; the predicate is a CURIE, an object an IRI or a literal."""
        if not objects:
            return
        node, said = _node(subject), _term(predicate)
        for each in objects:
            term = each if isinstance(each, Literal) else _node(each)
            self.quads[Quad(node, said, term, self._graph)] = None

    def declare(self, iri: str, label: str, *types: str) -> None:
        """State what a node is, by CURIEs, and what to show for it."""
        for each in types:
            self.quads[Quad(_node(iri), _term("rdf:type"), _term(each), self._graph)] = None
        self.say(iri, "rdfs:label", Literal(label))

    def span(self, start: int, end: int) -> str:
        """The IRI of a stretch of text, with its two selectors written."""
        if (
            start,
            end,
        ) not in self._spans:  # many a span is that of a mention and of what it is an argument of
            self.words(start, end)  # raises, if there are none
            self._spans.add((start, end))
            self.quads.update(dict.fromkeys(span_quads(self.iris.policy, self.document.text, start, end)))
        return self.iris.span(start, end)

    def words(self, start: int, end: int) -> str:
        """The words of a stretch of text; the only place where offsets become a quote.

        Raises:
            RuntimeError: There is no such stretch, which is a fault of the extractor.
        """
        text = self.document.text
        if not 0 <= start < end <= len(text):
            raise RuntimeError(
                f"{self.document.source}: span {start}-{end} is not in the text of {len(text)} characters"
            )
        return text[start:end]


@cache
def _term(curie: str) -> NamedNode:
    """A term of a vocabulary; there are few, so they are kept."""
    return NamedNode(expand(curie))


@lru_cache(maxsize=4096)
def _node(iri: str) -> NamedNode:
    """An IRI as the term of a quad."""
    return NamedNode(iri)
