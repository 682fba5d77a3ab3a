"""The usual extractor: rules and a trained tagger, each where it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.assembly import assemble
from privagraph.loaders.extraction.extractor import Findings, findings
from privagraph.loaders.extraction.polarity import with_polarity
from privagraph.loaders.extraction.senses import as_meant
from privagraph.loaders.facts import MappedPolicy, Mention, Role
from privagraph.loaders.tagging.cache import PassageCache
from privagraph.loaders.tagging.card import Card
from privagraph.loaders.tagging.marks import labels_of
from privagraph.loaders.tagging.merging import merged
from privagraph.loaders.tagging.tagger import Tagger, tagger
from privagraph.ontology.organisations import organisation_key

__all__ = ["HybridExtractor", "hints", "named"]


def hints(mentions: tuple[Mention, ...]) -> tuple[tuple[int, int, str], ...]:
    """What the tagger is told of the rules' findings: start, end and label, sorted."""
    return tuple(
        sorted({(mention.start, mention.end, label) for mention in mentions for label in labels_of(mention)})
    )


def named(card: Card) -> str:
    """What the extractor calls itself with the model of a card."""
    return f"hybrid/1 {card.name}"


class HybridExtractor:
    """Finds mentions with rules and a trained tagger, and ties them with a grammar; the same way every time.

    Args:
        model: The tagger; the one that comes with the package when None.
        cache: Where what the tagger read is kept; nowhere when None.

    Example:
        >>> from privagraph.loaders.readers import read_bytes
        >>> text = "Privacy Policy. We collect your e-mail address to send you newsletters."
        >>> policy = HybridExtractor().extract(read_bytes(text.encode(), name="policy.txt"))
        >>> sorted({mention.role.value for mention in policy.mentions})
        ['data_category', 'purpose']
    """

    def __init__(self, model: Tagger | None = None, *, cache: PassageCache | None = None) -> None:
        self._tagger = model or tagger()
        self._cache = cache
        self.name = named(self._tagger.card)

    def extract(self, document: Document) -> MappedPolicy:
        """Everything that the document states; see :class:`~privagraph.loaders.extraction.Extractor`."""
        found = findings(document)
        reading = self._tagger.read(document, hints(found.mentions), cache=self._cache)
        both = merged(document, found.mentions, reading, self._tagger.card)
        named = (_by_name(document, found, m) for m in both.mentions if not _is_itself(document, found, m))
        return assemble(
            document,
            found.sentences,
            _read(found, named),
            controller=found.controller,
            extractor=self.name,
            references=_read(found, (*both.references, *found.references)),
        )


def _read(found: Findings, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions as their sentences mean them, with the polarity that these give them."""
    for mention in mentions:
        passage = found.passage_of(mention)
        read = mention if passage is None else with_polarity(passage, mention)
        if (meant := as_meant(passage, read)) is not None:
            yield meant


def _is_itself(document: Document, found: Findings, mention: Mention) -> bool:
    """Whether a recipient is the organisation whose policy it is: "Acme will share your name" names no recipient."""
    if mention.role is not Role.RECIPIENT or found.controller is None:
        return False
    return organisation_key(document.text[mention.start : mention.end]) == organisation_key(found.controller)


def _by_name(document: Document, found: Findings, mention: Mention) -> Mention:
    """A controller by its name alone, where the tagger took the title "Privacy policy of Acme" for one."""
    if mention.role is not Role.CONTROLLER or not found.controller:
        return mention
    at = document.text.find(found.controller, mention.start, mention.end)
    return mention if at < 0 else replace(mention, start=at, end=at + len(found.controller))
