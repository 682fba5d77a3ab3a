"""The extractor that works with a lexicon and a grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.assembly import DONE, assemble
from privagraph.loaders.extraction.bases import find_bases
from privagraph.loaders.extraction.clauses import clauses, polarity_at
from privagraph.loaders.extraction.data import find_data
from privagraph.loaders.extraction.identity import find_contacts, find_controller
from privagraph.loaders.extraction.measures import find_measures, find_tracking
from privagraph.loaders.extraction.parties import find_recipients, find_sources
from privagraph.loaders.extraction.passages import Passage, passages
from privagraph.loaders.extraction.places import find_places
from privagraph.loaders.extraction.purposes import find_purposes
from privagraph.loaders.extraction.retention import find_retention
from privagraph.loaders.extraction.rights import find_rights
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.extraction.statements import find_statements
from privagraph.loaders.extraction.subjects import find_subjects
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Role

__all__ = ["LexiconExtractor"]

_FINDERS: tuple[Callable[[Passage], Iterator[Mention]], ...] = (
    find_data,
    find_purposes,
    find_recipients,
    find_sources,
    find_bases,
    find_retention,
    find_places,
    find_measures,
    find_tracking,
    find_rights,
    find_statements,
    find_subjects,
)

# What is denied is what is done. Who, whose and how to reach somebody are named, not done; a period ("no longer than
# a year") and a right ("if you object and there are no other grounds") hold in whatever sentence they are named.
_NEVER_DENIED = frozenset(
    {
        Role.CONTROLLER,
        Role.CONTACT,
        Role.DPO,
        Role.DATA_SUBJECT,
        Role.JURISDICTION,
        Role.POLICY_CHANGE,
        Role.RIGHT_MECHANISM,
        Role.OPT_OUT,
        Role.MANDATORY_PROVISION,
        Role.RETENTION,
        Role.RIGHT,
    }
)


_EXCEPTED = re.compile(
    r"(?:\bbut (?:not|never)|, (?:not|never)|(?<!not )\bexcept(?: for)?|\bexcluding)(?: (?:with|"
    r"to|for|from))?(?: (?:the|our|any|your|a|an))?\s+$",
    re.IGNORECASE,
)


class LexiconExtractor:
    """Finds mentions and practices with a lexicon and a grammar, the same way every time.

    Example:
        >>> from privagraph.loaders.readers import read_bytes
        >>> text = "Privacy Policy. We collect your e-mail address to send you newsletters."
        >>> policy = LexiconExtractor().extract(read_bytes(text.encode(), name="policy.txt"))
        >>> sorted({mention.role.value for mention in policy.mentions})
        ['data_category', 'purpose']
    """

    name = "lexicon/1"

    def extract(self, document: Document) -> MappedPolicy:
        """Everything that the document states; see :class:`~privagraph.loaders.extraction.Extractor`."""
        found_sentences = sentences(document)
        controller = find_controller(document)
        found: list[Mention] = [*controller.mentions, *find_contacts(document)]
        for passage in passages(document, found_sentences):
            if passage.block.language != document.language:
                continue
            for finder in _FINDERS:
                found.extend(_with_polarity(passage, mention) for mention in finder(passage))
        return assemble(document, found_sentences, found, controller=controller.name, extractor=self.name)


def _with_polarity(passage: Passage, mention: Mention) -> Mention:
    if mention.role in _NEVER_DENIED:
        return mention
    sentence = passage.sentence
    polarity = polarity_at(passage.document.text, sentence.start, sentence.end, mention.start, mention.end)
    if passage.is_item and passage.first and mention.role in DONE and clauses(passage.intro).open_denial:
        polarity = Polarity.DENIED  # "We never:" above a list denies its items
    before = passage.text[: mention.start - passage.start]
    if polarity is Polarity.AFFIRMED and mention.role in DONE and _EXCEPTED.search(before):
        polarity = Polarity.DENIED  # "with Acme, but not with Tidewell"
    if polarity is Polarity.AFFIRMED:
        return mention
    return replace(mention, polarity=polarity)
