"""Policies as TILT documents, for tools that read the Transparency Information Language.

Schema: https://github.com/Transparency-Information-Language/schema (version 2), which follows the GDPR, Art. 13 to 15.
One document is one policy, and each affirmed practice is one entry of ``dataDisclosed``: a processing task with the
data that it is about.

Nothing is made up. What a policy does not state is left out where the schema allows it. Where the schema demands a
value, it is empty, or where it may not be empty a value that means "not known": the country ``ZZ``, the date
``0001-01-01``; a truth value is ``false``. The member ``x-privagraph``, which is no part of TILT, lists these places.
It also keeps what TILT has no place for: denied practices, which are never among what is disclosed, other rights, and
the sentence of each entry.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from privagraph.ontology.jsonld import Json
from privagraph.ontology.reading import PracticeView
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.export.documents import write_documents
from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.policies import Policy, parts_of, policies_of
from privagraph.queries.export.source import Source
from privagraph.queries.export.tilt_entries import country_of, disclosed, sources, transfers
from privagraph.queries.versions import chains_of, links_of

__all__ = ["write"]

_Object = dict[str, Json]
_EXTENSION = "x-privagraph"
_NO_COUNTRY = "ZZ"
"""The code for an unknown country (https://www.unicode.org/reports/tr35/#unknown_or_invalid_identifiers)."""
_NO_DATE = "0001-01-01"
_LANGUAGE = re.compile("[a-z]{2}")
_PHONE = re.compile(r"[+]*[(]{0,1}[0-9]{1,4}[)]{0,1}[-\s\./0-9]*")
"""The telephone numbers that the schema allows."""

_RIGHTS = {
    "accessAndDataPortability": ("eu-gdpr:A15", "eu-gdpr:A20"),
    "rightToInformation": ("eu-gdpr:A13", "eu-gdpr:A14", "eu-gdpr:A15", "pg:RightToKnow"),
    "rightToRectificationOrDeletion": ("eu-gdpr:A16", "eu-gdpr:A17", "pg:RightToCorrect", "pg:RightToDelete"),
    "rightToDataPortability": ("eu-gdpr:A20",),
    "rightToWithdrawConsent": ("eu-gdpr:A7-3",),
    "rightToComplain": ("eu-gdpr:A77",),
}
"""The fields for rights, and the concepts that they are about."""


def write(source: Source, output: Output) -> Written:
    """Write one document a policy: alone, several as an array, in a folder each as a file."""
    chains = chains_of(links_of(source.store), source.store.policies())

    def documents() -> Iterator[tuple[str, Json]]:
        for policy in policies_of(source):
            chain = chains[policy.view.iri]
            place = chain.index(policy.view.iri)
            made = _Document(policy, version=place + 1, in_force=place == len(chain) - 1).made()
            yield policy.view.iri, made

    write_documents(documents(), output, several=lambda made: made)
    note = "Rights, contacts and transfers outside the chosen practices are left out, as if they were not stated."
    return Written(notes=(note,) if source.narrows else ())


class _Document:
    """One document while it is made."""

    def __init__(self, policy: Policy, *, version: int, in_force: bool) -> None:
        self._policy, self._view = policy, policy.view
        self._version, self._in_force = version, in_force
        self._missing: list[str] = []
        """JSON pointers (RFC 6901) to what the schema demands and the policy does not state."""

    def made(self) -> _Object:
        affirmed = [each for each in self._view.practices if not each.denied]
        made: _Object = {
            "meta": self._meta(),
            "controller": self._controller(),
            "dataProtectionOfficer": self._officer(),
            "dataDisclosed": list(disclosed(self._policy, affirmed, self._missing)),
            "thirdCountryTransfers": list(transfers(self._policy, affirmed)),
            "sources": list(sources(self._policy, affirmed, self._missing)),
            **self._rights(),
            "automatedDecisionMaking": self._automated(),
            "changesOfPurpose": [],
        }
        made[_EXTENSION] = {
            "policy": self._view.iri,
            "notStated": [*self._missing],
            "deniedPractices": [self._denied(each) for each in self._view.practices if each.denied],
            "otherRights": self._other_rights(),
        }
        text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        meta = made["meta"]
        assert isinstance(meta, dict)
        meta["_hash"] = hashlib.sha256(text.encode()).hexdigest()
        return made

    def _or(self, value: str, pointer: str, instead: str = "") -> str:
        """A value, or where it is empty what stands for it."""
        if not value:
            self._missing.append(pointer)
        return value or instead

    def _meta(self) -> _Object:
        view = self._view
        day = view.updated or view.effective
        files = self._policy.values(view.iri, "prov:wasDerivedFrom")
        urls = [url for each in files for url in self._policy.values(each, "schema:url")]
        language = view.language.partition("-")[0].lower()
        known = bool(_LANGUAGE.fullmatch(language))
        date = "" if day is None else day.isoformat()
        if not urls:
            self._missing.append("/meta/url")
        return {
            "_id": view.iri,
            "name": self._or(self._policy.name(self._policy.controller), "/meta/name"),
            "created": self._or(date, "/meta/created", _NO_DATE),
            "modified": self._or(date, "/meta/modified", _NO_DATE),
            "version": self._version,
            "language": self._or(language if known else "", "/meta/language", "en"),
            "status": "active" if self._in_force else "inactive",
            "url": [*sorted(set(urls))] or [quote(name, safe="") for name in view.sources] or [view.iri],
            "_hash": "",
        }

    def _controller(self) -> _Object:
        node = self._policy.controller
        holder = node or self._view.iri  # contacts are said of the policy where no controller is known
        representative: _Object = {
            "name": self._or("", "/controller/representative/name"),
            "email": self._or(self._policy.value(holder, "schema:email"), "/controller/representative/email"),
        }
        address = self._policy.value(holder, "schema:address")
        made: _Object = {
            "name": self._or(self._policy.name(node), "/controller/name"),
            "address": self._or(address, "/controller/address"),
            "country": self._or(country_of(address), "/controller/country", _NO_COUNTRY),
            "representative": representative | self._phone(holder),
        }
        urls = self._policy.values(holder, "schema:url")
        return made | ({"url": [*urls]} if urls else {})

    def _officer(self) -> _Object:
        node = self._policy.value(self._view.iri, "dpv:hasDataProtectionOfficer")
        address = self._policy.value(node, "schema:address")
        made: _Object = {
            "name": self._or(self._policy.value(node, "foaf:name"), "/dataProtectionOfficer/name"),
            "address": self._or(address, "/dataProtectionOfficer/address"),
            "country": self._or(country_of(address), "/dataProtectionOfficer/country", _NO_COUNTRY),
            "email": self._or(self._policy.value(node, "schema:email"), "/dataProtectionOfficer/email"),
        }
        return made | self._phone(node)

    def _phone(self, node: str) -> _Object:
        numbers = [each for each in self._policy.values(node, "schema:telephone") if _PHONE.fullmatch(each)]
        return {"phone": numbers[0]} if numbers else {}

    # Rights

    def _rights(self) -> _Object:
        return {field: self._right(field, concepts) for field, concepts in _RIGHTS.items()}

    def _right(self, field: str, concepts: tuple[str, ...]) -> _Object:
        found = [
            each
            for each in self._view.mentions_of("right")
            if each.concept and any(_is(each.concept, concept) for concept in concepts)
        ]
        granted = [each for each in found if not each.denied]
        if not found:
            if field != "accessAndDataPortability":
                return {}
            self._missing.append(f"/{field}/available")  # which has to be there, the other fields' need not
            return {"available": False}
        words = dict.fromkeys(each.quote for each in granted or found)
        made: _Object = {"available": bool(granted), "description": "; ".join(words)}
        if field == "rightToComplain" and granted:
            pointer = "/rightToComplain/supervisoryAuthority/name"
            made["supervisoryAuthority"] = {"name": self._or("", pointer)}
        return made

    def _other_rights(self) -> list[Json]:
        known = [concept for concepts in _RIGHTS.values() for concept in concepts]
        return [
            {
                "right": self._policy.named(each),
                "iri": each.concept or "",
                "available": not each.denied,
                "words": each.quote,
            }
            for each in self._view.mentions_of("right")
            if not each.concept or not any(_is(each.concept, concept) for concept in known)
        ]

    def _automated(self) -> _Object:
        found = self._view.mentions_of("automated_decision")
        if not found:
            return {}
        used = any(not each.denied for each in found)
        made: _Object = {"inUse": used}
        if used:
            for field in ("logicInvolved", "scopeAndIntendedEffects"):
                made[field] = self._or("", f"/automatedDecisionMaking/{field}")
        words: list[Json] = [each.quote for each in found if each.denied != used]
        return made | {_EXTENSION: {"words": words}}

    def _denied(self, practice: PracticeView) -> _Object:
        stated, _ = parts_of(practice)
        return {
            "practice": practice.iri,
            "processing": self._policy.name(practice.processing),
            **{
                role: [self._policy.named(each) for each in stated if each.role == role]
                for role in sorted({each.role for each in stated})
            },
            **({"condition": practice.condition} if practice.condition else {}),
            "sentence": practice.quote,
            "start": practice.evidence.start,
            "end": practice.evidence.end,
        }


def _is(concept: str, ancestor: str) -> bool:
    known = vocabulary()
    return concept in known and known.is_a(concept, ancestor)
