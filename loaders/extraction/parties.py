"""Who receives data, and from whom it comes.

A recipient is named after a verb of sharing ("share with", "disclose to"), as the actor in a sentence about third
parties ("service providers may process"), in a list under such a line or heading, or simply as a known organisation
whose service the policy says it uses. A source stands after "from" behind a verb of getting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import MAY_END, members, trim, trim_noun_phrase
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations

__all__ = ["DATA_GIVEN", "find_recipients", "find_sources"]

_HEAD = (
    r"(?:part(?:y|ies)|providers?|partners?|affiliates?|subsidiar(?:y|ies)|vendors?|contractors?|"
    r"subcontractors?|suppliers?|advertisers?|networks?|authorit(?:y|ies)|"
    r"agenc(?:y|ies)|courts?|buyers?|successors?|purchasers?|acquirers?|districts?|employees|"
    r"staff|personnel|agents?|consultants?|advis[eo]rs?|lawyers|"
    r"attorneys|auditors?|accountants?|processors?|sub-?processors|banks?|organi[sz]ations?|"
    r"entit(?:y|ies)|firms?|regulators?|bodies|officials?|enforcement|"
    r"sponsors?|merchants?|resellers?|distributors?|couriers?|carriers|insurers?|brokers?|publishers?|"
    r"investors?|lenders?|parent company|joint ventures?|ventures?|collaborators?|researchers?|"
    r"gateways?|new owners?|institutions?|businesses|"
    r"(?:other|another|affiliated|group|associated|third-party|partner|sister|related|"
    r"unaffiliated|such|certain|outside|external|these|hosting|analytics|"
    r"advertising) (?:\w+ )?(?:compan(?:y|ies)|individuals|users?|members?|people|persons?)|"
    r"companies|(?:the|your|other|with) (?:\w+ )?(?:schools?|teachers?|instructors?|administrators?))"
)
_HEAD_WORD = re.compile(rf"\b{_HEAD}\s*(?:\([^)]*\))?\W*$", re.IGNORECASE)
_HEAD_ANYWHERE = re.compile(rf"\b{_HEAD}\b", re.IGNORECASE)
_SHARE = (
    r"(?:shar(?:e|es|ed|ing)|disclos(?:e|es|ed|ing|ures?)|sell(?:s|ing)?|sold|rent(?:s|ed|ing)?|"
    r"leas(?:e|ed|ing)|trad(?:e|ed|ing)|transfer(?:s|red|ring)?|provid(?:e|es|ed|ing)|pass(?:es|"
    r"ed|ing)?(?: on)?|"
    r"transmit(?:s|ted|ting)?|send(?:s|ing)?|sent|releas(?:e|es|ed|ing)|giv(?:e|es|en|ing)|"
    r"report(?:ed)?|forward(?:ed)?|communicat(?:e|ed)|reveal(?:ed)?|distribut(?:e|ed)|available|"
    r"accessible|visible|exposed|assign(?:ed)?|handed|furnish(?:ed)?|sync(?:ed)?)"
)
_TO = Sieve(
    re.compile(
        rf"\b{_SHARE}\b[^.;:]{{0,140}}?\b(?:with|to|among|amongst)\s+(?P<np>(?!(?:you|us|be|help|"
        rf"our (?:service|website|app)|this|the (?:service|website|extent)|it|them|which|that|any time|"
        rf"improve|provide)\b)(?:e\.g\.|[^.;:])+)",
        re.IGNORECASE,
    )
)
_GIVEN = Sieve(
    re.compile(
        r"\b(?:requests? (?:by|from)|(?:merger|merge) with|sale to|acquired by|"
        r"acquisition of [^.;]{0,60}\b(?:to|by)|"
        r"sharing with|disclosure to|users? of [\w ]{1,30}that)\s+(?P<np>(?:e\.g\.|[^.;:])+)",
        re.IGNORECASE,
    )
)
_ENGAGE = re.compile(
    r"\b(?:(?<!the )(?<!your )(?<!of )us(?:e|es|ing)(?! (?:and|of|or)\b)|employ(?:s|ing)?|"
    r"engag(?:e|es|ing)|hir(?:e|es|ing)|contract(?:s|"
    r"ed)? with|work(?:s|ing)? with|partner(?:s|ed)? with|rely on|hosted (?:by|on|with)|"
    r"processed by|provided by|operated by|collected by|served by|handled by|stored (?:with|by)|"
    r"managed by)\s+(?P<np>[^.;:]{3,200})",
    re.IGNORECASE,
)
_ACTOR = re.compile(
    rf"^(?:[^,]{{0,60}},\s)?(?:these|those|such|our|some|certain|the|any|"
    rf"other)?\s*(?P<np>(?:[\w'’/&-]+ ){{0,5}}{_HEAD}\b(?:[^.;,]{{0,60}}?))\s+(?:(?:may|will|can|"
    rf"could|might|do|does)\s+(?:also\s+|not\s+)?)?(?:collect|use|process|receive|access|"
    rf"have access|has access|store|obtain|assist|perform|track|gather|set|place|provide|help|"
    rf"are obligated|are required|need)\w*\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s*(?:,? (?:who|which|whom|that|if|when|where|unless|except|but|however|as (?:required|"
    r"described|permitted|necessary|needed|set|well as we)|in order|so that|for (?:the|their|our|"
    r"any|marketing|advertising|example|purposes?|use|such|legal|this|these|that|research|"
    r"processing|analytics|a)|in (?:connection|accordance|case|the event|response|a|order|this|"
    r"which)|"
    r"upon|pursuant|under|without|with(?:out)? your|to (?:the extent|help|provide|perform|assist|"
    r"comply|process|enable|allow|improve|whom|monitor|analy[sz]e|facilitate|support|use|protect|"
    r"deliver|operate|contact|send|fulfil|enforce|serve|manage|measure|conduct|carry|our website)|"
    r"in or outside|during|based on|via|through|about|on (?:our|a|the)|about you|and (?:we|they|"
    r"will|may|use|is|are|process|you|it|other information)|or (?:to|if|we|for)|only|solely|not|"
    r"per|by (?:law|us|you|these|the)|at (?:your|any)|within|outside|after|before|because|is|are|"
    r"may|will|shall|can|have|has|collect|use)\b|[;:]|\.(?:\s|$)|\s[–—-]\s)",
    re.IGNORECASE,
)
_SHARING = re.compile(
    rf"\b{_SHARE}\b|\bthird[- ]part|\bservice providers?\b|\brecipients?\b|\bprocessors?\b|\bpartners?\b",
    re.IGNORECASE,
)
_TOPICS = frozenset({Topic.SHARING})
_EXCLUDED = frozenset({Topic.LINKS, Topic.RIGHTS, Topic.CONTACT, Topic.CHANGES})
_HOLDS = re.compile(
    r"(?: (?:and|or|&) [A-Z][\w ]{1,30})?,? (?:(?:may|will|also) )*"
    r"(?:receives?|gets?|keeps?|stores?|holds?|handles?|process(?:es)?|hosts?|collects?)\b"
)
_NOT_A_PARTY = re.compile(
    r"^(?:you|us|we|our (?:servers?|website|service|app)|the (?:following|website|service|app)|"
    r"your \w+|it|them|this|those|unauthori[sz]ed)\b.{0,12}$|^(?:others?|any|all|another)$|"
    r"^(?:(?:the |our |a |an |all |its |each |or )*(?:users?|company|developers?|owner|services?|"
    r"website|application|app|"
    r"site|platform|internet service providers?(?: \(isp\))?|public|customers?|members?|"
    r"data controller|controller|anyone)|the service provider)$|"
    r"^(?:of|for|as|use|using|perform|provide|respond|if|they|and|further|encourage|not|school consent)\b",
    re.IGNORECASE,
)
# The reader's own acts and duties: "do not share your password with anyone", "you must not give it to others".
_READER_ACTS = re.compile(
    r"^\W*(?:please |do not |don['’]t |never )|\byou (?:must|should|shall|agree|will|may|can|"
    r"choose|decide|are|have)\b[^,.;]{0,60}$",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(r"\bon behalf of (?:your |our |the |a )?$", re.IGNORECASE)
_ANYONE = re.compile(r"any(?:one|body)(?: else)?", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:not|never|n['’]t)\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:the )?(?:requirements?|requests?|orders?|consent|policies|terms|websites?|services|"
    r"(?:a )?portion of [\w ]+?) (?:of|to|from) ",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r",?\s+(?:who|whom)\b")
"""What follows words for people, whoever they are: "with the guides *who* lead your trip"."""
_GIVEN_TO = 0.8
"""How sure a party is that something is said to be given to."""
DATA_GIVEN = (
    r"\b(?:your|their|his|her|information|data|details?|names?|(?:e-?mail )?address(?:es)?|"
    r"(?:phone |telephone )?numbers?|records?|photos?|profiles?|answers)\b"
)
"""Words between "we share" and "with" that tell data from what is sold or sent: a newsletter, tickets, prizes."""
_DATA_GIVEN = re.compile(DATA_GIVEN, re.IGNORECASE)
_IS_GIVEN = re.compile(rf"{DATA_GIVEN}[^.;:]{{0,60}}\b(?:is|are|be|been|being) (?:\w+ )?$", re.IGNORECASE)
"""How a sentence begins that says so in the passive: "your name *is* shared with"."""
_DEFINES = re.compile(r"[”\"’)]*\s+(?:means?|refers?)\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"\((?:e\.g\.|for example|such as|including),?\s+(?P<np>[^()]+)\)", re.IGNORECASE)
_INTRO = re.compile(
    rf"\b{_SHARE}\b|\brecipients?\b|\bthird[- ]part(?:y|ies)\b|\bproviders?\b|\bpartners?\b|\bwith\s*:?\s*$",
    re.IGNORECASE,
)

_GET = re.compile(
    r"\b(?:receiv\w*|obtain\w*|collect\w*|gather\w*|acquir\w*|import\w*|get|got|information|data|"
    r"provided)\b[^.;]{0,140}?\b(?:from|via|through|by)\s+(?P<np>[^.;]+)",
    re.IGNORECASE,
)
_LOGIN = Sieve(
    re.compile(
        r"\b(?:log(?:ging)? ?[io]n|sign(?:ing)?[- ](?:in|up)|register(?:ing)?|authenticat\w*|"
        r"connect(?:ing)?|access)\b"
        r"[^.;]{0,60}?\b(?:with|using|via|through|to)\s+(?P<np>[^.;]+)",
        re.IGNORECASE,
    )
)
_ACCOUNT = re.compile(r"\b(?:third[- ]part\w+|social (?:media|network\w*)|existing)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|us|our|[A-Z]\w+)\b")
_SOURCE_WORDS = re.compile(
    r"(?:your |our |certain |various |some |trusted )*(?:third[- ]part|other|public|social|"
    r"partner|marketing|advertis|"
    r"data |affiliate|business|another|school|teacher|employer|credit|agenc|external|outside|commercial)",
    re.IGNORECASE,
)
_NOT_A_SOURCE = re.compile(
    r"(?:(?:a|the|such|any|each|our|your|all) )*(?:you|users?|us|use|using|visiting|cookies?|"
    r"time to time|website|"
    r"services?|site|app|application|parents?|guardians?|log files?|loss|unauthori[sz]ed|"
    r"other (?:users?|website)|"
    r"social networking profile|authenticator|google authenticator|other tracking|regulatory)\b",
    re.IGNORECASE,
)
_SOURCE_INTRO = re.compile(
    r"\bfrom(?: (?:the following|these|various|other|third)\b[^.:]{0,60})?\s*:?\s*$|"
    r"\bsources? (?:include|are|of)\b[^.]*:?\s*$|"
    r"\b(?:log ?in|sign[- ]?(?:in|up)|register|connect)\b[^.]*\bservices?\s*:\s*$",
    re.IGNORECASE,
)
_GET_VERB = re.compile(
    r"\b(?:receiv\w*|obtain\w*|collect\w*|gather\w*|acquir\w*|import\w*|get)\b", re.IGNORECASE
)
_AUTOMATIC = Sieve(
    re.compile(
        r"\b(?:servers?|system|website|app)\s+(?:may\s+)?automatically (?:logs?|records?|collects?)\b|"
        r"\bcollect (?:the following |certain )?(?:[\w ]{0,24} )?(?:data|"
        r"information) (?:directly )?from you\b",
        re.IGNORECASE,
    )
)
_SOURCE_STOP = re.compile(
    r"\s*(?:,? (?:who|which|whom|that|if|when|where|unless|such as|including|as|in order|to|for|"
    r"in|upon|under|with|about|on|and (?:we|other information)|may|will|is|are|so)\b|[;:(]|"
    r"\.(?:\s|$))",
    re.IGNORECASE,
)
_NO_SOURCE = re.compile(
    r"\b(?:children|minors?|anyone|under (?:the age|1\d)|our servers|your computer|"
    r"unauthori[sz]ed|loss|visiting|deleting|spam|receiving|access(?:ing)?|such (?:data|"
    r"information))\b",
    re.IGNORECASE,
)


def find_recipients(passage: Passage) -> Iterator[Mention]:
    """Recipients in a passage: categories of recipients, and organisations that receive data."""
    text = passage.text
    found: list[tuple[int, int, float]] = []
    at_home = bool(passage.topics & _TOPICS)
    if passage.is_cell:
        if re.search(
            r"\brecipients?\b|\bshared with\b|\bthird[- ]part|\bwho\b|\bprocessor|\bprovider",
            passage.column,
            re.IGNORECASE,
        ):
            found.extend((start, end, 0.75) for start, end in members(text, 0, len(text)))
    elif not passage.is_heading:
        if not (passage.topics & _EXCLUDED) or _SHARING.search(text):
            for pattern in (_TO, _GIVEN):
                for match in pattern.finditer(text):
                    if _READER_ACTS.search(text, 0, match.start()) or _ON_BEHALF.search(
                        text, 0, match.start("np")
                    ):
                        continue
                    data = _DATA_GIVEN.search(text, match.start(), match.start("np")) or _IS_GIVEN.search(
                        text, 0, match.start()
                    )
                    found.extend(_parties(text, *match.span("np"), _GIVEN_TO, people=data is not None))
            if (
                at_home
                or passage.topics & {Topic.TRACKING, Topic.SECURITY, Topic.COLLECTION, Topic.USE}
                or re.search(r"\bthird[- ]part|\bservice providers?\b", text, re.IGNORECASE)
            ):
                for match in _ENGAGE.finditer(text):
                    found.extend(_parties(text, match.start("np"), match.end("np"), 0.65))
            if actor := _ACTOR.match(text):
                found.extend(_parties(text, actor.start("np"), actor.end("np"), 0.65))
        if passage.is_item and passage.first and (_INTRO.search(passage.intro) or at_home):
            found.extend(_in_item(passage))
    yield from _mentions(passage, found, Role.RECIPIENT, "recipient")
    yield from _organisations(passage, found)


def _in_item(passage: Passage) -> Iterator[tuple[int, int, float]]:
    """Recipients at the head of a list item: "With affiliates: we may share ...", "Advertising partners"."""
    text = passage.text
    lead = re.match(
        r"^\W*(?:with |to |by )?(?P<np>[^.:;–—]{3,90}?)(?:\s*[:.;–—]|\s-\s|$|,? (?:who|that|which|"
        r"to whom|in the event|in connection|if|when|for|as|so that|under)\b)",
        text,
        re.IGNORECASE,
    )
    if (
        lead
        and _HEAD_WORD.search(lead.group("np"))
        and not re.match(
            r"^\W*(?:for|to|if|when|in|we|you|as|by)\b(?! (?:affiliates|our|third|service|other))",
            text,
            re.IGNORECASE,
        )
    ):
        yield from _parties(text, lead.start("np"), lead.end("np"), 0.75)


def _parties(
    text: str, start: int, end: int, confidence: float, *, people: bool = False
) -> Iterator[tuple[int, int, float]]:
    """The members of an enumeration that are parties; of people, whoever they are, only where data goes to them."""
    end = _cut(text, start, end, _STOP)
    for match in _EXAMPLES.finditer(text, start, end):
        yield from _parties(text, *match.span("np"), confidence, people=people)
    for piece_start, piece_end in members(text, start, end):
        examples = _EXAMPLES.search(text, piece_start, piece_end)
        stop = _cut(text, piece_start, examples.start() if examples else piece_end, _STOP)
        piece_start, stop = trim_noun_phrase(text, piece_start, stop)
        phrase = text[piece_start:stop]
        if _ANYONE.fullmatch(phrase) and _DENIAL.search(text, 0, piece_start):
            yield piece_start, stop, confidence
            continue
        if not phrase or len(phrase.split()) > 12 or _NOT_A_PARTY.match(phrase):
            continue
        if (of := _PART_OF.match(phrase)) and _HEAD_WORD.search(phrase):
            piece_start += of.end()
            phrase = text[piece_start:stop]
        if _DEFINES.match(text, stop):
            continue
        grounding = lexicon().ground(phrase, "recipient")
        if (
            _HEAD_WORD.search(phrase)
            or (people and len(phrase.split()) <= 4 and _PEOPLE.match(text, stop))
            or (grounding is not None and grounding.confidence >= 0.9 and len(phrase.split()) <= 6)
        ):
            yield piece_start, stop, confidence


def _organisations(passage: Passage, found: list[tuple[int, int, float]]) -> Iterator[Mention]:
    """Known organisations that a passage names as services in use."""
    text = passage.text
    matches = organisations().find(text, 0, len(text))
    if not matches:
        return
    listed = len(text) < 60 and (passage.is_item or passage.is_heading or passage.is_cell)
    if (
        not listed
        and not any(_HOLDS.match(text, match.end) for match in matches)
        and not _SHARING.search(text)
        and not re.search(
            r"\b(?:use|uses|using|used|analytics|ads?|advertising|services?|sdk|plugins?|track|"
            r"powered|hosted|payment|cookies?|integrat)\b",
            text,
            re.IGNORECASE,
        )
    ):
        return
    if (
        re.search(
            r"\b(?:opt[- ]?out|deactivat|disable|learn more|privacy policy of|policies of|see|visit|"
            r"available at|find)\b[^.]{0,60}https?:|\bplay store\b|\bapp store\b",
            text,
            re.IGNORECASE,
        )
        and not listed
    ):
        return
    for match in matches:
        if any(match.start < end and start < match.end for start, end, _ in found):
            continue
        known = organisations().get(match.key)
        yield passage.mention(
            match.start,
            match.end,
            Role.RECIPIENT,
            (known.role if known is not None else None) or expand("dpv:ThirdParty"),
            confidence=0.6,
            value=match.name,
            agent=match.key,
        )


def find_sources(passage: Passage) -> Iterator[Mention]:
    """Where data comes from, in a passage."""
    text = passage.text
    if passage.is_heading:
        return
    found: list[tuple[int, int, float]] = []
    if _GET_VERB.search(text) and not _NO_SOURCE.search(text):
        for match in _GET.finditer(text):
            end = _cut(text, match.start("np"), match.end("np"), _SOURCE_STOP)
            for start, piece_end in members(text, match.start("np"), end):
                stop = _cut(text, start, piece_end, _SOURCE_STOP)
                if _is_source(text[start:stop]):
                    found.append((start, stop, 0.65))
    if _OURS.search(text):
        for match in _LOGIN.finditer(text):
            head = text[match.start("np") : _cut(text, match.start("np"), match.end("np"), _SOURCE_STOP)]
            if _ACCOUNT.search(head) or organisations().find(text, match.start("np"), match.end("np")):
                found.extend(
                    (start, stop, 0.55)
                    for start, stop in members(text, match.start("np"), match.end("np"))
                    if _names_account(text, start, stop)
                )
    if passage.is_item and _SOURCE_INTRO.search(passage.intro) and len(text) < 120:
        end = _cut(text, 0, len(text), _SOURCE_STOP)
        found.extend((start, stop, 0.6) for start, stop in members(text, 0, end))
    for match in _AUTOMATIC.finditer(text):
        yield passage.mention(
            match.start(),
            match.end(),
            Role.SOURCE,
            expand("dpv:DataSubjectDataSource"),
            confidence=0.5,
        )
    yield from _mentions(passage, found, Role.SOURCE, "source")


def _is_source(phrase: str) -> bool:
    """Whether the words after "from" name somebody other than the reader."""
    if not phrase or len(phrase.split()) > 8 or _NOT_A_SOURCE.match(phrase):
        return False
    grounding = lexicon().ground(phrase, "source")
    return bool(_SOURCE_WORDS.match(phrase)) or (grounding is not None and grounding.confidence >= 0.94)


def _names_account(text: str, start: int, end: int) -> bool:
    """Whether a phrase names an account or service of somebody else with which one logs in."""
    phrase = text[start:end]
    return len(phrase.split()) <= 9 and bool(
        _ACCOUNT.search(phrase) or organisations().find(text, start, end)
    )


def _mentions(
    passage: Passage, found: list[tuple[int, int, float]], role: Role, kind: str
) -> Iterator[Mention]:
    kept: list[tuple[int, int]] = []
    for start, end, confidence in sorted(found, key=lambda s: (-s[2], s[0] - s[1])):
        start, end = trim(passage.text, start, end)
        if start >= end or any(start < b and a < end for a, b in kept):
            continue
        kept.append((start, end))
        named = organisations().find(passage.text, start, end)
        whole = next((m for m in named if m.end - m.start > 0.5 * (end - start)), None)
        grounding = lexicon().ground(passage.text[start:end], kind)
        known = organisations().get(whole.key) if whole else None
        concept = grounding.concept if grounding else None
        if whole is not None and concept is None:
            concept = (known.role if known is not None and role is Role.RECIPIENT else None) or expand(
                "dpv:ThirdParty" if role is Role.RECIPIENT else "dpv:ThirdPartyDataSource"
            )
        yield passage.mention(
            start,
            end,
            role,
            concept,
            confidence=confidence,
            value=whole.name if whole else None,
            agent=whole.key if whole else None,
        )


def _cut(text: str, start: int, end: int, stop: re.Pattern[str]) -> int:
    """The offset at which the phrase that begins at ``start`` ends."""
    depth = 0
    for mark in MAY_END.finditer(text, start, end):
        at = mark.start()
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and at > start and (match := stop.match(text, at, end)) and match.end() > at:
            return at
    return end
