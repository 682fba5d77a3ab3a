"""How the quads of a policy's graph are written: the few ways in which anything is stated.

What there is to state about a policy is in :mod:`~privagraph.loaders.quads`, about the decisions of reviewers in
:mod:`~privagraph.loaders.reviews.records`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Quad

from privagraph.loaders.document import Document
from privagraph.loaders.iris import PolicyIris
from privagraph.ontology.evidence import span_lines
from privagraph.ontology.nquads import node, quads_of, term, text_of

__all__ = ["QuadWriter"]


class QuadWriter:
    """Writes quads of one policy's graph, each once.

    Attributes:
        document: The policy's text.
        iris: The IRIs of the policy and its nodes.
    """

    def __init__(self, document: Document, iris: PolicyIris) -> None:
        self.document = document
        self.iris = iris
        self._lines: dict[str, None] = {}  # a set that keeps the order
        self._end = f"{node(iris.policy)} .\n"
        self._spans: set[tuple[int, int]] = set()

    def quads(self) -> Iterator[Quad]:
        """What was written, in that order."""
        return quads_of(self._lines)

    def text(self) -> bytes:
        """What was written, as N-Quads."""
        return text_of(self._lines)

    def say(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """State triples; the predicate is a CURIE, an object an IRI or a literal."""
        if not objects:
            return
        said = f"{node(subject)} {term(predicate)}"
        for each in objects:
            value = str(each) if isinstance(each, Literal) else node(each)
            self._lines[f"{said} {value} {self._end}"] = None

    def declare(self, iri: str, label: str, *types: str) -> None:
        """State what a node is, by CURIEs, and what to show for it."""
        for each in types:
            self._lines[f"{node(iri)} {term('rdf:type')} {term(each)} {self._end}"] = None
        self.say(iri, "rdfs:label", Literal(label))

    def span(self, start: int, end: int) -> str:
        """The IRI of a stretch of text, with its two selectors written."""
        # Many a span is that of a mention and of what it is an argument of.
        if (start, end) not in self._spans:
            self.words(start, end)  # raises, if there are none
            self._spans.add((start, end))
            self._lines[span_lines(self.iris.policy, self.document.text, start, end)] = None
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
