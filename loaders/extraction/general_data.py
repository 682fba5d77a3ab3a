"""Words for people's data as a whole ("your information", "the data that we collect"), to which practices are tied.

Said of everything they name no category, so :mod:`~privagraph.loaders.extraction.data` lists them only where a sentence
does something typical with them. But what is done with all data is done with data: "we keep your information for two
years" is a practice, and without these words it would be one of nothing. They are references: verbs take them as they
take a mention, and the policy does not list them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from privagraph.loaders.extraction.passages import Passage
from privagraph.loaders.extraction.references import is_anaphoric
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.namespaces import expand

__all__ = ["find_general_data", "is_handled"]

_DATA = r"(?:information|data|details)"
_KEPT = (
    r"(?:(?:that\s+|which\s+)?we\s+(?:have\s+|may\s+)?(?:collect|gather|receive|obtain|hold|have|store)(?:e?d)?"
    r"|collected|gathered|received|obtained|held|stored)"
)
_GENERAL = Sieve(
    re.compile(
        rf"""
        (?<!-)\b(?: (?:(?:all|any|some|certain)\s+(?:other\s+)?(?:of\s+)?)?
              (?:your|(?:users?|customers?|clients?|visitors?|members?|students?|children|patients?)(?:['’]s?)?)\s+
              (?:own\s+|private\s+|personal(?:ly)?[\s-]+|identif\w+\s+){{0,2}}{_DATA}
          | (?:(?:all|any|the|certain)\s+)?personal(?:ly[\s-]+identif\w+)?\s+(?:information|data)
          | (?:(?:all|any|the)\s+)?(?P<collected>collected\s+{_DATA})
          | (?:all|any|the)\s+(?:personal\s+)?{_DATA}\s+(?:that\s+|which\s+)?you\s+
              (?:give|provide|submit|enter|share|send)(?:\s+(?:to\s+)?us)?
          | (?:(?:all|any|the)\s+)?(?:personal\s+)?{_DATA}\s+about\s+you
          | (?:all|any|the)\s+{_DATA}\s+(?P<kept>{_KEPT}) )\b
        (?! \s*['’/-]\w | \s+(?:protection|security|breach(?:es)?|controllers?|processors?|subjects?|officers?|handling
            |practices?|rights?|laws?|acts?|regulations?|polic(?:y|ies)|management|requests?|cent(?:er|re)s?|collection
            |processing|retention|storage|transfers?|privacy|sharing|us(?:e|age)|agreements?|commission\w*|such\s+as
            |including|like|on\s+(?:your|their|his|her)\s+(?!behalf|device|computer|phone|request)\w+
            |about\s+(?!you\b|them\b)|regarding|concerning)\b )
        """,
        re.IGNORECASE | re.VERBOSE,
    )
)
"""Neither the name of something else ("your data protection officer") nor the opening of a list of categories."""

_NO_PRACTICE = Sieve(
    re.compile(
        r"(?<!reserve\sthe\s)(?<!reserves\sthe\s)\brights?\s+(?:to|of)\b|\bat\s+(?:your|their)\s+own\s+(?:risk|discretion)\b",
        re.IGNORECASE,
    )
)
"""A sentence about what people can ask for, or what they do at their own risk."""

_NO_DATA = re.compile(
    r"\b(?:(?:not|never)\s+(?:include|contain|constitute)|considered|without|(?<!such )as)\s+(?:any\s+|to be\s+)?\Z",
    re.IGNORECASE,
)
"""Before the words, that they only say what something else is, or does not hold."""

_CONFIDENCE = 0.5
_NEAR = 60
"""So many characters before some words may say what is done with them."""

_HANDLING = re.compile(
    r"\b(?:collect|gather|retain|keep|stor|hold|record|log|shar|sell|rent|disclos|transfer|transmit|obtain|receiv|delet|eras"
    r"|anonymi[sz]|analy[sz])(?:e|es|ed|s|ing)?[^\S\n]+(?:(?:the|your|their|this|these|certain|any|all|some|such)[^\S\n]+)*\Z",
    re.IGNORECASE,
)
"""Words that end where the object of a verb of processing begins."""

_HANDLED = re.compile(
    r"[^\S\n]+(?:(?:is|are|was|were|will|shall|may|can|might|must|be|been|being|also|only|not|\w+ly)\s+){1,5}"
    r"(?:collected|gathered|retained|kept|stored|held|recorded|logged|used|processed|shared|sold|disclosed|transferred"
    r"|transmitted|obtained|received|deleted|erased|anonymi[sz]ed|analy[sz]ed|sent)\b",
    re.IGNORECASE,
)
"""What follows the subject of such a verb."""


def find_general_data(passage: Passage, found: Iterable[Mention]) -> Iterator[Mention]:
    """The words for data as a whole in a sentence that names no category of it.

    Args:
        passage: The sentence.
        found: What the finders saw in it.
    """
    if passage.is_heading or any(mention.role is Role.DATA_CATEGORY for mention in found):
        return
    text = passage.text
    if _NO_PRACTICE.search(text):
        return
    for match in _GENERAL.finditer(text):
        said_of_other = _NO_DATA.search(text, max(0, match.start() - 30), match.start())
        if not said_of_other and not is_anaphoric(text, *match.span()):
            collected = match["collected"] or match["kept"]
            concept = "dpv:CollectedPersonalData" if collected else "dpv:PersonalData"
            yield passage.mention(*match.span(), Role.DATA_CATEGORY, expand(concept), confidence=_CONFIDENCE)


def is_handled(text: str, start: int, end: int) -> bool:
    """Whether something is done with what some words name: they are the object or subject of a verb of processing.

    Args:
        text: The text that holds the words.
        start: Offset of the words.
        end: Offset after them.
    """
    return bool(_HANDLING.search(text, max(0, start - _NEAR), start) or _HANDLED.match(text, end))
