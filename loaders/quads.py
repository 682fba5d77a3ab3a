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

from pyoxigraph import Literal, Quad

from privagraph._version import __version__
from privagraph.loaders.agents import Actors, Agent, agents_of, contact_property
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice, Role
from privagraph.loaders.iris import PolicyIris, checked_base, content_hash, policy_iri
from privagraph.loaders.literals import day, decimal, duration, tagged, when
from privagraph.loaders.naming import Names, names_of
from privagraph.loaders.quad_writer import QuadWriter
from privagraph.loaders.reviews.decisions import Reviewed
from privagraph.loaders.reviews.records import write_decisions, write_origin
from privagraph.ontology.evidence import shortened
from privagraph.ontology.namespaces import BASE, PREFIXES, compact, expand

__all__ = [
    "ARGUMENT_PROPERTIES",
    "DENIED_PROPERTIES",
    "POLICY_PROPERTIES",
    "finding_quads",
    "policy_iri",
    "policy_label",
    "policy_nquads",
    "policy_quads",
]

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
    mapped: MappedPolicy,
    *,
    base: str = BASE,
    options: Mapping[str, object] | None = None,
    review: Reviewed | None = None,
) -> Iterator[Quad]:
    """The named graph of one policy.

    Args:
        mapped: A document and what was found in it; after a review, what holds by it.
        base: The IRI under which everything is named.
        options: The options of the run that change what is found; kept with the mapping activity.
        review: The decisions by which ``mapped`` is as it is, or None.

    Returns:
        The quads, each once, in an order that depends on the policy alone.

    Raises:
        InputError: The base is not an absolute IRI.
        RuntimeError: A span does not lie in the text, which is a fault of the extractor.
    """
    base = checked_base(base)
    iris = PolicyIris(base, policy_iri(mapped.document, base))
    return _written(mapped, iris, names_of(mapped, iris), options or {}, review).quads()


def policy_nquads(
    mapped: MappedPolicy,
    iris: PolicyIris,
    names: Names,
    *,
    options: Mapping[str, object] | None = None,
    review: Reviewed | None = None,
) -> bytes:
    """The named graph of one policy as N-Quads: the quads of :func:`policy_quads`, a line each.

    Args:
        mapped: As for :func:`policy_quads`, and so are ``options`` and ``review``.
        iris: The IRIs of the policy.
        names: Those of its findings.
        options: See there.
        review: See there.

    Raises:
        RuntimeError: See there.
    """
    return _written(mapped, iris, names, options or {}, review).text()


def _written(
    mapped: MappedPolicy,
    iris: PolicyIris,
    names: Names,
    options: Mapping[str, object],
    review: Reviewed | None,
) -> _PolicyWriter:
    writer = _PolicyWriter(mapped, iris, review, names)
    writer.write_document(options)
    writer.write_findings()
    return writer


def finding_quads(
    mapped: MappedPolicy, iris: PolicyIris, *, review: Reviewed | None = None
) -> Iterator[Quad]:
    """The part of a policy's graph that follows from what was found, without its text, dates and provenance.

    Args:
        mapped: What was found, or holds after a review; its document needs no blocks.
        iris: The IRIs of the policy.
        review: The decisions by which ``mapped`` is as it is, or None.
    """
    writer = _PolicyWriter(mapped, iris, review, names_of(mapped, iris))
    writer.write_findings()
    return writer.quads()


def policy_label(mapped: MappedPolicy) -> str:
    """What a policy is called: its title, else after its controller."""
    controller = mapped.facts.controller
    named = f"Privacy policy of {controller}" if controller else "Privacy policy"
    return shortened(mapped.document.title or named)


class _PolicyWriter(QuadWriter):
    """Writes the graph of one policy; one object a policy."""

    def __init__(self, mapped: MappedPolicy, iris: PolicyIris, review: Reviewed | None, names: Names) -> None:
        super().__init__(mapped.document, iris)
        self._mapped = mapped
        self._review = review
        self._actors = Actors.of(mapped)
        self._controller = self._actors.controller
        self._names = names
        self._mentions = names.mentions
        self._listed = frozenset(mapped.mentions)

    def write_document(self, options: Mapping[str, object]) -> None:
        """State what is known of the document, and where it came from."""
        self._write_policy()
        self._write_provenance(options)

    def write_findings(self) -> None:
        """State everything that follows from what was found."""
        self._write_name()
        for agent in agents_of(self._mapped):
            self._write_agent(agent)
        for mention, iri in self._mentions.items():
            self._write_mention(mention, iri)
        for practice, iri in zip(self._mapped.practices, self._names.practices, strict=True):
            self._write_practice(practice, iri)
        if self._review is not None:
            write_decisions(self, self._review)

    # The nodes

    def _write_name(self) -> None:
        self.declare(self.iris.policy, policy_label(self._mapped), "pg:PrivacyPolicy", "dpv:PrivacyNotice")
        if self._controller:
            self.say(self.iris.policy, "dpv:hasDataController", self.iris.agent(self._controller))

    def _write_policy(self) -> None:
        document, facts = self.document, self._mapped.facts
        if document.title:
            self.say(self.iris.policy, "dct:title", tagged(document.title, document.language))
        self.say(self.iris.policy, "dct:language", Literal(document.language))
        self.say(self.iris.policy, "pg:contentHash", Literal(f"sha256:{content_hash(document)}"))
        self.say(self.iris.policy, "pg:text", tagged(document.text, document.language))
        if facts.effective:
            self.say(self.iris.policy, "pg:effectiveDate", day(facts.effective))
        if facts.updated:
            self.say(self.iris.policy, "pg:lastUpdated", day(facts.updated))
        self.say(self.iris.policy, "pg:namesRegulation", *facts.regulations)

    def _write_provenance(self, options: Mapping[str, object]) -> None:
        document, extractor = self.document, self._mapped.extractor
        source = self.iris.source(document.source, document.input_hash)
        self.say(self.iris.policy, "prov:wasDerivedFrom", source)
        self.declare(source, document.source, "pg:SourceFile")
        self.say(source, "pg:fileName", Literal(document.source))
        self.say(source, "pg:inputHash", Literal(f"sha256:{document.input_hash}"))
        self.say(source, "dct:format", Literal(document.media_type))
        if document.title:
            self.say(source, "dct:title", tagged(document.title, document.language))
        if document.url:
            self.say(source, "schema:url", Literal(document.url))
        if document.collected:
            self.say(source, "dct:date", when(document.collected))

        told = json.dumps(options, sort_keys=True, ensure_ascii=False, default=str)
        mapping = self.iris.mapping(__version__, extractor, told)
        software = self.iris.software("privagraph", __version__)
        self.say(self.iris.policy, "prov:wasGeneratedBy", mapping)
        self.declare(mapping, f"mapping by privagraph {__version__} ({extractor})", "prov:Activity")
        self.say(mapping, "prov:used", source)
        self.say(mapping, "prov:wasAssociatedWith", software)
        self.say(mapping, "pg:extractor", Literal(extractor))
        self.say(mapping, "pg:options", Literal(told))
        self.declare(software, f"privagraph {__version__}", "prov:SoftwareAgent")

    def _write_agent(self, agent: Agent) -> None:
        iri = self.iris.agent(agent.key)
        self.declare(iri, agent.name, "dpv:Organisation")
        self.say(iri, "rdf:type", *agent.types)
        self.say(iri, "foaf:name", Literal(agent.name))
        self.say(iri, "skos:altLabel", *map(Literal, agent.names))
        if agent.operator:
            self.say(iri, "pg:operatedBy", self.iris.agent(agent.operator))
        if agent.kind:
            self.say(iri, "pg:kindOfService", agent.kind)

    def _write_mention(self, mention: Mention, iri: str) -> None:
        words = shortened(self.words(mention.start, mention.end))
        listed = mention in self._listed
        self.say(self.iris.policy, "pg:hasMention" if listed else "pg:hasReference", iri)
        self.declare(iri, words, "pg:Mention", "oa:Annotation")
        self.say(iri, "pg:role", expand(f"pg:{mention.role}"))
        self.say(iri, "pg:polarity", expand(f"pg:{mention.polarity}"))
        self.say(iri, "pg:confidence", decimal(mention.confidence))
        self.say(iri, "oa:motivatedBy", expand("oa:classifying"))
        if mention.concept:
            self.say(iri, "oa:hasBody", mention.concept)
            self.say(iri, "pg:concept", mention.concept)
        if mention.value:
            self.say(iri, "pg:value", Literal(mention.value))
        if mention.agent:
            self.say(iri, "pg:agent", self.iris.agent(mention.agent))
        self.say(iri, "oa:hasTarget", self.span(mention.start, mention.end))
        self._write_decision(mention, iri)
        if mention.polarity is Polarity.AFFIRMED:
            self._write_consequences(mention, iri)

    def _write_decision(self, finding: Mention | Practice, iri: str) -> None:
        """Who made a finding what it is, where a person did."""
        decision = self._review.decided.get(finding) if self._review else None
        if decision is not None:
            write_origin(self, iri, decision)

    def _write_consequences(self, mention: Mention, iri: str) -> None:
        """What an affirmed mention says of the policy, its controller or a retention period."""
        if mention.role in POLICY_PROPERTIES and mention.concept:
            self.say(self.iris.policy, POLICY_PROPERTIES[mention.role], mention.concept)
        elif mention.role is Role.RETENTION:
            self._write_retention(mention, iri)
        elif mention.role is Role.CONTACT and mention.value:
            holder = mention.agent or self._controller
            self._write_contact(self.iris.agent(holder) if holder else self.iris.policy, mention.value)
        elif mention.role is Role.DPO:
            self._write_officer(mention)

    def _write_retention(self, mention: Mention, iri: str) -> None:
        period = self.iris.retention(mention.start, mention.end)
        self.declare(period, shortened(self.words(mention.start, mention.end)), "pg:RetentionPeriod")
        self.say(period, "pg:mention", iri)
        if mention.concept:
            self.say(period, "rdf:type", mention.concept)
        length = duration(mention.value)
        if length is not None:
            self.say(period, "pg:duration", length)

    def _write_contact(self, holder: str, value: str) -> None:
        self.say(holder, contact_property(value), Literal(value))

    def _write_officer(self, mention: Mention) -> None:
        named = mention.agent
        officer = self.iris.agent(named) if named else self.iris.officer(self._controller)
        if named is None:
            whose = self._mapped.facts.controller
            self.declare(
                officer, f"Data protection officer of {whose}" if whose else "Data protection officer"
            )
        self.say(officer, "rdf:type", expand("dpv:DataProtectionOfficer"))
        self.say(self.iris.policy, "dpv:hasDataProtectionOfficer", officer)
        if self._controller:
            self.say(self.iris.agent(self._controller), "dpv:hasDataProtectionOfficer", officer)
        if mention.value and mention.value != named:
            self._write_contact(officer, mention.value)

    def _write_practice(self, practice: Practice, iri: str) -> None:
        affirmed = practice.polarity is Polarity.AFFIRMED
        if affirmed:
            self.say(self.iris.policy, "dpv:hasProcess", iri)
            self.declare(iri, self._practice_label(practice), "dpv:Process", "pg:AffirmedPractice")
            self.say(iri, "dpv:hasProcessing", practice.processing)
            if (actor := self._actors.of_practice(practice)) is not None:
                self.say(iri, actor[0], self.iris.agent(actor[1]))
        else:
            self.say(self.iris.policy, "pg:deniesPractice", iri)
            self.declare(iri, self._practice_label(practice), "pg:DeniedPractice")
        self.say(iri, "pg:processing", practice.processing)
        self.say(iri, "pg:polarity", expand(f"pg:{practice.polarity}"))
        self.say(iri, "pg:modality", expand(f"pg:{practice.modality}"))
        self.say(iri, "pg:confidence", decimal(practice.confidence))
        self.say(iri, "pg:evidence", self.span(practice.start, practice.end))
        if practice.condition:
            words = self.words(*practice.condition)
            self.say(iri, "pg:condition", tagged(words, self.document.language))
            self.say(iri, "pg:conditionSpan", self.span(*practice.condition))
        self._write_decision(practice, iri)
        for mention in practice.arguments:
            self.say(iri, "pg:hasArgument", self._mentions[mention])
            stated = self._stated(mention)
            if affirmed and mention.polarity is Polarity.AFFIRMED and mention.role in ARGUMENT_PROPERTIES:
                self.say(iri, _argument_property(mention), *stated)
            elif not affirmed and mention.role in DENIED_PROPERTIES:
                self.say(iri, DENIED_PROPERTIES[mention.role], *stated)

    # What the nodes are made of

    def _stated(self, mention: Mention) -> tuple[str, ...]:
        """The IRI that a practice gets for an argument; none when the words are not grounded."""
        if mention.agent and mention.role in (Role.RECIPIENT, Role.SOURCE):
            return (self.iris.agent(mention.agent),)
        if mention.role is Role.RETENTION and mention.polarity is Polarity.AFFIRMED:
            return (self.iris.retention(mention.start, mention.end),)
        return (mention.concept,) if mention.concept else ()

    def _practice_label(self, practice: Practice) -> str:
        """Such as ``Collect: email address, name``."""
        act = _readable(practice.processing)
        if practice.polarity is Polarity.DENIED:
            act = f"Not {act.lower()}"
        data = [mention for mention in practice.arguments if mention.role is Role.DATA_CATEGORY]
        words = [self.words(mention.start, mention.end) for mention in data or practice.arguments]
        return shortened(f"{act}: {', '.join(dict.fromkeys(words))}" if words else act)


def _argument_property(mention: Mention) -> str:
    """The property for an argument; the mere name of legitimate interests is a legal basis, no purpose."""
    if mention.role is Role.LEGITIMATE_INTEREST and (mention.concept or "").startswith(_LEGAL_BASIS_SPACES):
        return "dpv:hasLegalBasis"
    return ARGUMENT_PROPERTIES[mention.role]


def _readable(iri: str) -> str:
    """The local name of a concept as words: ``dpv:MakeAvailable`` is ``Make available``."""
    name = compact(iri).rpartition(":")[2]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
