"""Who a policy speaks of: its controller and the organisations that its words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice, Role
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations

__all__ = ["Actors", "Agent", "agents_of", "contact_property", "controller_key"]

_TELEPHONE = re.compile(r"\+?[\d\s().\-/]{6,}")


@dataclass(slots=True)
class Agent:
    """An organisation as one policy shows it.

    Attributes:
        key: Its key, from which its IRI is made.
        name: The name to show.
        names: Its other names, sorted: aliases that are known, and the words of this policy.
        types: IRIs of what this policy says that it is, sorted, such as a processor.
        operator: Key of the organisation that runs it, or None.
        kind: IRI of the kind of service that it is, such as an analytics provider, or None.
    """

    key: str
    name: str
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = field(default=())
    operator: str | None = None
    kind: str | None = None


def controller_key(mapped: MappedPolicy) -> str | None:
    """Key of the organisation whose policy it is, or None when the policy does not say.

    Where a mention of the controller has that very name, the mention's key counts: both are one organisation.
    """
    name = mapped.facts.controller
    if not name:
        return None
    keys = (
        mention.agent
        for mention in mapped.mentions
        if mention.role is Role.CONTROLLER and mention.value == name and mention.agent
    )
    return next(keys, None) or organisations().key(name)


@dataclass(frozen=True, slots=True)
class Actors:
    """Who acts in the practices of a policy.

    Attributes:
        controller: Key of the organisation whose policy it is, or None.
        as_processor: Where the policy says that this organisation is a processor.
    """

    controller: str | None
    as_processor: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, mapped: MappedPolicy) -> Actors:
        """Those of one policy."""
        return cls(
            controller_key(mapped),
            tuple(
                (mention.start, mention.end)
                for mention in mapped.mentions
                if mention.role is Role.PROCESSOR_ROLE and mention.polarity is Polarity.AFFIRMED
            ),
        )

    def of_practice(self, practice: Practice) -> tuple[str, str] | None:
        """Who does what a practice says: an organisation that is named, else the controller unless somebody else acts.

        Returns:
            What the organisation is in it, as the CURIE of a property, and its key; None where nobody is known, and for
            what is not done.
        """
        if practice.polarity is Polarity.DENIED:
            return None
        if practice.controller:
            return "dpv:hasDataController", practice.controller
        if self.controller is None or practice.foreign:
            return None
        says_processor = any(practice.start <= at and end <= practice.end for at, end in self.as_processor)
        return "dpv:hasDataProcessor" if says_processor else "dpv:hasDataController", self.controller


def agents_of(mapped: MappedPolicy) -> tuple[Agent, ...]:
    """All organisations of a policy, sorted by key: those it names, its controller, and who runs them."""
    registry = organisations()
    written: dict[str, list[str]] = {}
    types: dict[str, set[str]] = {}
    controller = controller_key(mapped)
    if controller is not None and mapped.facts.controller is not None:
        written[controller] = [mapped.facts.controller]
        types[controller] = {expand("dpv:DataController")}
    for mention in _naming(mapped):
        key = str(mention.agent)
        words = mapped.document.text[mention.start : mention.end]
        written.setdefault(key, []).append(mention.value or " ".join(words.split()))
        if mention.role is Role.RECIPIENT and mention.polarity is Polarity.AFFIRMED and mention.concept:
            types.setdefault(key, set()).add(mention.concept)
    waiting = [*written, *(practice.controller for practice in mapped.practices if practice.controller)]
    found: dict[str, Agent] = {}
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        known = registry.get(key)
        seen = written.get(key, [])
        name = known.name if known else (seen[0] if seen else key)
        others = {*seen, *(known.aliases if known else ())} - {name}
        found[key] = Agent(
            key=key,
            name=name,
            names=tuple(sorted(others)),
            types=tuple(sorted(types.get(key, ()))),
            operator=known.operator if known else None,
            kind=known.kind if known else None,
        )
        if known and known.operator:
            waiting.append(known.operator)
    return tuple(found[key] for key in sorted(found))


def contact_property(value: str) -> str:
    """The schema.org property that a contact's value belongs to, as a CURIE.

    Example:
        >>> contact_property("privacy@acme.example"), contact_property("+41 44 123 45 67")
        ('schema:email', 'schema:telephone')
        >>> contact_property("1 High Street, Springfield")
        'schema:address'
    """
    if value.lower().startswith(("http://", "https://")):
        return "schema:url"
    if "@" in value and " " not in value:
        return "schema:email"
    return "schema:telephone" if _TELEPHONE.fullmatch(value) else "schema:address"


def _naming(mapped: MappedPolicy) -> Iterator[Mention]:
    """The mentions that name an organisation, those of the practices included."""
    yield from (mention for mention in mapped.mentions if mention.agent)
    for practice in mapped.practices:
        yield from (mention for mention in practice.arguments if mention.agent)
