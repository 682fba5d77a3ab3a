"""From a mapped policy to the quads of its named graph, after docs/graph-model.md.

Three rules hold here, whatever an extractor hands over:

* a practice that the policy denies never has a ``dpv:`` property and is never the object of
  ``dpv:hasProcess``, so that a plain DPV consumer cannot read a denial as a practice;
* words that no concept fits stay an ungrounded mention; they never become ``dpv:PersonalData`` or another
  class;
* every span says exactly what stands in the text: ``text[start:end] == quote``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from privagraph._version import __version__
from privagraph.loaders.agents import Agent, agents_of, contact_property, controller_key
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice, Role
from privagraph.loaders.iris import PolicyIris, checked_base, content_hash, policy_iri
from privagraph.loaders.literals import day, decimal, duration, natural, shortened, tagged
from privagraph.ontology.namespaces import BASE, PREFIXES, compact, expand

__all__ = ["ARGUMENT_PROPERTIES", "DENIED_PROPERTIES", "POLICY_PROPERTIES", "policy_iri", "policy_quads"]

_CONTEXT = 32
"""Code points of text that a quote selector keeps before and after the quote."""

ARGUMENT_PROPERTIES: Mapping[Role, str] = {
    Role.DATA_CATEGORY: "dpv:hasPersonalData",
    Role.PURPOSE: "dpv:hasPurpose",
    Role.LEGITIMATE_INTEREST: "dpv:hasPurpose",
    Role.RECIPIENT: "dpv:hasRecipient",
    Role.LEGAL_BASIS: "dpv:hasLegalBasis",
    Role.SOURCE: "dpv:hasDataSource",
    Role.DATA_SUBJECT: "dpv:hasDataSubject",
    Role.RETENTION: "dpv:hasStorageCondition",
    Role.STORAGE_LOCATION: "dpv:hasLocation",
    Role.TRANSFER_DESTINATION: "dpv:hasLocation",
    Role.TRANSFER_SAFEGUARD: "dpv:hasTechnicalOrganisationalMeasure",
    Role.SECURITY_MEASURE: "dpv:hasTechnicalOrganisationalMeasure",
    Role.RIGHT: "dpv:hasRight",
    Role.TRACKING_TECHNOLOGY: "dpv:isImplementedUsingTechnology",
}
"""The property by which an affirmed practice has an affirmed argument of a role."""

DENIED_PROPERTIES: Mapping[Role, str] = {
    Role.DATA_CATEGORY: "pg:deniedPersonalData",
    Role.PURPOSE: "pg:deniedPurpose",
    Role.LEGITIMATE_INTEREST: "pg:deniedPurpose",
    Role.RECIPIENT: "pg:deniedRecipient",
    Role.LEGAL_BASIS: "pg:deniedLegalBasis",
    Role.SOURCE: "pg:deniedDataSource",
    Role.DATA_SUBJECT: "pg:deniedDataSubject",
    Role.RETENTION: "pg:deniedStorageCondition",
    Role.STORAGE_LOCATION: "pg:deniedLocation",
    Role.TRANSFER_DESTINATION: "pg:deniedLocation",
    Role.TRANSFER_SAFEGUARD: "pg:deniedTechnicalOrganisationalMeasure",
    Role.SECURITY_MEASURE: "pg:deniedTechnicalOrganisationalMeasure",
}
"""The property by which a denied practice has an argument of a role."""

POLICY_PROPERTIES: Mapping[Role, str] = {
    Role.RIGHT: "dpv:hasRight",
    Role.SECURITY_MEASURE: "dpv:hasTechnicalOrganisationalMeasure",
    Role.JURISDICTION: "dpv:hasJurisdiction",
}
"""The property by which a policy as a whole has what an affirmed mention of a role states."""

_LEGAL_BASIS_SPACES = (expand("dpv:LegitimateInterest"), PREFIXES["eu-gdpr"])


def policy_quads(
    mapped: MappedPolicy, *, base: str = BASE, options: Mapping[str, object] | None = None
) -> Iterator[Quad]:
    """The named graph of one policy.

    Args:
        mapped: A document and what was found in it.
        base: The IRI under which everything is named.
        options: The options of the run that change what is found; kept with the mapping activity.

    Returns:
        The quads, each once, in an order that depends on the policy alone.

    Raises:
        InputError: The base is not an absolute IRI.
        RuntimeError: A span does not lie in the text, which is a fault of the extractor.
    """
    return iter(_PolicyWriter(mapped, checked_base(base), options or {}).written())


class _PolicyWriter:
    """Writes the graph of one policy; one object a policy."""

    def __init__(self, mapped: MappedPolicy, base: str, options: Mapping[str, object]) -> None:
        self._mapped = mapped
        self._document = mapped.document
        self._options = options
        self._policy = policy_iri(mapped.document, base)
        self._iris = PolicyIris(base, self._policy)
        self._graph = NamedNode(self._policy)
        self._controller = controller_key(mapped)
        self._mentions = _numbered(mapped, self._iris)
        self._as_processor = [
            (mention.start, mention.end)
            for mention in mapped.mentions
            if mention.role is Role.PROCESSOR_ROLE and mention.polarity is Polarity.AFFIRMED
        ]
        self._quads: dict[Quad, None] = {}  # a set that keeps the order

    def written(self) -> dict[Quad, None]:
        """All quads of the graph, each once."""
        self._write_policy()
        self._write_provenance()
        for agent in agents_of(self._mapped):
            self._write_agent(agent)
        for mention, iri in self._mentions.items():
            self._write_mention(mention, iri)
        for practice in self._mapped.practices:
            self._write_practice(practice)
        return self._quads

    # The two ways in which anything is written

    def _say(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """State triples; the predicate is a CURIE, an object an IRI or a literal."""
        for each in objects:
            term = each if isinstance(each, Literal) else _node(each)
            self._quads[Quad(_node(subject), _term(predicate), term, self._graph)] = None

    def _declare(self, iri: str, label: str, *types: str) -> None:
        """State what a node is, by CURIEs, and what to show for it."""
        for each in types:
            self._quads[Quad(_node(iri), _term("rdf:type"), _term(each), self._graph)] = None
        self._say(iri, "rdfs:label", Literal(label))

    # The nodes

    def _write_policy(self) -> None:
        document, facts = self._document, self._mapped.facts
        named = f"Privacy policy of {facts.controller}" if facts.controller else "Privacy policy"
        self._declare(
            self._policy, shortened(document.title or named), "pg:PrivacyPolicy", "dpv:PrivacyNotice"
        )
        if document.title:
            self._say(self._policy, "dct:title", tagged(document.title, document.language))
        self._say(self._policy, "dct:language", Literal(document.language))
        self._say(self._policy, "pg:contentHash", Literal(f"sha256:{content_hash(document)}"))
        self._say(self._policy, "pg:text", tagged(document.text, document.language))
        if facts.effective:
            self._say(self._policy, "pg:effectiveDate", day(facts.effective))
        if facts.updated:
            self._say(self._policy, "pg:lastUpdated", day(facts.updated))
        self._say(self._policy, "pg:namesRegulation", *facts.regulations)
        if self._controller:
            self._say(self._policy, "dpv:hasDataController", self._iris.agent(self._controller))

    def _write_provenance(self) -> None:
        document, extractor = self._document, self._mapped.extractor
        source = self._iris.source(document.source, document.input_hash)
        self._say(self._policy, "prov:wasDerivedFrom", source)
        self._declare(source, document.source, "pg:SourceFile")
        self._say(source, "pg:fileName", Literal(document.source))
        self._say(source, "pg:inputHash", Literal(f"sha256:{document.input_hash}"))
        self._say(source, "dct:format", Literal(document.media_type))
        if document.title:
            self._say(source, "dct:title", tagged(document.title, document.language))
        if document.url:
            self._say(source, "schema:url", Literal(document.url))

        options = json.dumps(self._options, sort_keys=True, ensure_ascii=False, default=str)
        mapping = self._iris.mapping(__version__, extractor, options)
        software = self._iris.software("privagraph", __version__)
        self._say(self._policy, "prov:wasGeneratedBy", mapping)
        self._declare(mapping, f"mapping by privagraph {__version__} ({extractor})", "prov:Activity")
        self._say(mapping, "prov:used", source)
        self._say(mapping, "prov:wasAssociatedWith", software)
        self._say(mapping, "pg:extractor", Literal(extractor))
        self._say(mapping, "pg:options", Literal(options))
        self._declare(software, f"privagraph {__version__}", "prov:SoftwareAgent")

    def _write_agent(self, agent: Agent) -> None:
        iri = self._iris.agent(agent.key)
        self._declare(iri, agent.name, "dpv:Organisation")
        self._say(iri, "rdf:type", *agent.types)
        self._say(iri, "foaf:name", Literal(agent.name))
        self._say(iri, "skos:altLabel", *map(Literal, agent.names))
        if agent.operator:
            self._say(iri, "pg:operatedBy", self._iris.agent(agent.operator))
        if agent.kind:
            self._say(iri, "pg:kindOfService", agent.kind)

    def _write_mention(self, mention: Mention, iri: str) -> None:
        words = shortened(self._words(mention.start, mention.end))
        self._say(self._policy, "pg:hasMention", iri)
        self._declare(iri, words, "pg:Mention", "oa:Annotation")
        self._say(iri, "pg:role", expand(f"pg:{mention.role}"))
        self._say(iri, "pg:polarity", expand(f"pg:{mention.polarity}"))
        self._say(iri, "pg:confidence", decimal(mention.confidence))
        self._say(iri, "oa:motivatedBy", expand("oa:classifying"))
        if mention.concept:
            self._say(iri, "oa:hasBody", mention.concept)
            self._say(iri, "pg:concept", mention.concept)
        if mention.value:
            self._say(iri, "pg:value", Literal(mention.value))
        if mention.agent:
            self._say(iri, "pg:agent", self._iris.agent(mention.agent))
        self._say(iri, "oa:hasTarget", self._span(mention.start, mention.end))
        if mention.polarity is Polarity.AFFIRMED:
            self._write_consequences(mention, iri)

    def _write_consequences(self, mention: Mention, iri: str) -> None:
        """What an affirmed mention says of the policy, its controller or a retention period."""
        if mention.role in POLICY_PROPERTIES and mention.concept:
            self._say(self._policy, POLICY_PROPERTIES[mention.role], mention.concept)
        elif mention.role is Role.RETENTION:
            self._write_retention(mention, iri)
        elif mention.role is Role.CONTACT and mention.value:
            holder = mention.agent or self._controller
            self._write_contact(self._iris.agent(holder) if holder else self._policy, mention.value)
        elif mention.role is Role.DPO:
            self._write_officer(mention)

    def _write_retention(self, mention: Mention, iri: str) -> None:
        period = self._iris.retention(mention.start, mention.end)
        self._declare(period, shortened(self._words(mention.start, mention.end)), "pg:RetentionPeriod")
        self._say(period, "pg:mention", iri)
        if mention.concept:
            self._say(period, "rdf:type", mention.concept)
        length = duration(mention.value)
        if length is not None:
            self._say(period, "pg:duration", length)

    def _write_contact(self, holder: str, value: str) -> None:
        self._say(holder, contact_property(value), Literal(value))

    def _write_officer(self, mention: Mention) -> None:
        named = mention.agent
        officer = self._iris.agent(named) if named else self._iris.officer(self._controller)
        if named is None:
            whose = self._mapped.facts.controller
            self._declare(
                officer, f"Data protection officer of {whose}" if whose else "Data protection officer"
            )
        self._say(officer, "rdf:type", expand("dpv:DataProtectionOfficer"))
        self._say(self._policy, "dpv:hasDataProtectionOfficer", officer)
        if self._controller:
            self._say(self._iris.agent(self._controller), "dpv:hasDataProtectionOfficer", officer)
        if mention.value and mention.value != named:
            self._write_contact(officer, mention.value)

    def _write_practice(self, practice: Practice) -> None:
        iri = self._practice_iri(practice)
        affirmed = practice.polarity is Polarity.AFFIRMED
        if affirmed:
            self._say(self._policy, "dpv:hasProcess", iri)
            self._declare(iri, self._practice_label(practice), "dpv:Process", "pg:AffirmedPractice")
            self._say(iri, "dpv:hasProcessing", practice.processing)
            self._write_actor(practice, iri)
        else:
            self._say(self._policy, "pg:deniesPractice", iri)
            self._declare(iri, self._practice_label(practice), "pg:DeniedPractice")
        self._say(iri, "pg:processing", practice.processing)
        self._say(iri, "pg:polarity", expand(f"pg:{practice.polarity}"))
        self._say(iri, "pg:modality", expand(f"pg:{practice.modality}"))
        self._say(iri, "pg:confidence", decimal(practice.confidence))
        self._say(iri, "pg:evidence", self._span(practice.start, practice.end))
        if practice.condition:
            words = self._words(*practice.condition)
            self._say(iri, "pg:condition", tagged(words, self._document.language))
            self._say(iri, "pg:conditionSpan", self._span(*practice.condition))
        for mention in practice.arguments:
            self._say(iri, "pg:hasArgument", self._mentions[mention])
            stated = self._stated(mention)
            if affirmed and mention.polarity is Polarity.AFFIRMED and mention.role in ARGUMENT_PROPERTIES:
                self._say(iri, _argument_property(mention), *stated)
            elif not affirmed and mention.role in DENIED_PROPERTIES:
                self._say(iri, DENIED_PROPERTIES[mention.role], *stated)

    def _write_actor(self, practice: Practice, iri: str) -> None:
        """Who does it: an organisation that is named, else the policy's controller unless somebody else acts."""
        if practice.controller:
            self._say(iri, "dpv:hasDataController", self._iris.agent(practice.controller))
        elif self._controller and not practice.foreign:
            says_processor = any(
                practice.start <= at and end <= practice.end for at, end in self._as_processor
            )
            role = "dpv:hasDataProcessor" if says_processor else "dpv:hasDataController"
            self._say(iri, role, self._iris.agent(self._controller))

    # What the nodes are made of

    def _stated(self, mention: Mention) -> tuple[str, ...]:
        """The IRI that a practice gets for an argument; none when the words are not grounded."""
        if mention.agent and mention.role in (Role.RECIPIENT, Role.SOURCE):
            return (self._iris.agent(mention.agent),)
        if mention.role is Role.RETENTION and mention.polarity is Polarity.AFFIRMED:
            return (self._iris.retention(mention.start, mention.end),)
        return (mention.concept,) if mention.concept else ()

    def _practice_iri(self, practice: Practice) -> str:
        arguments = sorted(self._mentions[mention] for mention in practice.arguments)
        return self._iris.practice(
            practice.processing,
            str(practice.polarity),
            str(practice.modality),
            practice.start,
            practice.end,
            practice.condition,
            # No name stands for somebody whom the text does not name, apart from the policy's controller (None).
            practice.controller or ("" if practice.foreign else None),
            [argument.rsplit("/", 1)[1] for argument in arguments],
        )

    def _practice_label(self, practice: Practice) -> str:
        """Such as ``Collect: email address, name``."""
        act = _readable(practice.processing)
        if practice.polarity is Polarity.DENIED:
            act = f"Not {act.lower()}"
        data = [mention for mention in practice.arguments if mention.role is Role.DATA_CATEGORY]
        words = [self._words(mention.start, mention.end) for mention in data or practice.arguments]
        return shortened(f"{act}: {', '.join(dict.fromkeys(words))}" if words else act)

    def _span(self, start: int, end: int) -> str:
        """The IRI of a stretch of text, with its two selectors written."""
        quote, text = self._words(start, end), self._document.text
        span = self._iris.span(start, end)
        position, quotation = f"{span}/position", f"{span}/quote"
        label = shortened(quote)
        self._declare(span, label, "oa:SpecificResource")
        self._say(span, "oa:hasSource", self._policy)
        self._say(span, "oa:hasSelector", position, quotation)
        self._declare(position, f"characters {start} to {end}", "oa:TextPositionSelector")
        self._say(position, "oa:start", natural(start))
        self._say(position, "oa:end", natural(end))
        self._declare(quotation, label, "oa:TextQuoteSelector")
        self._say(quotation, "oa:exact", Literal(quote))
        self._say(quotation, "oa:prefix", Literal(text[max(0, start - _CONTEXT) : start]))
        self._say(quotation, "oa:suffix", Literal(text[end : end + _CONTEXT]))
        return span

    def _words(self, start: int, end: int) -> str:
        """The words of a stretch of text; the only place where offsets become a quote."""
        text = self._document.text
        if not 0 <= start < end <= len(text):
            raise RuntimeError(
                f"{self._document.source}: span {start}-{end} is not in the text of {len(text)} characters"
            )
        return text[start:end]


def _numbered(mapped: MappedPolicy, iris: PolicyIris) -> dict[Mention, str]:
    """All mentions in the order of the text, those that only practices have included, with their IRIs.

    Two mentions of one role on the same words (the phrase fits two concepts) are two nodes.
    """
    every = {*mapped.mentions, *(mention for practice in mapped.practices for mention in practice.arguments)}
    numbered: dict[Mention, str] = {}
    taken: dict[tuple[int, int, Role], int] = {}
    for mention in sorted(every, key=_mention_order):
        place = (mention.start, mention.end, mention.role)
        taken[place] = taken.get(place, 0) + 1
        numbered[mention] = iris.mention(*place, taken[place])
    return numbered


def _mention_order(mention: Mention) -> tuple[int, int, str, str, str, str, str, float]:
    return (
        mention.start,
        mention.end,
        str(mention.role),
        str(mention.polarity),
        mention.concept or "",
        mention.agent or "",
        mention.value or "",
        -mention.confidence,
    )


def _argument_property(mention: Mention) -> str:
    """The property for an argument; the mere name of legitimate interests is a legal basis, no purpose."""
    if mention.role is Role.LEGITIMATE_INTEREST and (mention.concept or "").startswith(_LEGAL_BASIS_SPACES):
        return "dpv:hasLegalBasis"
    return ARGUMENT_PROPERTIES[mention.role]


def _readable(iri: str) -> str:
    """The local name of a concept as words: ``dpv:MakeAvailable`` is ``Make available``."""
    name = compact(iri).rpartition(":")[2]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


@cache
def _term(curie: str) -> NamedNode:
    """A term of a vocabulary; there are few, so they are kept."""
    return NamedNode(expand(curie))


@lru_cache(maxsize=4096)
def _node(iri: str) -> NamedNode:
    """An IRI as the term of a quad."""
    return NamedNode(iri)
