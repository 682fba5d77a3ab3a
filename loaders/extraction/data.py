"""Categories of personal data.

Data is named in enumerations behind a verb of collecting ("we collect your name, e-mail address and photo") or behind a
noun that announces them ("information such as ..."), in lists and tables that a line or heading announces, and in
passing. A member of an enumeration counts when the lexicon knows it, or when its neighbours are known and it ends in a
noun that data is made of ("serial number"). "Personal data" and its like count only where something is done with them:
said of everything, they state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privagraph.loaders.extraction.passages import Passage, Topic
from privagraph.loaders.extraction.phrases import MAY_END, members, trim_noun_phrase
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import expand

__all__ = ["find_data"]

_KIND = "data_category"
_GENERIC_CONCEPTS = frozenset(
    map(
        expand,
        (
            "dpv:PersonalData",
            "dpv:Data",
            "dpv:CollectedPersonalData",
            "dpv:ProvidedPersonalData",
            "dpv:SensitivePersonalData",
            "dpv:NonPersonalData",
            "dpv:AnonymisedData",
            "dpv:IdentifyingPersonalData",
        ),
    )
)
_GENERIC_WORDS = re.compile(
    r"^(?:(?:all|any|some|certain|the|your|their|our|his|her|such|this|that|these|those|other|"
    r"users?['’]?s?|of|additional|more|collected|necessary|personally|personal|private|"
    r"identifiable|identifying|student|student['’]s|children['’]s|customer|user|individual|non-?|"
    r"and|or|following|sensitive|about|you|kinds?|types?|information|data|details|info|"
    r"categor(?:y|ies)|we|collect|pieces?)\W*)+$",
    re.IGNORECASE,
)
_COLLECT = (
    r"(?:collect(?:s|ed|ing|ion of)?|gather(?:s|ed|ing)?|obtain(?:s|ed|ing)?|receiv(?:e|es|ed|"
    r"ing)|gets?|request(?:s|ed|ing)?|requir(?:e|es|ed|ing)|ask(?:s|ed|ing)?(?: you)? (?:for|"
    r"to provide)|stor(?:e|es|ed|ing)|record(?:s|ed|ing)?|logs?|logged|logging|access(?:es|ed|"
    r"ing)?|"
    r"process(?:es|ed|ing)?|us(?:e|es|ed|ing)|retain(?:s|ed)?|keep(?:s)?|captur(?:e|es|ed)|"
    r"track(?:s|ed)?|monitor(?:s|ed)?|provid(?:e|es|ed|ing)|submit(?:s|ted)?|enter(?:s|ed)?|"
    r"supply|upload(?:s|ed)?|shar(?:e|es|ed|ing)|disclos(?:e|es|ed|ing)|transmit(?:s|ted)?|sends?|"
    r"sell(?:s|ing)?|rent(?:s|ed|ing)?|leas(?:e|es|ed|ing)|trad(?:e|es|ed|ing)|transfer(?:s|red)?|acquir(?:e|es|ed)|hold(?:s)?|read(?:s)?|analy[sz](?:e|es|ed)|"
    r"serves?|held|kept|sent|sold|given|known|pass(?:es|ed)? on|hand(?:s|ed)? (?:on|over)|goes to|"
    r"delet(?:e|es|ed)|eras(?:e|es|ed)|give(?: us)?|"
    r"link(?:s|ed)?|identif(?:y|ies)|includ(?:e|es|ed|ing)|contain(?:s|ing)?|"
    r"consist(?:s)? of|know(?:s)?|compris(?:e|es|ing))"
)
_TRIGGER = re.compile(
    rf"\b{_COLLECT}\b|\bsuch as\b|\be\.g\.|\bi\.e\.|\bfor example\b|\bnamely\b|\blike\b|:\s|"
    rf"\bas well as\b|\bis\b|\bare\b|\bmeans\b|\bcombined with\b",
    re.IGNORECASE,
)
_VERB = re.compile(rf"\b{_COLLECT}\b", re.IGNORECASE)
_ACTOR = re.compile(
    r"\b(?:we|i|us|our|they|it|app|application|site|website|service|services|servers?|company|"
    r"browser|device|sdk|cookies?|third[- ]part\w+|providers?|partners?|you|user|users|"
    r"information|data|technolog\w+|tools?|features?|system|platform|logs?|analytics|[A-Z]\w+)\b"
)
_HEAD = re.compile(
    r"\b(?:address(?:es)?|numbers?|names?|ids?|identifiers?|types?|versions?|information|data|"
    r"details|locations?|histor(?:y|ies)|preferences?|settings|records?|photos?|photographs?|"
    r"pictures?|images?|videos?|recordings?|messages?|contents?|files?|logs?|times?|dates?|"
    r"pages?|clicks?|activit(?:y|ies)|usage|statistics|status|country|state|city|province|"
    r"postcode|zip(?: code)?|postal code|languages?|gender|sex|age|birth(?:day|date)?|passwords?|"
    r"usernames?|credentials|e-?mails?|phone|model|operating system|systems?|providers?|browsers?|"
    r"devices?|screen|resolution|"
    r"timestamps?|stamps?|duration|metadata|comments?|posts?|reviews?|feedback|answers?|"
    r"responses?|grades?|scores?|results?|attendance|progress|ip|urls?|titles?|interests?|"
    r"occupation|employer|education|qualifications?|photos|contacts|calendar|transactions?|"
    r"purchases?|orders?|payments?|cards?|accounts?|income|health|fingerprints?|"
    r"biometrics?|voice|audio|microphone|camera|height|weight|race|ethnicity|religion|beliefs|"
    r"opinions?|orientation|nationality|citizenship|signatures?|resumes?|cvs?|profiles?|avatars?|"
    r"bios?|habits|behaviou?rs?|patterns?|queries|searches|keywords|crash(?:es)?|errors?|reports|"
    r"diagnostics|performance|carrier|network|"
    r"connection|isp|hardware|software|platform|region|coordinates|gps|latitude|longitude|"
    r"referr(?:er|al)s?|domain|hostname|cookies?|tags?|tokens?|keys?|codes?|events?|sessions?|"
    r"visits?|downloads?|installations?|plug-?ins?|fonts?|inquiries|communications?|"
    r"correspondence|chats?|transcripts?|emails?|homework|assignments?|coursework|submissions?|"
    r"roster|classes|school|gpa|conversations?|calls?|demographics?|characteristics|"
    r"inferences)\b\W*$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s*(?:,? (?:when|if|where|unless|other than|apart from|only|except|but|however|in order|"
    r"so that|for|to (?!(?:access|use|connect) )|from (?!your|the device)|with(?! respect)|"
    r"through|via|by(?! you)|upon|during|without|in (?:accordance|connection|case|a|an|any|this|"
    r"such)|as (?:described|set|part|necessary|required|a|an|we|you)|unto|on (?:our|behalf|"
    r"the (?:site|website|app))|using|while|after|before|because|"
    r"and (?:we|you|they|to|may|will|use|other similar|is|are|it)|or (?:to|if|when|otherwise)|is|"
    r"are|was|were|will|may|can|cannot|shall|could|must|should|would|might|has|have|had|do|does|did|refers?|"
    r"means(?! of\b)|goes|gets|serves?|stays?|remains?|depends?|we use|that (?:is|are|was|were|will|"
    r"may|can|could|we|helps?|allows?|do|identif|personally|uniquely|enable|relat|result|link)|"
    r"which|who|not|being)\b|[;:]|\.(?=\s|$)|\s[–—-]\s|\?)",
    re.IGNORECASE,
)
_ABOUT = Sieve(
    re.compile(
        r"\b(?:information|data|details|facts) (?:about|on|concerning|regarding|relating to) (?:your|their|his|her)\s"
        r"(?P<what>[\w-]+(?: (?!(?:and|or)\b)[\w-]+){0,3})",
        re.IGNORECASE,
    )
)
_KNOWN = 0.8
"""How sure the lexicon must be of what data is about."""
_COOKIE = re.compile(r"(?:\w+ )?cookies?(?: data)?", re.IGNORECASE)
# "Personal Data: cookies; usage data": a line that is a list, as some generators of policies write it.
_LABELLED = re.compile(
    r"^(?:personal |types? of )*(?:data|information)(?: (?:processed|collected|categories|"
    r"types?))?(?: (?:by|for) [\w ]+)?:\s+(?=[^.]{3,300}\.?$)(?!.*\b(?:we|you|your|our|when|if|is|"
    r"are|has|which)\b)",
    re.IGNORECASE,
)
# What a channel or a place names is not what is collected: "by e-mail", "stored on your device", "through our website".
_CHANNEL = re.compile(
    r"\b(?:through|via|by|on|onto|in|into|at|from|within|using|use of|usage of|visit|visiting|"
    r"over|under|during|delete|deleting|"
    r"(?<!access )(?<!related )(?<!relating )(?<!linked )(?<!limited )to)\s+(?:(?:your|our|the|"
    r"their|these|those|a|an|any|all|each|mobile|user['’]?s?)\s+)*$",
    re.IGNORECASE,
)
# A verb with its object, or a clause: "edit your profile", "to review", "we may collect".
_NO_NOUN_PHRASE = re.compile(
    r"^(?:you|we|they|please|if|it|i|to|not|with the|otherwise)\b(?!['’])|"
    r"^(?:delet|disabl|install|evaluat|maintain|manag|updat|improv|check|provid|clear|block|set|"
    r"send|contact|enter|log|sign|visit|us|"
    r"access|adjust|protect|secur|creat|chang|edit|review|view|prevent|match|guid|sav|purchas|"
    r"monitor|track|shar|compil|customi[sz]|"
    r"collect|process|stor|keep|mak|tak|giv|request|submit|link|combin|analy[sz])(?:e|es|s|ing|"
    r"ting|ping|ning)?\s+"
    r"(?:a|an|the|your|our|their|his|her|its|you|us|them|any|it|this|these|those|fraudulent|illegal)\b|"
    r"\b(?:you (?:can|may|should|will|must)|we (?:will|may|use|do)|(?:do|does|is|are|will|"
    r"can) not)\b|\bour servers?\s+(?!logs?\b)\w+",
    re.IGNORECASE,
)
_RUN_IN_LABEL = re.compile(
    r"(?:personal )?(?:data|information) (?:we )?(?:collected|processed|collect|process)\W*:", re.IGNORECASE
)
_OWNER = re.compile(
    r"\b(?:(?:any|all|some|certain)(?: other)? (?:of )?)?(?:your|their|users?['’]s?|"
    r"customers?['’]s?|students?['’]s?)\s+$",
    re.IGNORECASE,
)
_HOME = frozenset({Topic.COLLECTION})
_WARM = frozenset(
    {
        Topic.COLLECTION,
        Topic.TRACKING,
        Topic.SHARING,
        Topic.USE,
        Topic.SOURCES,
        Topic.DEFINITIONS,
        Topic.CHILDREN,
    }
)
_COLD = frozenset(
    {Topic.RIGHTS, Topic.SECURITY, Topic.CONTACT, Topic.CHANGES, Topic.LINKS, Topic.RETENTION, Topic.TRANSFER}
)
_INTRO = re.compile(
    r"\b(?:information|data|details|following|include|includes|including|collect\w*|categor\w+|"
    r"types?|such as|permissions?|process\w*|provide|store)\b",
    re.IGNORECASE,
)
_INTRO_NOT = re.compile(
    r"\b(?:purposes?|rights?|in order to|to\s*:?\s*$|measures|parties|with\s*:?\s*$|situations|"
    r"circumstances|cases?\s*:?\s*$|reasons?|ways?)\b",
    re.IGNORECASE,
)
_REACH_US = re.compile(
    r"\b(?:contact|e-?mail|write(?: to)?|reach|call|mail|phone)(?:ing)? (?:to )?(?:us|me|our)\b|"
    r"\b(?:to|at|via|by|with) our (?:[\w-]+ )?(?:e-?mail|address|phone)|\S+@\S+",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r"\b(?:we|i|our [\w ]{1,40}|it|they|app|application|company|third[- ]part(?:y|ies)|providers?|"
    r"partners?|parties|[A-Z]\w+)\b[^.;]{0,60}?\b(?:collect\w*|gather\w*|obtain\w*|receiv\w*|"
    r"shar(?:e|es|ed|ing)|disclos\w*|sell(?:s|ing)?|sold|rent\w*|transfer\w*|process(?:es|ed|"
    r"ing)?|stor(?:e|es|ed|ing)|us(?:e|es|ing)|transmit\w*|trad(?:e|ing))\b|\b(?:is|are|be|been|"
    r"being) (?:\w+ )?(?:collected|gathered|obtained|shared|disclosed|sold|transferred|processed|"
    r"stored|used|transmitted|deleted|kept)\b",
    re.IGNORECASE,
)


def find_data(passage: Passage) -> Iterator[Mention]:
    """Data categories in a passage."""
    text = passage.text
    if passage.is_heading:
        return
    hits = [(m.start, m.end, m.concept) for m in lexicon().find(text, 0, len(text), {_KIND})]
    hits.extend(_about(text, hits))
    listed = passage.is_item and passage.first and _announced(passage)
    in_column = (
        passage.is_cell
        and bool(
            re.search(
                r"\bdata\b|\binformation\b|\bcategor|^\W*what(?: we (?:collect|process|store))?\W*$",
                passage.column,
                re.IGNORECASE,
            )
        )
        and not re.search(r"\bpurpose|\bbasis|\bhow\b|\bwhy\b", passage.column, re.IGNORECASE)
    )
    if not hits and not listed and not in_column:
        return
    labelled = _LABELLED.match(text)
    bearing = (
        listed
        or in_column
        or labelled is not None
        or (_VERB.search(text) is not None and _ACTOR.search(f"{passage.intro} {text}") is not None)
        or bool(passage.topics & _HOME)
    )
    if not bearing or (_REACH_US.search(text) and not passage.topics & _WARM):
        return
    specific = [hit for hit in hits if not _is_generic(text, *hit)]
    if not (listed or in_column or labelled):
        specific = [hit for hit in specific if _COOKIE.fullmatch(text[hit[0] : hit[1]]) is None]
    found: list[tuple[int, int, float]] = []
    if labelled:
        found.extend((start, end, 0.75) for start, end in members(text, labelled.end(), len(text)))
    elif listed or in_column:
        found.extend(_listed(passage, specific))
    cold = bool(passage.topics & _COLD) and not passage.topics & _WARM
    if specific and not (cold and not _DONE_TO.search(text)):
        found.extend(_enumerated(passage, specific))
    if not cold and not found:
        found.extend(_generic(passage, hits))
    kept: list[tuple[int, int]] = []
    for start, end, confidence in sorted(found, key=lambda s: (-round(s[2], 1), s[0] - s[1])):
        start, end = trim_noun_phrase(text, start, end)
        if start >= end or any(start < b and a < end for a, b in kept):
            continue
        if _NO_NOUN_PHRASE.search(text[start:end]) or _RUN_IN_LABEL.match(text, start):
            continue
        kept.append((start, end))
        grounding = lexicon().ground(text[start:end], _KIND)
        yield passage.mention(
            start,
            end,
            Role.DATA_CATEGORY,
            grounding.concept if grounding else None,
            confidence=confidence,
        )


def _about(text: str, hits: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Data that is told by what it is about, where no word of that alone is known for data."""
    for match in _ABOUT.finditer(text):
        start, end = match.start(), _cut(text, match.start("what"), match.end())
        if end <= match.start("what") or any(start < b and a < end for a, b, _ in hits):
            continue
        grounding = lexicon().ground(text[start:end], _KIND)
        if grounding is not None and grounding.confidence >= _KNOWN:
            yield start, end, grounding.concept


def _is_generic(text: str, start: int, end: int, concept: str) -> bool:
    return concept in _GENERIC_CONCEPTS or bool(_GENERIC_WORDS.match(text[start:end]))


def _announced(passage: Passage) -> bool:
    """Whether a list item stands in a list of data."""
    intro = passage.intro
    if (
        intro
        and _INTRO_NOT.search(intro)
        and not re.search(
            r"\b(?:collect|following (?:categories|types|information|data|personal))", intro, re.IGNORECASE
        )
    ):
        return False
    return bool((intro and _INTRO.search(intro)) or passage.topics & _HOME)


def _listed(passage: Passage, specific: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, float]]:
    """Data in a list item or a cell of a list of data: its lead, or its members."""
    text = passage.text
    lead = re.match(r"^\W*(?P<np>[^.:;–—]{2,80}?)\s*(?:[:–—]|\s-\s|\.\s+[A-Z])", text)
    if lead and lead.end() < len(text):
        phrase = lead.group("np")
        if (
            (lexicon().ground(phrase, _KIND) is not None or _HEAD.search(phrase))
            and not _VERB.match(phrase)
            and not re.match(r"(?:we|to|for|how|when|if)\b", phrase, re.IGNORECASE)
        ):
            yield lead.start("np"), lead.end("np"), 0.7
        return
    if re.search(r"\b(?:we|you|our|will|may|is|are|use|can)\b", text, re.IGNORECASE) and len(text) > 60:
        return
    for start, end in members(text, 0, len(text)):
        end = _cut(text, start, end)
        hit = next((a for a, b, _ in specific if a < end and start < b), None)
        if hit is not None and _CLAUSE.match(
            text, start, hit
        ):  # an item that is a sentence: "Acme gets your name"
            yield _np_start(text, start, hit), end, 0.75
        elif hit is not None or (len(text[start:end].split()) <= 8 and _HEAD.search(text[start:end])):
            yield start, end, 0.75


def _enumerated(passage: Passage, specific: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, float]]:
    """The noun phrases around known data, and their neighbours in an enumeration."""
    text = passage.text
    confidence = 0.75 if passage.topics & _WARM else 0.6
    pieces = list(members(text, 0, len(text)))
    bounds: list[tuple[int, int, bool]] = []
    for start, end in pieces:
        inside = [hit for hit in specific if start <= hit[0] and hit[1] <= end]
        if not inside:
            bounds.append((start, end, False))
            continue
        for hit_start, hit_end, _ in inside:
            begin = _np_start(text, start, hit_start)
            stop = max(hit_end, _cut(text, hit_end, end))
            if _CHANNEL.search(text, max(0, begin - 40), begin) or _NO_NOUN_PHRASE.search(text[begin:stop]):
                bounds.append((begin, stop, False))
                continue
            bounds.append((begin, stop, True))
            yield begin, stop, confidence
    # a neighbour between two known members, or right after one, that ends in a noun of data
    for before, here, after in zip([None, *bounds[:-1]], bounds, [*bounds[1:], None], strict=True):
        if here[2]:
            continue
        near = (before is not None and before[2] and here[0] - before[1] < 12) or (
            after is not None and after[2] and after[0] - here[1] < 12
        )
        stop = _cut(text, here[0], here[1])
        phrase = text[here[0] : stop]
        if (
            near
            and 0 < len(phrase.split()) <= 8
            and _HEAD.search(phrase)
            and not _VERB.search(phrase)
            and not _GENERIC_WORDS.match(phrase)
            and not re.search(r"\b(?:we|you|to|us|our)\b", phrase, re.IGNORECASE)
        ):
            yield here[0], stop, confidence - 0.1


_BREAK = re.compile(
    rf"(?:\b{_COLLECT}\b|\b(?:gets?|got|such as|including|like|e\.g\.|i\.e\.|for example|namely|with|from|of|"
    rf"to|for|by|that|which|is|are|be|on|via|through|following|as|information about|when|if|in|"
    rf"into|at|about|we|us|may|will)\b|[:(“\"])[\s,:]*",
    re.IGNORECASE,
)


_CLAUSE = re.compile(
    r"(?:and )?(?:[A-Z][\w-]* ){0,4}(?:gets?|receives?|stores?|keeps?|collects?|processes|holds?|uses?)\s"
)


def _np_start(text: str, start: int, hit: int) -> int:
    """Where the noun phrase that holds the word at ``hit`` begins: after the last verb or preposition before it."""
    begin = start
    for match in _BREAK.finditer(text, start, hit):
        begin = match.end()
    return min(begin, hit)


def _generic(passage: Passage, hits: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, float]]:
    """Words such as "your personal data", where the sentence does something with them, once in a sentence.

    "This information" and bare "data" refer back to something said before: tying follows them, they name nothing.
    """
    text = passage.text
    if passage.topics & {Topic.DEFINITIONS, Topic.RETENTION} or not _DONE_TO.search(text):
        return
    for start, end, concept in hits:
        if not _is_generic(text, start, end, concept):
            continue
        owner = _OWNER.search(text[:start])
        if owner is not None or re.match(
            r"your\b|their\b|(?:customer|user|client|consumer|visitor|member|student|pupil|children)s?\W|personal"
            r"|.*\bpersonal",
            text[start:end],
            re.IGNORECASE,
        ):
            yield (start if owner is None else owner.start()), end, 0.5
            return


def _cut(text: str, start: int, end: int) -> int:
    """Where the noun phrase that begins at ``start`` ends."""
    depth = 0
    for mark in MAY_END.finditer(text, start, end):
        at = mark.start()
        if text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and (match := _STOP.match(text, at, end)) and match.end() > at:
            return at
    return end
