"""Operations that nouns name: "the processing of your data is based on consent", "Use of information"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.actors import Actor, subject_start
from privagraph.loaders.extraction.conditions import WINDOW, pattern
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.extraction.verbs import Operation, Place, Voice
from privagraph.ontology.letters import lowered
from privagraph.ontology.namespaces import expand

__all__ = ["nominal_operations"]

_NOUNS = {
    "collection": "dpv:Collect",
    "use": "dpv:Use",
    "usage": "dpv:Use",
    "processing": "dpv:Processing",
    "storage": "dpv:Store",
    "disclosure": "dpv:Disclose",
    "sharing": "dpv:Share",
    "transfer": "dpv:Transfer",
    "sale": "pg:Sell",
    "retention": "dpv:Store",
    "deletion": "dpv:Erase",
    "erasure": "dpv:Erase",
    "transmission": "dpv:Transmit",
    "analysis": "dpv:Analyse",
    "profiling": "dpv:Profiling",
    "tracking": "dpv:Tracking",
    "evaluation": "dpv:Assess",
    "recording": "dpv:Record",
}
_NOUN = Sieve(
    pattern(
        rf"""
    \b(?:{"|".join(_NOUNS)})\b
    (?= (?:\s*(?:,|and|or|/|&)\s*\w+){{0,5}}\s+of\b | \s+(?:is|takes|serves|will|may|shall|are)\b | \s*$ )
  | \b(?:transfer|disclosure|transmission)s?\b(?=\s+to\b)
    """
    )
)
_OF_OTHERS = pattern(
    r"""
    \b(?:your|unauthori[sz]ed|unlawful|their|against|right\s+to|restrict(?:ion\s+of)?|object\s+to(?:\s+the)?|from)\s+$
    """
)
"""Before a noun, what makes it the reader's act, an attack, or the object of a right."""

_WITHDRAWN = pattern(r"\bwithdr(?:aw\w*|ew)\s+(?:[\w’'-]+\s+){0,3}consents?\s+(?:to|for|from)\b[^.;:]*$")
"""Before a noun, that it is what readers take back their consent to."""

_FOR_SALE = pattern(r"\b(?:is|are|was|were|be|been)\s+(?:\w+\s+)?(?:\w+\s+)?(?P<sale>for\s+sale)\b")


def nominal_operations(sentence: str) -> Iterator[Operation]:
    """The operations that nouns of a sentence name, in order."""
    for match in _NOUN.finditer(sentence):
        start, end = match.span()
        before = sentence[max(0, start - WINDOW) : start]
        if _OF_OTHERS.search(before) or _WITHDRAWN.search(before):
            continue
        noun = lowered(match.group())
        curie = _NOUNS.get(noun) or _NOUNS[re.sub(r"s$", "", noun)]
        yield Operation(
            start, end, expand(curie), Actor.UNNAMED, Voice.ACTIVE, Place.MAIN, 0, start, form="noun"
        )
    if sale := _FOR_SALE.search(sentence):
        start, end = sale.span("sale")
        subject = subject_start(sentence, sale.start())
        yield Operation(
            start, end, expand("pg:Sell"), Actor.UNNAMED, Voice.PASSIVE, Place.MAIN, 1, subject, form="noun"
        )
