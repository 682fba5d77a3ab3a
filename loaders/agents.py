"""Who a policy speaks of: its controller and the organisations that its words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Role
from privagraph.ontology.namespaces import expand
from privagraph.ontology.organisations import organisations

__all__ = ["Agent", "agents_of", "contact_property", "controller_key"]

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
