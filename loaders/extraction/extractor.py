"""The extractor that works with a lexicon and a grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.assembly import assemble
from privagraph.loaders.extraction.bases import find_bases
from privagraph.loaders.extraction.data import find_data
from privagraph.loaders.extraction.identity import find_contacts, find_controller
from privagraph.loaders.extraction.measures import find_measures, find_tracking
from privagraph.loaders.extraction.parties import find_recipients, find_sources
from privagraph.loaders.extraction.passages import Passage, passages
from privagraph.loaders.extraction.places import find_places
from privagraph.loaders.extraction.polarity import denied_data, with_polarity
from privagraph.loaders.extraction.purposes import find_purposes
from privagraph.loaders.extraction.retention import find_retention
from privagraph.loaders.extraction.rights import find_rights
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.extraction.statements import find_statements
from privagraph.loaders.extraction.subjects import find_subjects
from privagraph.loaders.facts import MappedPolicy, Mention

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
            inside = [with_polarity(passage, mention) for finder in _FINDERS for mention in finder(passage)]
            found.extend(inside)
            found.extend(denied_data(passage, inside))
        return assemble(document, found_sentences, found, controller=controller.name, extractor=self.name)
