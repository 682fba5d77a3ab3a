"""The extractor that works with a lexicon and a grammar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.extraction.assembly import assemble
from privagraph.loaders.extraction.bases import find_bases
from privagraph.loaders.extraction.data import find_data
from privagraph.loaders.extraction.general_data import find_general_data
from privagraph.loaders.extraction.identity import find_contacts, find_controller
from privagraph.loaders.extraction.measures import find_measures, find_tracking
from privagraph.loaders.extraction.parties import find_recipients, find_sources
from privagraph.loaders.extraction.passages import Passage, Topic, passages
from privagraph.loaders.extraction.places import find_places
from privagraph.loaders.extraction.polarity import denied_data, with_polarity
from privagraph.loaders.extraction.purposes import find_purposes
from privagraph.loaders.extraction.retention import find_retention
from privagraph.loaders.extraction.rights import find_rights
from privagraph.loaders.extraction.senses import as_meant
from privagraph.loaders.extraction.sentences import Sentence, sentences
from privagraph.loaders.extraction.statements import find_statements
from privagraph.loaders.extraction.subjects import find_subjects
from privagraph.loaders.facts import MappedPolicy, Mention

__all__ = ["Findings", "LexiconExtractor", "findings"]

_REMEMBERED = 1 << 15
"""So many sentences are remembered with what the finders saw in them: some 60 MB."""

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


@dataclass(frozen=True, slots=True)
class Findings:
    """What the finders saw in a document, before anything is made of it.

    Attributes:
        sentences: Its sentences.
        passages: The sentences with their surroundings, those in the document's own language only.
        controller: Name of the organisation whose policy it is, or None.
        mentions: Everything that was found, doubles included.
        references: Words for data as a whole, to which practices are tied, and which the policy does not list.
    """

    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    controller: str | None
    mentions: tuple[Mention, ...]
    references: tuple[Mention, ...]

    def passage_of(self, mention: Mention) -> Passage | None:
        """The sentence that a mention stands in; None where nothing was read."""
        index = bisect_right(self.passages, mention.start, key=lambda passage: passage.start) - 1
        return self.passages[max(0, index)] if self.passages else None


def findings(document: Document) -> Findings:
    """Lets every finder read every passage of a document."""
    found_sentences = sentences(document)
    controller = find_controller(document)
    found: list[Mention] = [*controller.mentions, *find_contacts(document)]
    read = tuple(
        passage
        for passage in passages(document, found_sentences)
        if passage.block.language == document.language
    )
    references: list[Mention] = []
    for passage in read:
        seen, general = _seen_alone(
            passage.text,
            passage.block.kind,
            passage.first,
            passage.heading,
            passage.topics,
            passage.intro,
            passage.column,
        )
        inside = [with_polarity(passage, _at(passage, mention)) for mention in seen]
        found.extend(inside)
        found.extend(denied_data(passage, inside))
        references.extend(with_polarity(passage, _at(passage, mention)) for mention in general)
    return Findings(found_sentences, read, controller.name, tuple(found), tuple(references))


def _at(passage: Passage, m: Mention) -> Mention:
    """What was seen in a sentence by itself, at its place in the document."""
    at = passage.start
    return Mention(m.start + at, m.end + at, m.role, m.concept, m.polarity, m.confidence, m.value, m.agent)


@lru_cache(maxsize=_REMEMBERED)
def _seen_alone(
    text: str,
    kind: BlockKind,
    first: bool,
    heading: str,
    topics: frozenset[Topic],
    intro: str,
    column: str,
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """What the finders see in a sentence, by its own offsets; they get nothing else of its document to see.

    The first are its mentions, the others the words for data as a whole.

    Policies repeat themselves and each other word for word.
    """
    block = Block(kind, 0, len(text))
    alone = Document(text, (block,), "", "text/plain", "")
    sentence = Sentence(0, len(text), 0)
    passage = Passage(alone, sentence, block, text, first, heading, topics, intro, column)
    seen = tuple(mention for finder in _FINDERS for mention in finder(passage))
    return seen, tuple(find_general_data(passage, seen))


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
        found = findings(document)
        meant = [
            kept
            for mention in found.mentions
            if (kept := as_meant(found.passage_of(mention), mention)) is not None
        ]
        return assemble(
            document,
            found.sentences,
            meant,
            controller=found.controller,
            extractor=self.name,
            references=found.references,
        )
