"""Finding practices in a document: the seam behind which one extractor can take another's place.

An extractor makes a :class:`~privagraph.loaders.facts.MappedPolicy` from a
:class:`~privagraph.loaders.document.Document` in two steps, mentions first, then the practices that tie them. The one
that is built here works with a lexicon and a grammar, offline and without any model.
"""

from __future__ import annotations

from typing import Protocol

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.extractor import LexiconExtractor
from privagraph.loaders.facts import MappedPolicy

__all__ = ["Extractor", "LexiconExtractor"]


class Extractor(Protocol):
    """Anything that finds the mentions and practices of a document."""

    @property
    def name(self) -> str:
        """Name and version, such as ``lexicon/1``; part of the graph's provenance."""

    def extract(self, document: Document) -> MappedPolicy:
        """Everything that the document states.

        Args:
            document: A policy as it was read.

        Returns:
            The document with its facts, mentions and practices; the same for the same document, always.
        """
