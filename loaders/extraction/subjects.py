"""Whose data it is: visitors, users, children, students, parents, employees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.lexicon import lexicon

__all__ = ["find_subjects"]

_ABOUT = re.compile(
    r"\b(?:collect\w*|process\w*|us(?:e|es|ed|ing)|information|data|appl(?:y|ies)|provid\w*|"
    r"shar\w+|consent|invit\w+|register\w*|account|intended|privacy|rights?)\b",
    re.IGNORECASE,
)
# "Users" and "you" are everybody; they say nothing that the policy as a whole does not say.
_SPECIFIC = re.compile(
    r"\b(?:child\w*|minors?|kids?|students?|pupils?|learners?|teachers?|instructors?|educators?|"
    r"parents?|guardians?|employees?|applicants?|candidates?|job|staff|visitors?|patients?|"
    r"subscribers?|members?|customers?|residents?|users? (?:in|of|under|from)|people|consumers?|"
    r"clients?|administrators?|contacts|end users?|individuals under)\b",
    re.IGNORECASE,
)


def find_subjects(passage: Passage) -> Iterator[Mention]:
    """Categories of data subjects that a passage singles out, each once."""
    if passage.is_heading or not _ABOUT.search(passage.text):
        return
    seen: set[str] = set()
    for match in lexicon().find(passage.text, 0, len(passage.text), {"data_subject"}):
        phrase = passage.text[match.start : match.end]
        if match.concept in seen or not _SPECIFIC.search(passage.text[match.start : match.end + 12]):
            continue
        if re.search(
            r"\b(?:we|our|other) (?:\w+ )?$", passage.text[: match.start], re.IGNORECASE
        ) and re.match(r"employee|staff|member|personnel", phrase, re.IGNORECASE):
            continue
        seen.add(match.concept)
        yield passage.mention(
            match.start,
            match.end,
            Role.DATA_SUBJECT,
            match.concept,
            confidence=0.6,
        )
