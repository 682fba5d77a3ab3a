"""What the controller does of its own accord, in words like those of a right ("our access to your data").

"Access", "limit", "correction" and "deletion" are the words of GDPR Art. 15 to 18, and of much that companies do:
"Access and use of your data" heads a section on what is done with data, and grants nobody anything. Whose act it is,
the words around say.
"""

from __future__ import annotations

from privagraph.loaders.extraction import sense_cues as cues
from privagraph.loaders.extraction.conditions import pattern
from privagraph.ontology.namespaces import expand

__all__ = ["is_own_act"]

_STAFF = (
    r"(?:(?:our|the|its|their|authori[sz]ed|some)\s+){0,3}"
    r"(?:staff|employees|personnel|team|(?<!authorized\s)(?<!authorised\s)agents|contractors|administrators|engineers"
    r"|providers|partners|affiliates)"
)
_CAN = r"(?:(?:can|may|might|will|shall|must|also|only|then|not|\w+ly)\s+)*"
_DONE = (
    r"(?:us(?:e|age)|collection|disclosure|sharing|storage|processing|retention|transfers?|handling|transmission"
    r"|treatment|exchange)"
)
_AND = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|\s*[&/]\s*)(?:the\s+|our\s+)?"

_ACCESS = pattern(
    rf"""
    (?<!right\sto\s)(?<!rights\sto\s)(?<!right\sof\s)(?<!rights\sof\s)
    (?:
      \b(?:our|(?:third|other)[\s-]part(?:y|ies)['’]?s?|(?:company|provider|partner|vendor|developer)['’]s)\s+
        (?P<ours>access)
    | \b(?:we|i|{_STAFF})\s+ {_CAN} (?P<act>access)
    | \b(?:allow|permit|let|giv|grant|authori[sz]|enabl)\w*\s+us\s+
        (?:to\s+)?(?:have\s+|get\s+|gain\s+|request\s+)?(?P<given>access)
    | \b(?:we|i|{_STAFF}|(?:the|our|this|each)\s+(?:\w+\s+)?(?:app|application|service|site|website|company|game))\s+
        {_CAN}(?:restrict|limit|control|monitor|log|prevent|have|has|need|gain|get|request|require|ask\s+for)s?\s+
        (?:(?:all|any|the|physical|internal|your|permission|to|for|third[\s-]party)\s+)*
        (?P<kept>access)(?!\s+to\s+(?:their|his|her)\b)
    | {_DONE}{_AND}(?P<beside>access(?=\s+(?:to|of)\b|{_AND}))
    | (?P<listed>access(?:ing)?)(?:\s+to)?(?:,?{_AND}{_DONE})+\s+(?:of|by)\b
    | (?P<guarded>access)\s+to\s+(?:(?!\b(?:which|that|held|collected|processed)\b)[^.;:,]){{1,60}}?\s+
        (?:(?:is|are|will\s+be)\s+(?:strictly\s+|also\s+|only\s+)?(?:restricted|limited|logged|controlled|monitored)
          |by\s+{_STAFF})\b
    )
    """
)
"""Access that the controller, or somebody whom it lets, has to data; the named group is the word itself."""

_LIMITS = pattern(
    r"""
    \b(?:we|i|(?:the|our)\s+(?:company|app|application|service))\s+(?:(?:also|only|will|do|strictly|further|always)\s+)*
    (?:limit|restrict)s?\b
    """
)
"""What the controller limits of its own accord."""

_UPKEEP = pattern(
    rf"""
    \b{_STAFF}\s+{_CAN}(?:\w+(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)){{0,3}}$
  | \b{_DONE}(?:,\s*\w+)?{_AND}(?:your\s+)?$
  | \b(?:we|i|{_STAFF})\s+{_CAN}(?:carry\s+out|perform|schedule|start|begin|initiate|undertake|handle)\s+(?:the\s+)?$
    """
)
"""Up to words for correcting or erasing, that the controller does it, or that they stand beside what it does."""

_IN_A_ROW = ("beside", "listed", "guarded")
"""The groups of access of which others may be told in the same words: people can ask for it, too."""

_PEOPLE_CAN = pattern(
    r"""
    \b(?:users?|customers?|consumers?|parents?|guardians?|members?|visitors?|individuals|people|persons|residents
      |students|data\s+subjects?|everyone|anyone)\s+(?:can|may|could)\b
    | \bentitled\b | \bobject\s+to\b
    """
)
"""That people can have something done."""

_BEFORE, _AFTER = 80, 40
"""So many characters before and after the words of a right may say whose act it is."""

_MENDED = frozenset(map(expand, ("eu-gdpr:A16", "eu-gdpr:A17")))


def is_own_act(text: str, start: int, end: int, concept: str | None) -> bool:
    """Whether words that were taken for a right tell what the controller does.

    Args:
        text: The sentence.
        start: Offset of the words in it.
        end: Offset after them.
        concept: IRI of the right.
    """
    asked = cues.ASKED.search(text) is not None or _PEOPLE_CAN.search(text) is not None
    if concept == expand("eu-gdpr:A15"):
        return any(
            start <= match.start(match.lastgroup or 0) < end
            for match in _ACCESS.finditer(text, max(0, start - _BEFORE), end + _AFTER)
            if not (asked and match.lastgroup in _IN_A_ROW)
        )
    if asked:
        return False
    if concept == expand("eu-gdpr:A18"):
        return any(start <= match.end() <= end for match in _LIMITS.finditer(text, 0, end))
    return concept in _MENDED and _UPKEEP.search(text, 0, max(0, start)) is not None
