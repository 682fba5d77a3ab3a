"""Organisations and services that policies name, found in text, and one deterministic key for any name.

The known ones are data: ``organisations.ttl``. Each has a ``foaf:name``, other names (``skos:altLabel``), the
organisation that runs it (``pg:operatedBy``), its kind of service (``pg:kindOfService``) and, as ``rdf:type``, what it
is as a recipient: ``dpv:ServiceProvider`` or ``dpv:ThirdParty``.

Many names are ordinary words too ("Square", "Clever", "Canvas"). Such a name is a ``skos:hiddenLabel``. It is found
only as it is written there, capitals included, and only where it stands as a name: not in a title of capitalised
words, not behind an article, and only when a word before it ("use Square", "by Square") or what follows it ("Square
processes …", "Square, Inc.") shows that it is one. All other names are found in any case, unless they are part of an
address of the web or of e-mail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from privagraph.ontology.matching import Hit, Index, Label, longest
from privagraph.ontology.namespaces import BASE, expand
from privagraph.ontology.words import Words, words

__all__ = [
    "Organisation",
    "OrganisationMatch",
    "Organisations",
    "is_company",
    "organisation_key",
    "organisations",
]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A known organisation or service.

    Attributes:
        key: Its key, which is :func:`organisation_key` of its name.
        name: Its name.
        aliases: Its other names, sorted.
        operator: Key of the organisation that runs it, or None.
        kind: IRI of its kind of service, a concept below ``pg:KindOfService``, or None.
        role: IRI of what it is as a recipient: ``dpv:ServiceProvider`` or ``dpv:ThirdParty``.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    operator: str | None = None
    kind: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class OrganisationMatch:
    """A known organisation named in a text.

    Attributes:
        start: Offset of the first character of the name.
        end: Offset after it; a legal form behind the name ("Inc.") is counted in.
        key: The organisation's key.
        name: The name as the text has it.
    """

    start: int
    end: int
    key: str
    name: str


class Organisations:
    """The organisations that are known; made once by :func:`organisations`.

    Example:
        >>> known = organisations()
        >>> text = "We use Stripe and Google Analytics."
        >>> [(match.key, match.name) for match in known.find(text)]
        [('stripe', 'Stripe'), ('google-analytics', 'Google Analytics')]
        >>> known.get("google-analytics").operator
        'google'
    """

    __slots__ = ("_by_name", "_index", "_known")

    def __init__(self, known: Iterable[tuple[Organisation, frozenset[str]]]) -> None:
        self._known: dict[str, Organisation] = {}
        self._by_name: dict[str, str] = {}
        self._index = Index(str, fillers=None)
        for organisation, ambiguous in known:
            key = organisation.key
            self._known[key] = organisation
            for name in (organisation.name, *organisation.aliases):
                self._index.add(Label(name, "", key, exact=name not in ambiguous))

    def __len__(self) -> int:
        return len(self._known)

    def __iter__(self) -> Iterator[Organisation]:
        return iter(self._known.values())

    def get(self, key: str) -> Organisation | None:
        """The organisation of a key, or None when it is not known."""
        return self._known.get(key)

    def key(self, name: str) -> str:
        """The key of an organisation of any name: that of the known one which has the name, else a new one.

        Args:
            name: A name as a text has it.

        Example:
            >>> organisations().key("AWS"), organisations().key("Example Widgets GmbH")
            ('amazon-web-services', 'example-widgets')
        """
        if not self._by_name:
            names = (
                (alias, known.key) for known in self._known.values() for alias in (known.name, *known.aliases)
            )
            self._by_name = {organisation_key(alias): key for alias, key in reversed(tuple(names))}
        plain = organisation_key(name)
        return self._by_name.get(plain, plain)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[OrganisationMatch]:
        """The known organisations that a stretch of text names, sorted by offset, none overlapping another.

        Args:
            text: Any text.
            start: Offset where to begin.
            end: Offset where to stop; the end of the text when left out.
        """
        stop = len(text) if end is None else end
        spoken = words(text, start, stop)
        hits = longest(
            self._index.hits(spoken, {""}, hints=True), spoken, lambda hit: _is_name(hit, spoken, text, stop)
        )
        matches = []
        for hit in hits:
            at, to = spoken.starts[hit.first], spoken.ends[hit.last]
            if text[to - 2 : to] in ("'s", "’s") and not hit.label.text.endswith(text[to - 2 : to]):
                to -= 2
            elif text[to : to + 1] == ")" and text.count("(", at, to) > text.count(")", at, to):
                to += 1
            if form := _LEGAL_FORM.match(text, to, stop):
                to = form.end()
            matches.append(OrganisationMatch(at, to, hit.label.target or "", text[at:to]))
        return sorted(matches, key=lambda match: match.start)


_LEGAL_FORM: Final = re.compile(
    r",?\s(?:(?:Inc|Ltd|Corp|Pte\.? Ltd|Pty\.? Ltd|Pvt\.? Ltd|Co\.,? Ltd)\b\.?"
    r"|(?:B\.V|N\.V|S\.A|L\.L\.C|S\.r\.l|S\.?[àa] r\.?l)\.?"
    r"|(?:LLC|Limited|Corporation|GmbH|AG|PLC|plc|BV|NV|SA|SE|AB|Oy|ApS|A/S|LP|LLP)\b)"
)
_IN_ADDRESS_BEFORE: Final = re.compile(r"[@/\\.\w-]$")
_IN_ADDRESS_AFTER: Final = re.compile(r"(?:\.[a-z]{2,}|-[\w-]+\.[a-z]{2,}|@)", re.IGNORECASE)
_ARTICLES: Final = frozenset({"a", "an", "the", "this", "these", "your", "any", "each", "no"})
_CUES: Final = frozenset(
    """and as by called for from in including into like named of on or our partner partners platform processor provider
    service services through to tool use used uses using via with""".split()
)
_NEVER_BEFORE: Final = frozenset({"o", "po"})
_NEVER_AFTER: Final = frozenset({"tag", "tags"})
"""Of a post office box, and of what web pages have in their heads."""
_FOLLOWS_NAME: Final = re.compile(
    r"['’]s\b|\s?[,:(/–—]|,?\s(?:Inc|LLC|Ltd|GmbH|Corp|AG)\b|\s(?:SDK|API|Ads|Analytics|account|accounts|login|platform"
    r"|services?|is|are|may|will|can|has|and|or|processes|collects|uses|provides|stores|receives|helps|acts|handles"
    r"|does|for|to|as|in|on)\b|\s*$"
)
_PROPER: Final = frozenset(
    {"Inc", "LLC", "Ltd", "GmbH", "Corp", "SDK", "API", "Ads", "Analytics", "Privacy", "Pay", "LMS"}
)


def _is_name(hit: Hit, spoken: Words, text: str, stop: int) -> bool:
    """Whether a label stands as a name: not within an address, and, for an ordinary word, where a name would."""
    at, to = spoken.starts[hit.first], spoken.ends[hit.last]
    if "." in hit.label.text.rstrip(".") and "." not in text[at:to]:
        return False
    if _IN_ADDRESS_BEFORE.search(text, max(0, at - 1), at) or _IN_ADDRESS_AFTER.match(text, to, stop):
        return False
    if hit.label.exact:
        return True
    written = [
        word.removesuffix("'s").removesuffix("’s") for word in spoken.surface[hit.first : hit.last + 1]
    ]
    if " ".join(written) != hit.label.text:
        return False
    before = spoken.surface[hit.first - 1] if hit.first else ""
    after = spoken.surface[hit.last + 1] if hit.last + 1 < len(spoken) and spoken.glued[hit.last + 1] else ""
    if (
        before.lower() in _NEVER_BEFORE
        or after in _NEVER_AFTER
        or (after[:1].isupper() and after not in _PROPER)
    ):
        return False
    shown = _FOLLOWS_NAME.match(text, to, stop) is not None or text[to - 2 : to] in ("'s", "’s")
    if not before or not spoken.glued[hit.first]:
        return shown
    if before.lower() in _ARTICLES:
        return after in _PROPER or after in ("account", "accounts", "login", "platform", "service")
    return before.lower() in _CUES or (shown and before.islower())


_FORMS_OF_LAW: Final = frozenset(
    """inc incorporated llc ltd limited corp corporation co company plc lp llp pbc gmbh mbh ag kg kgaa ohg ug gbr ev eg
    se sa sas sasu sarl eurl srl spa snc bv nv vof oy oyj ab as asa aps ivs sro spzoo spj dd doo eood ood kft zrt nyrt
    bt sia uab ou pte pty pvt private sdn bhd tbk lda ltda eireli sl slu slne kk gk jsc ojsc cjsc pjsc llp fzco fzllc
    fze wll ооо оао пао зао ао тов прат пат чп фоп""".split()
)
"""Legal forms, without full stops; a name does not end with them in its key."""
_FORMS_BEFORE: Final = frozenset("the pt ооо оао пао зао ао тов прат пат чп фоп".split())
"""The article, and legal forms that stand before a name."""
_COMPANY: Final = re.compile(r"[A-Z0-9][^\n;:]{1,80}?" + _LEGAL_FORM.pattern + r"\W*", re.IGNORECASE)


def is_company(phrase: str) -> bool:
    """Whether a phrase is the name of a company, known or not, with its legal form.

    Args:
        phrase: A phrase, such as a member of an enumeration.

    Example:
        >>> is_company("Example Widgets GmbH"), is_company("our limited partners")
        (True, False)
    """
    return phrase[:1].isupper() and _COMPANY.fullmatch(phrase) is not None


_FORMS_WITHOUT_BLANK: Final = ("股份有限公司", "有限责任公司", "有限公司", "株式会社", "合同会社", "주식회사")

_KEY_WORD: Final = re.compile(r"[^\W_]+")
_DOTTED: Final = re.compile(
    r"(?<!\w)s\.? ?[àa]\.? ?r\.? ?l\b\.?|\bsp\. ?z ?o\. ?o\b\.?|\b(?:[^\W\d_]\.){2,}|\b[^\W\d_](?:/[^\W\d_])+\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 12)
def organisation_key(name: str) -> str:
    """The key of an organisation, the same for all ways to write its name.

    Case, punctuation, accents on Latin letters and legal forms ("Inc.", "GmbH", "Pte. Ltd.") make no difference; other
    scripts keep their letters. A key is never empty.

    Args:
        name: A name as a text has it.

    Example:
        >>> organisation_key("Acme, Inc."), organisation_key("ACME")
        ('acme', 'acme')
        >>> organisation_key("Société Générale S.A."), organisation_key("ООО «Яндекс»")
        ('societe-generale', 'яндекс')
    """
    plain = unicodedata.normalize("NFKC", name)
    plain = _DOTTED.sub(lambda form: f"{re.sub(r'[./ ]', '', form.group())} ", plain)
    plain = re.sub(r"['’]s?\b|['’]", "", plain.replace("&", " and ").replace("+", " plus "))
    parts = [_plain_latin(part) for part in _KEY_WORD.findall(plain.casefold())]
    while len(parts) > 1 and (parts[-1] in _FORMS_OF_LAW or parts[-1] == "and"):
        parts.pop()
    while len(parts) > 1 and parts[0] in _FORMS_BEFORE:
        parts = parts[1:]
    for form in _FORMS_WITHOUT_BLANK:
        if parts and len(parts[-1]) > len(form):
            parts[-1] = parts[-1].removesuffix(form)
            parts[0] = parts[0].removeprefix(form) or parts[0]
    if parts:
        return "-".join(parts)
    return "-".join(("sign", *(f"{ord(character):x}" for character in name.strip())))


def _plain_latin(word: str) -> str:
    """A word without the accents on its Latin letters; other scripts are left as they are."""
    if word.isascii():
        return word
    kept: list[str] = []
    for character in word:
        base = unicodedata.normalize("NFKD", character)
        kept.append(base[0] if "a" <= base[0] <= "z" else _LATIN.get(character, character))
    return "".join(kept)


_LATIN: Final = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
"""Latin letters that are not an ASCII letter and a mark."""

_AGENT: Final = BASE + "agent/"
_NAME, _OTHER, _AMBIGUOUS = expand("foaf:name"), expand("skos:altLabel"), expand("skos:hiddenLabel")
_OPERATOR, _KIND, _TYPE = expand("pg:operatedBy"), expand("pg:kindOfService"), expand("rdf:type")
_ROLES: Final = frozenset({expand("dpv:ServiceProvider"), expand("dpv:ThirdParty")})


@cache
def organisations() -> Organisations:
    """The known organisations, read on first use."""
    said: dict[str, dict[str, list[str]]] = {}
    source = (files(__package__ or "privagraph.ontology") / "organisations.ttl").read_bytes()
    for quad in ox.parse(source, format=ox.RdfFormat.TURTLE):
        said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    known: list[tuple[Organisation, frozenset[str]]] = []
    for agent, facts in said.items():
        if _NAME not in facts:
            continue
        name, ambiguous = facts[_NAME][0], frozenset(facts.get(_AMBIGUOUS, ()))
        known.append(
            (
                Organisation(
                    agent.removeprefix(_AGENT),
                    name,
                    tuple(sorted({*facts.get(_OTHER, ()), *ambiguous} - {name})),
                    next((operator.removeprefix(_AGENT) for operator in facts.get(_OPERATOR, ())), None),
                    next(iter(facts.get(_KIND, ())), None),
                    next((kind for kind in facts.get(_TYPE, ()) if kind in _ROLES), None),
                ),
                ambiguous,
            )
        )
    return Organisations(known)
