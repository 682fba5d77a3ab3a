"""Whose policy it is: the controller's names, how to reach it, and its data protection officer.

A controller is found by what policies do with its name: they define it ('Acme Ltd ("we", "us")'), put it in their
title ("Privacy Policy of Acme"), let it own and run the service, and sign with it above a postal address. Every such
place is a vote; the name with most weight is the controller, and each defining place is a mention.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.loaders.document import Block, BlockKind, Document
from privagraph.loaders.extraction.sieves import Sieve
from privagraph.loaders.facts import Mention, Role
from privagraph.ontology.dates import find_dates
from privagraph.ontology.letters import lowered
from privagraph.ontology.memory import Remembered
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations

__all__ = ["Controller", "find_contacts", "find_controller"]

_SUFFIX = (
    r"(?:Inc|Incorporated|L\.?L\.?C|Ltd|Limited|Pvt\.? Ltd|Private Limited|PRIVATE LIMITED|"
    r"GmbH(?: & Co\.? KG)?|mbH|AG|S\.?A\.?S?|S\.?[Aa]\.?r\.?l|SARL|Sarl|B\.?V|N\.?V"
    r"|Oy|AB|A/S|ApS|AS|Pty\.? Ltd|PTY\.? LTD|Pty|Pte\.? Ltd|PTE\.? LTD|PLC|plc|Corp|Corporation|"
    r"LLP|LP|e\.V|e\.U|K\.K|Kft|d\.o\.o|s\.r\.o|Sp\. z o\.o|FZE|FZ-?LLC|FZCO"
    r"|OÜ|S\.p\.A|SpA|S\.r\.l|Srl|Lda|Ltda|S\.L|SL|INC|LTD|CORP|Co\.,? Ltd|CO\.,? LTD|Foundation|Trust)"
)
_OTHER = r"[\u0370-\u1fff\u3040-\uffdc]"  # letters of scripts without capitals, or with other ones
# No word of a name is longer than these bounds, which keep the time linear on "1.1.1.1." and "555-555-".
_CAP = (
    rf"(?:(?<![\w])[A-Z0-9][\w'’+-]{{0,60}}+(?:\.\w{{1,60}}+){{0,6}}|(?<!{_OTHER}){_OTHER}{{1,60}}+"
    r"|\([A-Z][A-Z .]{0,60}\))"
)
_NAME = rf"(?:{_CAP}(?: (?:(?:of|and|for|the|de|von|by|&|\+|-) )?{_CAP}){{0,6}})"
_FULL_NAME = re.compile(
    rf"\b(?P<name>{_CAP}(?:,? (?:(?:of|and|for|the|de|von|by|&|\+) )?{_CAP}){{0,6}}?,? {_SUFFIX}(?!\w)\.?)"
)

_SELF = (
    r"(?:[\"“”'‘’«»]?(?:we|us|(?:our|my)(?!\s\w)|ours|the company|company|the controller|controller|"
    r"the service provider|the developer|i|me)\b[\"“”'‘’«»,]*)"  # not "our officer is": that is somebody else
)
_DEFINED = re.compile(
    rf"(?P<name>{_NAME}(?:,? {_SUFFIX}\.?)?),?\s*(?:and its (?:affiliates|"
    rf"subsidiaries)[^(]{{0,60}})?\((?=[^)]*(?:[\"“'‘]|(?i:hereinafter|"
    rf"referred to as)\W+(?:the )?)(?i:we|us|our|company|controller|the company)\b)"
)
_REFERS = re.compile(
    rf"(?i:{_SELF}(?>\W{{1,4}}(?:or |and |"
    rf"either )?\W{{0,3}}{_SELF}){{0,8}}+[^.]{{0,40}}?\b(?:refers? to|means?|is|"
    rf"are))\s+(?P<name>{_NAME}(?:,? {_SUFFIX}\.?)?)(?=[\s,.;(]|$)"
)
_OWNED = re.compile(
    rf"(?i:\b(?:website|site|apps?|applications?|services?|platform|products?|game|"
    rf"product)\b[^.]{{0,40}}\b(?:owned|operated|developed|published|offered|run|managed|built|"
    rf"created)"
    rf"(?:,? (?:and|or|and/or) (?:owned|operated|developed|provided|maintained|managed))? by|"
    rf"\bcontroller (?:is|of)|"
    rf"\bservice is provided by|\b(?:privacy (?:policy|notice|statement)|data protection (?:policy|"
    rf"notice)) (?:of|for)|\bwelcome to|\bhere at|^at)\s+(?:the company |"
    rf"us at )?(?P<name>{_NAME}(?:,? {_SUFFIX}\.?)?)(?=[\s,.;:(\"”]|$)"
)
_CONTROLLER_IS = re.compile(
    rf"(?P<name>{_NAME}(?:,? {_SUFFIX}\.?)?),?\s+(?i:is|are|acts? as|shall be|will be)\s+(?i:the|a|"
    rf"your|our)?\s*(?i:data )?(?i:controller)\b"
)
_TITLE = re.compile(
    rf"^(?P<name>{_NAME})(?:['’]s?)?\s+(?i:(?:\w+ )?privacy (?:policy|notice|statement)|"
    rf"data protection (?:policy|notice))|"
    rf"(?i:privacy (?:policy|notice|statement)) (?i:of|for|"
    rf"[-–|:])\s*(?P<name2>{_NAME}(?:,? {_SUFFIX}\.?)?)\s*$"
)
_ACTS = re.compile(
    rf"^(?P<name>{_NAME}(?:,? {_SUFFIX}\.?)?)\s+(?:(?:may|will|does|do|is|has|can|"
    rf"shall)\s+(?:not\s+|also\s+|never\s+)?)?"
    r"(?:collects?|uses?|shares?|discloses?|stores?|processes|process|takes?|respects?|retains?|"
    r"reserves?|provides?|built|values?|understands?|recogni[sz]es?|believes?|committed)\b"
)
_BUILT = re.compile(
    r"^(?P<name>\S.{1,48}?) (?:has |have )?(?:built|developed|created) the .{2,80}? (?:app|"
    r"application|game|website|service)\b"
)
_AT = re.compile(
    r"^At (?P<name>[\w.&'’ -]{2,40}?),? (?:accessible (?:from|at)|one of our main priorities|"
    r"we (?:take|value|respect|are committed))"
)
_SUBJECT = re.compile(
    rf"\b(?P<n>{_NAME},? {_SUFFIX}\.?)(?=\s+(?:is|may|will|and its|uses|collects|shall|has|does)\b)"
)
_TOLD_OF = re.compile(
    r"(?i:\b(?:policy|notice|statement|page|document)\b[^.]{0,60}?\b(?:explains?|describes?|sets? out|tells?|"
    r"shows?|covers?|outlines?|informs?|details?|governs?|discloses?)"
    r"(?: to)?(?: you)?(?: about)?(?: the ways?(?: in which)?)?)"
    r"(?i: (?:how|why|what|which)(?:,? (?:and|or) (?:how|why|when|what))?(?: (?:personal )?(?:data|information))?)?"
    rf"\s+(?P<name>{_NAME}(?:,? {_SUFFIX}\.?)?),?\s+(?:(?:may|will|can|and its \w+)\s+)?"
    r"(?:collects?|uses?|gathers?|handles?|process(?:es)?|treats?|protects?|stores?|shares?|keeps?|obtains?|manages?)\b"
)
"""What a policy says of itself: "this notice explains how Kettle Ltd collects your data"."""

_DOMAIN = re.compile(r"(?:@|https?://(?:www\.)?|\bwww\.)([\w-]+)(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_PUBLIC_MAIL = frozenset(
    "gmail googlemail yahoo hotmail outlook protonmail proton icloud mail gmx web live aol "
    "yandex qq 163 google facebook apple allaboutcookies twitter instagram youtube".split()
)
_NOT_A_NAME = re.compile(
    r"^(?:section \d+|art(?:icle)?\.? ?\d*|changes|developers?|owners?|"
    r"(?:mobile )?application developers?|the|this|these|our|your|we|us|you|it|if|when|in|at|by|"
    r"for|to|all|any|please|such|what|how|who|which|where|as|no|for|and|or|of|personal (?:data|"
    r"information)|information|data|cookies?|"
    r"users?|website|site|app|application|service|services|company|you|party|device|account|"
    r"privacy|policy|terms?|third[- ]part(?:y|ies)|children|parents?|students?|teachers?|schools?|"
    r"google|apple|facebook|"
    r"general data protection regulation|gdpr|ccpa|california(?: consumer privacy act)?|"
    r"european(?: union| economic area)?|united (?:states|kingdom)|eu|eea|uk|usa?|consumers?|"
    r"customers?|"
    r"service providers?|privacy (?:policy|notice|statement)|last updated|effective date|"
    r"introduction|contact us|analytics|administrators?|everyone|members?|visitors?)$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:\w\.)+\w$")
_BAD_EDGE = re.compile(r"\s+(?:and|of|for|the|by|de|von|or|&)$", re.IGNORECASE)
_GENERIC_TAIL = re.compile(
    r"\s+(?:privacy|website|site|app|application|platform|services?|products?)$", re.IGNORECASE
)

_AT_SIGNS = ("@", "[at]", "(at)")
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\w.])(?:\+\s?\d{1,3}|\(\+?\d{1,4}\)|0)[\d\s().–-]{6,18}\d(?![\w])")
_PHONE_CUE = re.compile(
    r"\b(?:tel(?:ephone)?|phone|call|mobile|fax|whatsapp|hotline|contact no|number)\b", re.IGNORECASE
)
_LOOSE_PHONE = re.compile(r"(?<![\w.])\(?\d{3,5}\)?[\s.–-]?\d{3,4}[\s.–-]?\d{3,5}(?![\w])")
_STREET = re.compile(
    r"\b(?:street|str\.|strasse|straße|road|rd\.?|avenue|ave\.?|boulevard|blvd|lane|drive|dr\.|"
    r"way|square|floor|suite|ste\.?|building|block|sector|nagar|p\.?\s?o\.? box|po box|plaza|"
    r"tower|quay|court|"
    r"rue|via|calle|platz|allee|gasse|postal code|zip|highway|hwy|house|unit|apartment|apt|"
    r"parkway|colony|district)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{2}\s+\d{5}(?:-\d{4})?|\d{4,6}|[A-Z]{1,2}\d[\dA-Z]?\s*\d[A-Z]{2}|D-\d{5}|CH-\d{4})\b"
)
_DPO = re.compile(
    r"\b(?:data protection officer|dpo|grievance officer|privacy officer|"
    r"data protection (?:manager|representative|commissioner of)|chief privacy officer)\b",
    re.IGNORECASE,
)
_HOUSE_NUMBER = re.compile(
    r"(?!(?i:section|article|art|chapter|clause|version|part|page|step|annex|appendix|table|level)\b)"
    r"[A-Z][\w'’.-]*(?: [\w'’.-]+){0,4} \d{1,4} ?[a-zA-Z]?"
)
_REACH = re.compile(
    r"\b(?:contact(?:ing)?|e-?mail(?:ing)?|write|writing|reach|questions|address|mail|inquir|"
    r"enquir|support|registered office|located at|headquarter|attn|attention)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Controller:
    """The organisation whose policy it is.

    Attributes:
        name: Its fullest name in the text, or None when the text does not say.
        aliases: Further names by which the text calls it, sorted.
        mentions: The places that define it.
    """

    name: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


_NAME_AFTER = rf"(?:[A-Z0-9]|{_OTHER}|\([A-Z])"
"""How a name begins, in patterns that tell quickly whether a longer one is worth trying."""

_NAMING = tuple(
    (pattern, Sieve(pattern), re.compile(quick), weight)
    for pattern, quick, weight in (
        (_DEFINED, r"\(", 6.0),
        (_REFERS, rf"(?i:\b(?:to|means?|is|are))\s+{_NAME_AFTER}", 6.0),
        (_CONTROLLER_IS, r"", 7.0),
        (_OWNED, rf"(?i:\b(?:by|is|of|for|to|at)\s+(?:the company |us at )?){_NAME_AFTER}", 3.0),
        (_TOLD_OF, r"", 5.0),
    )
)
"""Sentences that name the controller; what each must hold, and how much it counts."""


_Place = tuple[int, int, float, bool]
"""Where a name stands, how much it counts, and whether the place defines the controller."""

_LONGEST = 4000
"""Blocks of more characters are not remembered, so that those that are take a few megabytes."""


def _names_in(text: str) -> tuple[tuple[_Place, ...], tuple[_Place, ...]]:
    """The places of a block that name the controller, and those where a company acts, by the block's own offsets."""
    found: list[_Place] = []
    if match := _BUILT.match(text) or _AT.match(text):
        found.append((*match.span("name"), 6.0, True))
    small = lowered(text)
    for pattern, sieve, quick, weight in _NAMING:
        if sieve.lets_through(small) and quick.search(text):
            found.extend((*match.span("name"), weight, True) for match in pattern.finditer(text))
    acts: list[_Place] = [(*match.span("name"), 1.0, False)] if (match := _ACTS.match(text)) else []
    acts.extend((*match.span(1), 1.0, False) for match in _SUBJECT.finditer(text))
    return tuple(found), tuple(acts)


_names_in_block = Remembered(_names_in, longest=_LONGEST)


def find_controller(document: Document) -> Controller:
    """The controller of a policy, by the votes of the places that name it."""
    foreign = {match.key for match in organisations().find(document.text, 0, len(document.text))}
    votes: dict[str, float] = defaultdict(float)
    spelling: dict[str, str] = {}
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def vote(start: int, end: int, weight: float, *, evidence: bool) -> None:
        start, end = _clean(document.text, start, end)
        name = document.text[start:end]
        if len(name) < 2 or _NOT_A_NAME.match(name) or not any(c.isalpha() for c in name):
            return
        key = organisations().key(name)
        votes[key] += weight
        if len(name) > len(spelling.get(key, "")):
            spelling[key] = name
        if evidence and (start, end) not in places[key]:
            places[key].append((start, end))

    for index, block in enumerate(document.blocks):
        text = document.text_of(block)
        named, acting = _names_in_block(text)
        for start, end, weight, evidence in named:
            vote(block.start + start, block.start + end, weight, evidence=evidence)
        if index < 6 and (match := _TITLE.search(text)) and len(text) < 120:
            group = "name" if match.group("name") else "name2"
            vote(block.start + match.start(group), block.start + match.end(group), 3.0, evidence=True)
        for start, end, weight, evidence in acting:
            vote(block.start + start, block.start + end, weight, evidence=evidence)
    for start, end in _lines(document):
        for match in _FULL_NAME.finditer(document.text, start, end):
            signs = match.end() - match.start() > 0.6 * (end - start)
            vote(match.start(), match.end(), 2.5 if signs else 0.5, evidence=signs)
    own: set[str] = set()  # names that are also the policy's own domain: brands of the controller
    for label in _own_domains(document.text):
        pattern = re.compile(rf"(?<![\w@./-]){re.escape(label)}(?![\w@-]|\.\w)", re.IGNORECASE)
        seen = False
        for match in pattern.finditer(document.text):
            if match.group()[0].isupper() or match.group()[0].isdigit():
                vote(match.start(), match.end(), 0.2 if seen else 3.0, evidence=not seen)
                seen = True
                own.add(organisations().key(match.group()))
    votes = defaultdict(
        float, {key: weight for key, weight in votes.items() if key not in foreign or weight >= 6.0}
    )
    if not votes:
        return Controller(None, (), ())
    best = max(
        sorted(votes), key=lambda key: votes[key] + (2.0 if _FULL_NAME.fullmatch(spelling[key]) else 0.0)
    )
    if votes[best] < 2.0:
        return Controller(None, (), ())
    short = [
        key
        for key in votes
        if key != best and votes[key] >= 2.0 and (key in own or _same(spelling[key], spelling[best]))
    ]
    found = sorted({place for key in (best, *short) for place in places[key]})
    mentions = tuple(
        Mention(
            start,
            end,
            Role.CONTROLLER,
            expand("dpv:DataController"),
            confidence=0.8,
            value=spelling[best],
            agent=best,
        )
        for start, end in _without_nested(found)
    )
    return Controller(spelling[best], tuple(sorted(spelling[key] for key in short)), mentions)


def _own_domains(text: str) -> list[str]:
    """Labels of the domains that the policy gives for itself, the most frequent first ("acme" of privacy@acme.com)."""
    counts: dict[str, int] = defaultdict(int)
    for match in _DOMAIN.finditer(text):
        label = match.group(1).lower()
        if label not in _PUBLIC_MAIL:
            counts[label] += 3 if match.group().startswith("@") else 1
    return [
        label for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= 2
    ][:2]


def _same(one: str, other: str) -> bool:
    """Whether one name is part of the other, or their initials agree: "Acme" and "Acme Learning Ltd"."""
    a, b = organisations().key(one), organisations().key(other)
    return a in b or b in a or a.split("-")[0] == b.split("-")[0]


def _clean(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut articles, possessives, trailing conjunctions and generic nouns from a name."""
    raw = text[start:end]
    lead = re.match(r"(?:the |our |this |your |and |at |by |for )+", raw, re.IGNORECASE)
    if lead:
        start += lead.end()
    while match := _BAD_EDGE.search(text[start:end]) or _GENERIC_TAIL.search(text[start:end]):
        end = start + match.start()
    while end > start and text[end - 1] in " ,;:'’\"”":
        end -= 1
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    if text[end : end + 1] == "." and _DOTTED.search(text[start:end]):
        end += 1  # the full stop of "S.A." is part of the name
    return start, end


def _without_nested(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]


def find_contacts(document: Document) -> Iterator[Mention]:
    """E-mail addresses, telephone numbers, postal addresses and the data protection officer of the controller."""
    officer_until = -1
    for index, block in enumerate(document.blocks):
        text = document.text_of(block)
        officer = bool(_DPO.search(text))
        if officer:
            officer_until = index + 3
            for match in _DPO.finditer(text):
                if block.kind is not BlockKind.HEADING:
                    yield Mention(
                        block.start + match.start(),
                        block.start + match.end(),
                        Role.DPO,
                        expand("dpv:DataProtectionOfficer"),
                        confidence=0.7,
                    )
                    break
        near_officer = index <= officer_until
        for match in _EMAIL.finditer(text) if any(sign in text for sign in _AT_SIGNS) else ():
            value = re.sub(
                r"\s|\[|\]|\(|\)", "", match.group().replace("[at]", "@").replace("(at)", "@")
            ).lower()
            role = (
                Role.DPO
                if near_officer and (officer or value.split("@")[0] in {"dpo", "privacy", "datenschutz"})
                else Role.CONTACT
            )
            yield Mention(
                block.start + match.start(),
                block.start + match.end(),
                role,
                None,
                confidence=0.95,
                value=value,
            )
        if not _DIGIT.search(text):
            continue
        for match in _PHONE.finditer(text):
            if _dialable(match.group()) and not _POSTCODE.fullmatch(match.group().strip()):
                yield _phone(block, match)
        if _PHONE_CUE.search(text):
            for match in _LOOSE_PHONE.finditer(text):
                if not any(m.start() <= match.start() < m.end() for m in _PHONE.finditer(text)) and _dialable(
                    match.group()
                ):
                    yield _phone(block, match)
    yield from _addresses(document)


def _dialable(text: str) -> bool:
    return 7 <= sum(c.isdigit() for c in text) <= 15


def _phone(block: Block, match: re.Match[str]) -> Mention:
    digits = re.sub(r"[^\d+]", "", match.group())
    return Mention(
        block.start + match.start(),
        block.start + match.end(),
        Role.CONTACT,
        None,
        confidence=0.8,
        value=digits,
    )


def _lines(document: Document) -> list[tuple[int, int]]:
    """The lines of all blocks: an address may stand in one block with line breaks, or in a block for each line."""
    lines: list[tuple[int, int]] = []
    for block in document.blocks:
        at = block.start
        for line in document.text_of(block).split("\n"):
            lines.append((at, at + len(line)))
            at += len(line) + 1
    return lines


def _addresses(document: Document) -> Iterator[Mention]:
    """Postal addresses: runs of short address lines, and addresses within a sentence."""
    run: list[tuple[int, int]] = []
    for start, end in (*_lines(document), (0, 0)):
        text = document.text[start:end]
        if text and len(text) < 110 and _is_address_line(text, bool(run)):
            run.append((start, end))
            continue
        if run:
            first, last = run[0][0], run[-1][1]
            words = document.text[first:last]
            located = _STREET.search(words), _POSTCODE.search(words)
            if any(c.isdigit() for c in words) and (any(located) if len(run) > 1 else all(located)):
                value = ", ".join(document.text[a:b].strip(" ,") for a, b in run)
                yield Mention(first, last, Role.CONTACT, None, confidence=0.75, value=value)
        run = []
        if len(text) >= 40 and (match := _INLINE_ADDRESS.search(text)):
            at, stop = start + match.start("address"), start + match.end("address")
            yield Mention(at, stop, Role.CONTACT, None, confidence=0.7, value=document.text[at:stop])


_INLINE_ADDRESS = re.compile(
    r"\b(?i:located at|located in|address(?: is)?:?|registered (?:office|address)(?: is)?(?: at|"
    r" in)?:?|office at|by (?:post|mail) (?:at|to):?|write to us at:?|mail(?:ed)? to:?|"
    r"based (?:at|in)|domiciled (?:at|in))\s+"
    r"(?P<address>(?=[^.;]{0,160}\d)[A-Z0-9#][^;()\"”]{12,160}?(?:\b[A-Z]{2}\s+\d{5}(?:-\d{4})?|"
    r"\b\d{4,6}\b|[A-Z]{1,2}\d[\dA-Z]?\s*\d[A-Z]{2})(?:[, ]+[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)*)?)"
)


def _is_address_line(text: str, inside: bool) -> bool:
    """Whether a short line reads like part of a postal address."""
    if next(find_dates(text, 0, len(text)), None) is not None:
        return False
    if (
        _EMAIL.search(text)
        or text.endswith((":", "?", "!"))
        or re.search(r"\b(?:we|you|our|your|is|are|may|will|if|shall)\b", text, re.IGNORECASE)
    ):
        return False
    if _PHONE.fullmatch(text.strip()):
        return False
    street = bool(_STREET.search(text)) and any(c.isdigit() for c in text)
    numbered = (
        re.match(r"^(?:#?\d+[A-Za-z]?[ ,/-]|P\.?\s?O\.?)", text)
        and re.search(r"[A-Z][a-z]+", text)
        and not re.match(r"^\d+[.)]", text)
    )
    housed = _HOUSE_NUMBER.fullmatch(text.strip(" ,"))
    postcode = bool(_POSTCODE.search(text)) and "," in text
    tail = inside and (
        text.isupper()
        or re.fullmatch(r"[A-Z][\w.]*(?:[ ,]+[A-Z0-9][\w.-]*){0,5}", text.strip(" ,")) is not None
    )
    return bool(street or (numbered and len(text) < 70) or housed or postcode or tail)
