"""Where data is kept and where it goes: storage locations, transfer destinations, and the safeguards of a transfer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import before_main_clause, trim
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import PREFIXES, expand

__all__ = ["find_places"]

_STORED = Sieve(
    re.compile(
        r"\b(?:stor(?:e|ed|es|ing|age)|host(?:ed|ing)?|servers?|kept|keeps?|hold(?:s|ing)?|maintained|located|"
        r"data cent(?:er|re)s?|backed up|reside[sd]?|saved)\b",
        re.IGNORECASE,
    )
)
_TRANSFERRED = Sieve(
    re.compile(
        r"\b(?:transfer(?:s|red|ring)?|transmit(?:ted)?|export(?:ed)?|sent|cross[- ]border|moved|"
        r"access(?:ed)? from|process(?:ed)? in|place of processing)\b",
        re.IGNORECASE,
    )
)
_AWAY = Sieve(
    re.compile(
        r"(?P<m>\b(?:(?:computers?|servers?|countries|jurisdictions?|third countries|facilities|"
        r"locations?) )?(?:located )?outside (?:of )?(?:the |your |my |of |their )*(?:state|country|"
        r"province|jurisdiction|home country|region|EU|EEA|UK|European|United|India|Australia|Canada|"
        r"Switzerland|territory|nation)\b(?:[^.;)–—]{0,90}?(?=[.;)–—]|$| to third| to the| where | that |"
        r" which | and (?:we|our)))?|\b(?:to|in) (?:a |any |other |another |third |"
        r"different |foreign |overseas )+(?:countr(?:y|ies)|jurisdictions?)(?: (?:other than|"
        r"outside)[^.;,]{0,60})?|\bto (?:\w+ ){0,2}(?:locations|places|countries|jurisdictions) (?:with|that have|"
        r"whose) (?:different|other|less)\b[^.;,]{0,50}|\bacross (?:international |national )?borders\b|"
        r"\banywhere in the world\b|\bcountries (?:other than|outside|around|where)\b[^.;,]{0,60}|"
        r"\boverseas (?:facilities|jurisdictions|recipients|countries)\b|\b(?:other|"
        r"third) countries\b)",
        re.IGNORECASE,
    )
)
# "Residents of California", "the laws of the state of Delaware, USA": a place where no data is.
_OF_PEOPLE_OR_LAW = re.compile(
    r"\b(?:residents?|citizens?|users?|people|individuals|subjects) (?:residing |located |"
    r"living )?(?:of|in|from) (?:the )?$|\b(?:laws?|"
    r"courts?|jurisdictions?) (?:of|in|at)\b[^.;]{0,40}$|"
    r"\bunder (?:the )?$|\bif you (?:are|live|reside) (?:in|from|located in) (?:the )?$",
    re.IGNORECASE,
)
# "An EU supervisory authority", "the California Consumer Privacy Act": a place in the name of something else.
_OF_A_LAW = re.compile(
    r"[”\"’)]*\s+(?:[\w-]+\s+){0,3}(?:supervisory|authorit\w+|act|laws?|regulations?|shield|"
    r"commission|residents?|citizens?|gdpr|"
    r"courts?|member states?|standard contractual)\b",
    re.IGNORECASE,
)
_HERE = Sieve(
    re.compile(
        r"\b(?:stor\w+|kept|saved|retained|remains?|placed)\b[^.;]{0,40}\b(?:on|in) (?:your|"
        r"the user['’]?s?|their|the) (?:own )?(?:mobile )?(?:devices?|computers?|hard drives?|phones?|"
        r"browsers?)\b",
        re.IGNORECASE,
    )
)
_SERVERS = Sieve(
    re.compile(
        r"\b(?:stored|hosted|kept|located|maintained|saved|processed)\b (?:\w+ ){0,2}(?:on|in|at|"
        r"with) (?:our |the |a |secured? |\w+ ){0,4}(?:servers?|cloud|data cent(?:er|re)s?|"
        r"databases?)\b(?: (?:provided by|operated by|owned by|of|located|hosted|behind|"
        r"in)[^.;,]{0,60})?",
        re.IGNORECASE,
    )
)
_SAFEGUARD = re.compile(
    r"\b(?:safeguard|adequa|contractual clauses|standard|shield|framework|binding|scc|certif|"
    r"protect|mechanism|consent)\w*",
    re.IGNORECASE,
)
_ADEQUATE = re.compile(
    r"\b(?:appropriate|adequate|suitable|sufficient) (?:safeguards?|level of (?:data )?protection|"
    r"protection|controls)\b[^.;,]{0,50}",
    re.IGNORECASE,
)


def find_places(passage: Passage) -> Iterator[Mention]:
    """Storage locations, transfer destinations and transfer safeguards in a passage."""
    text = passage.text
    if passage.is_heading:
        return
    stored, moved = bool(_STORED.search(text)), bool(_TRANSFERRED.search(text))
    at_home = Topic.TRANSFER in passage.topics
    if not (stored or moved or at_home):
        return
    taken: list[tuple[int, int]] = []
    for match in _AWAY.finditer(text):
        start, end = trim(text, match.start("m"), before_main_clause(text, match.start("m"), match.end("m")))
        taken.append((start, end))
        yield passage.mention(
            start,
            end,
            Role.TRANSFER_DESTINATION,
            expand("dpv:ThirdCountry"),
            confidence=0.65,
        )
    for place in lexicon().find(text, 0, len(text), {"location"}):
        quoted = place.start > 0 and text[place.start - 1] in '(“"'
        if quoted or not place.concept.startswith(PREFIXES["loc"]):
            continue  # a place in words ("your device"), or the short form of a name that stands before it
        taken_already = any(place.start < b and a < place.end for a, b in taken)
        if taken_already or _OF_PEOPLE_OR_LAW.search(text[: place.start]) or _OF_A_LAW.match(text, place.end):
            continue
        taken.append((place.start, place.end))
        role = Role.TRANSFER_DESTINATION if moved or (at_home and not stored) else Role.STORAGE_LOCATION
        yield passage.mention(
            place.start,
            place.end,
            role,
            place.concept,
            confidence=0.7,
            value=place.concept.rpartition("#")[2],
        )
    if not taken:
        for match in _SERVERS.finditer(text):
            at, stop = trim(text, match.start(), match.end())
            yield passage.mention(
                at,
                stop,
                Role.STORAGE_LOCATION,
                expand("dpv:StorageLocation"),
                confidence=0.6,
            )
    for match in _HERE.finditer(text):
        at, stop = trim(text, match.start(), match.end())
        yield passage.mention(
            at,
            stop,
            Role.STORAGE_LOCATION,
            expand("dpv:WithinDevice"),
            confidence=0.6,
        )
    if (moved or at_home) and _SAFEGUARD.search(text):
        for safeguard in lexicon().find(text, 0, len(text), {"safeguard"}):
            yield passage.mention(
                safeguard.start,
                safeguard.end,
                Role.TRANSFER_SAFEGUARD,
                safeguard.concept,
                confidence=0.8,
            )
        for found in _ADEQUATE.finditer(text):
            at, stop = trim(text, found.start(), found.end())
            yield passage.mention(
                at,
                stop,
                Role.TRANSFER_SAFEGUARD,
                expand("dpv:SafeguardForDataTransfer"),
                confidence=0.6,
            )
