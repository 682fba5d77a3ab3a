"""Security measures, and the technologies that track people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import trim
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations

__all__ = ["find_measures", "find_tracking"]

_PROTECT = re.compile(
    r"\b(?:secur\w+|protect\w*|safeguard\w*|encrypt\w*|measures?|prevent|access|firewalls?|ssl|"
    r"tls|safe\w*|backup\w*|authenticat\w*|pseudonymi[sz]\w*|confidential\w*|audit\w*|store[ds]?|"
    r"transmi\w+)\b",
    re.IGNORECASE,
)
_HOME = frozenset({Topic.SECURITY})
_MEASURE_INTRO = re.compile(r"\b(?:measures?|safeguards?|protect|steps)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:access (?:to [^.;,]{3,60} )?(?:is )?(?:limited|restricted|granted only)[^.;]{0,80}|"
    r"(?:limit|restrict) access[^.;]{0,80}|only (?:\w+ ){0,3}(?:employees|staff|personnel|"
    r"persons(?! (?:over|under|aged)\b))[^.;,]{0,60}(?:access|process)[^.;,]{0,60}|"
    r"only (?:(?!(?:over|under|aged|who|for)\b)\w+ ){0,3}(?:employees|staff|personnel|persons|people|colleagues|"
    r"administrators|engineers)(?: (?!(?:over|under|aged|who(?! need)|for(?! (?:their|the|this) (?:work|jobs?|tasks?|"
    r"roles?|duty|duties)\b))\b)\w+){0,8} (?:can|may|have|are|is) "
    r"(?:\w+ly )?(?:access|open|see|read|view|process)(?:ing)?\b[^.;,]{0,40}?\b(?:data|information|details|records?|"
    r"files?|archives?|databases?|servers?|systems?|logs?|backups?|names?|addresses|messages?|documents?|it|them|"
    r"what you)\b[^.;,]{0,60}|(?:employees|staff|personnel|"
    r"persons)[^.;,]{0,50}(?:confidentiality|need to know|bound)[^.;,]{0,60}"
    r"|(?:commercially )?(?:reasonable|appropriate|adequate|acceptable|suitable|"
    r"industry[- ]standard|generally accepted|technical and organi[sz]ational|"
    r"physical, electronic|administrative, technical|organi[sz]ational)[^.;:]{0,60}?(?:measures|"
    r"safeguards|means|procedures|precautions|security|standards|controls))\b",
    re.IGNORECASE,
)

_TRACK_GUARD = re.compile(
    r"\b(?:use[sd]?|using|set|place[ds]?|collect\w*|track\w*|stor\w+|such as|technolog\w+|"
    r"include[sd]?|employ|cookies? (?:are|is|help|allow|may|will|can)|analytics|pixel|beacon|"
    r"third[- ]part\w+)\b",
    re.IGNORECASE,
)
_ANALYTICS_KIND = re.compile(
    r"Analytic|Advert|Tag|Session|Attribution|Tracking|Crash|SocialPlugin|SocialNetwork", re.IGNORECASE
)
_TRACKER_NAME = re.compile(
    r"analytics|pixel|tag manager|firebase|crashlytics|hotjar|mixpanel|segment|amplitude|"
    r"appsflyer|adjust|doubleclick|admob|adsense|adwords|matomo|clarity|fullstory|metrica|"
    r"like button|sdk|flurry|branch",
    re.IGNORECASE,
)


def find_measures(passage: Passage) -> Iterator[Mention]:
    """Security measures in a passage."""
    text = passage.text
    if passage.is_heading:
        return
    at_home = bool(passage.topics & _HOME) or (passage.is_item and bool(_MEASURE_INTRO.search(passage.intro)))
    if not at_home and not _PROTECT.search(text):
        return
    taken: list[tuple[int, int]] = []
    if passage.is_item and at_home and _MEASURE_INTRO.search(passage.intro):
        for start, end in [trim(text, 0, len(text))]:
            grounding = lexicon().ground(text[start:end], "measure")
            if grounding is not None and len(text) < 160:
                taken.append((start, end))
                yield passage.mention(
                    start,
                    end,
                    Role.SECURITY_MEASURE,
                    grounding.concept,
                    confidence=0.75,
                )
    for match in lexicon().find(text, 0, len(text), {"measure"}):
        if not any(match.start < b and a < match.end for a, b in taken) and (
            at_home or re.search(r"\b(?:secur|protect|encrypt|safe|pseudonym|measure)", text, re.IGNORECASE)
        ):
            taken.append((match.start, match.end))
            yield passage.mention(
                match.start,
                match.end,
                Role.SECURITY_MEASURE,
                match.concept,
                confidence=0.75,
            )
    for found in _CLAUSE.finditer(text):
        if not any(found.start() < b and a < found.end() for a, b in taken):
            grounding = lexicon().ground(found.group(), "measure")
            at, stop = trim(text, found.start(), found.end())
            yield passage.mention(
                at,
                stop,
                Role.SECURITY_MEASURE,
                grounding.concept if grounding else expand("dpv:TechnicalOrganisationalMeasure"),
                confidence=0.65,
            )


def find_tracking(passage: Passage) -> Iterator[Mention]:
    """Cookies, pixels, SDKs, analytics services and their like, where the policy says that they are in use."""
    text = passage.text
    if passage.is_heading:
        return
    if not (_TRACK_GUARD.search(text) or (Topic.TRACKING in passage.topics and passage.first)):
        return
    if re.search(
        r"\byou (?:can|may) (?:also )?(?:choose|set|instruct|refuse|disable|delete|reset|block|"
        r"manage)\b|\bif you (?:do not accept|disable|refuse|delete|block)\b",
        text,
        re.IGNORECASE,
    ):
        return
    taken: list[tuple[int, int]] = []
    for match in lexicon().find(text, 0, len(text), {"tracking_technology"}):
        taken.append((match.start, match.end))
        yield passage.mention(
            match.start,
            match.end,
            Role.TRACKING_TECHNOLOGY,
            match.concept,
            confidence=0.7,
        )
    for named in organisations().find(text, 0, len(text)):
        known = organisations().get(named.key)
        kind = (known.kind or "") if known is not None else ""
        if not any(named.start < b and a < named.end for a, b in taken) and (
            _ANALYTICS_KIND.search(kind) or _TRACKER_NAME.search(named.name)
        ):
            yield passage.mention(
                named.start,
                named.end,
                Role.TRACKING_TECHNOLOGY,
                expand("dpv:TrackingByThirdParty"),
                confidence=0.6,
                value=named.name,
                agent=named.key,
            )
