"""Organisations and services that policies name, found in text, and one deterministic key for any name.

The known ones are data: ``organisations.ttl``. Each has a ``foaf:name``, other names (``skos:altLabel``), the
organisation that runs it (``pg:operatedBy``), its kind of service (``pg:kindOfService``) and, as ``rdf:type``, what it
is as a recipient: ``dpv:ServiceProvider`` or ``dpv:ThirdParty``.

Many names are ordinary words too ("Square", "Clever", "Canvas"). Such a name is a ``skos:hiddenLabel``. It is found only
as it is written there, capitals included, and only where it stands as a name: not in a title of capitalised words, not
behind an article, and at the start of a sentence only when what follows shows it ("Square processes …", "Square,").
All other names are found in any case.
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

__all__ = ["Organisation", "OrganisationMatch", "Organisations", "organisation_key", "organisations"]


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
        self._index = Index(str)
        for organisation, ambiguous in known:
            key = organisation.key
            self._known[key] = organisation
            for name in (organisation.name, *organisation.aliases):
                self._index.add(Label(name, "", key, exact=name not in ambiguous))
                self._by_name.setdefault(organisation_key(name), key)

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
            self._index.hits(spoken, {""}, hints=True), lambda hit: _is_name(hit, spoken, text, stop)
        )
        matches = []
        for hit in hits:
            at, to = spoken.starts[hit.first], spoken.ends[hit.last]
            if text[to - 2 : to] in ("'s", "’s") and not hit.label.text.endswith(text[to - 2 : to]):
                to -= 2
            if form := _LEGAL_FORM.match(text, to, stop):
                to = form.end()
            matches.append(OrganisationMatch(at, to, hit.label.target or "", text[at:to]))
        return sorted(matches, key=lambda match: match.start)


_LEGAL_FORM: Final = re.compile(
    r",?\s(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|GmbH|AG|PLC|plc|B\.V|BV|N\.V|S\.A|SA|SE|AB|Oy|ApS|A/S|LP|LLP"
    r"|Pte\.? Ltd|Pty\.? Ltd|Pvt\.? Ltd|S\.?[àa] r\.?l|S\.r\.l|Co\.,? Ltd)\b\.?"
)
_ARTICLES: Final = frozenset({"a", "an", "the", "this", "these", "your", "any", "each", "no"})
_FOLLOWS_NAME: Final = re.compile(
    r"['’]s\b|\s?[,:(/–—]|,?\s(?:Inc|LLC|Ltd|GmbH|Corp|AG)\b|\s(?:SDK|API|Ads|Analytics|account|accounts|login|platform"
    r"|services?|is|are|may|will|can|has|and|or|processes|collects|uses|provides|stores|receives|helps|acts|handles"
    r"|does|for|to|as|in|on)\b|\s*$"
)
_PROPER: Final = frozenset(
    {"Inc", "LLC", "Ltd", "GmbH", "Corp", "SDK", "API", "Ads", "Analytics", "Privacy", "Pay", "LMS"}
)


def _is_name(hit: Hit, spoken: Words, text: str, stop: int) -> bool:
    """Whether a label that is an ordinary word as well stands as a name."""
    if hit.label.exact:
        return True
    written = [
        word.removesuffix("'s").removesuffix("’s") for word in spoken.surface[hit.first : hit.last + 1]
    ]
    if " ".join(written) != hit.label.text:
        return False
    at, to = spoken.starts[hit.first], spoken.ends[hit.last]
    follows = _FOLLOWS_NAME.match(text, to, stop) is not None or text[to - 2 : to] in ("'s", "’s")
    after = spoken.surface[hit.last + 1] if hit.last + 1 < len(spoken) and spoken.glued[hit.last + 1] else ""
    if after[:1].isupper() and after not in _PROPER:
        return False
    before = spoken.surface[hit.first - 1] if hit.first else ""
    if not before or text[spoken.ends[hit.first - 1] : at].strip()[-1:] in (".", "!", "?", ":", "•", "·"):
        return follows
    if before.lower() in _ARTICLES:
        return after in _PROPER or (
            follows and after in ("account", "accounts", "login", "platform", "service")
        )
    glued = spoken.glued[hit.first]
    return follows or (glued and before.islower()) or not glued


_FORMS_OF_LAW: Final = frozenset(
    """inc incorporated llc ltd limited corp corporation co company plc lp llp pbc gmbh mbh ag kg kgaa ohg ug gbr ev eg se sa
    sas sasu sarl eurl srl spa snc bv nv vof oy oyj ab as asa aps ivs sro spzoo spj dd doo eood ood kft zrt nyrt bt sia
    uab ou pte pty pvt private sdn bhd tbk lda ltda eireli sl slu slne kk gk jsc ojsc cjsc pjsc llp fzco fzllc fze wll
    ооо оао пао зао ао тов прат пат чп фоп 有限公司 有限责任公司 股份有限公司 株式会社 合同会社 주식회사""".split()
)
"""Legal forms, without full stops; a name does not end with them in its key."""

_KEY_WORD: Final = re.compile(r"[^\W_]+")
_DOTTED: Final = re.compile(
    r"\b(?:[^\W\d_]\.){2,}|\b[^\W\d_](?:/[^\W\d_])+\b|\bsp\. ?z ?o\. ?o\.?", re.IGNORECASE
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
        >>> organisation_key("Société Générale S.A."), organisation_key("Яндекс")
        ('societe-generale', 'яндекс')
    """
    plain = _DOTTED.sub(
        lambda match: re.sub(r"[./\s]", "", match.group()) + " ", unicodedata.normalize("NFKC", name)
    )
    plain = re.sub(r"['’]s?\b|['’]", "", plain.replace("&", " and ").replace("+", " plus "))
    parts = [_plain_latin(part) for part in _KEY_WORD.findall(plain.casefold())]
    while len(parts) > 1 and parts[-1] in _FORMS_OF_LAW:
        parts.pop()
    if len(parts) > 1 and parts[-1] == "and":
        parts.pop()
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    if parts:
        return "-".join(parts)
    return "u" + "-".join(f"{ord(character):x}" for character in name.strip()) if name.strip() else "unnamed"


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
