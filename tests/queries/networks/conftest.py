"""Three invented policies whose networks are known by heart.

Heron Bikes hands an e-mail address to Postrider, whose own policy hands it on to Mapwright; the third policy does not
say whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from privagraph.loaders.facts import MappedPolicy, Polarity, PolicyFacts, Role
from privagraph.loaders.quads import policy_quads
from privagraph.queries.store import GraphStore

Words = tuple[str, Role, str] | tuple[str, Role, str, str]
"""A quote, its role, its concept, and the organisation that it names."""

EMAIL: Words = ("email address", Role.DATA_CATEGORY, "pd:EmailAddress")
NAME: Words = ("name", Role.DATA_CATEGORY, "pd:Name")
COURIERS: Words = ("couriers", Role.RECIPIENT, "dpv:ServiceProvider")

HERON: list[tuple[str, str, list[Words]]] = [
    (
        "We collect your email address and your name to send news.",
        "dpv:Collect",
        [EMAIL, NAME, ("to send news", Role.PURPOSE, "dpv:DirectMarketing")],
    ),
    ("We collect your email address at the till.", "dpv:Collect", [EMAIL]),
    (
        "We pass your email address to Postrider and to couriers.",
        "dpv:Share",
        [EMAIL, ("Postrider", Role.RECIPIENT, "dpv:DataProcessor", "postrider"), COURIERS],
    ),
    (
        "Partners tell us your name.",
        "dpv:Obtain",
        [NAME, ("Partners", Role.SOURCE, "dpv:ThirdPartyDataSource")],
    ),
    (
        "We transfer your name to Norway.",
        "dpv:Transfer",
        [NAME, ("Norway", Role.TRANSFER_DESTINATION, "loc:NO")],
    ),
    (
        "We never sell your email address to advertisers.",
        "pg:Sell",
        [EMAIL, ("advertisers", Role.RECIPIENT, "dpv:ThirdParty")],
    ),
    ("We keep your name for a year.", "dpv:Store", [NAME]),
]
POSTRIDER: list[tuple[str, str, list[Words]]] = [
    (
        "We hand the email address to Mapwright for maps.",
        "dpv:Share",
        [EMAIL, ("Mapwright", Role.RECIPIENT, "dpv:DataProcessor", "mapwright")],
    ),
    (
        "We collect the email address of students.",
        "dpv:Collect",
        [EMAIL, ("students", Role.DATA_SUBJECT, "dpv:Student")],
    ),
]
MERROW: list[tuple[str, str, list[Words]]] = [
    ("The email address goes to couriers.", "dpv:Share", [EMAIL, COURIERS]),
    (
        "Advertisers may collect the device identifier.",
        "dpv:Collect",
        [
            ("device identifier", Role.DATA_CATEGORY, "pd:UID"),
            ("Advertisers", Role.RECIPIENT, "dpv:ThirdParty"),
        ],
    ),
]
COUNTED = "Visits are counted by Google Analytics."


def _policy(
    builder: Callable[..., Any],
    source: str,
    title: str,
    practices: list[tuple[str, str, list[Words]]],
    controller: str | None,
) -> MappedPolicy:
    made = builder(source, title=title)
    made.line(title)
    for sentence, *_ in practices:
        made.line(sentence)
    made.line(COUNTED)
    for sentence, processing, words in practices:
        denied = " never " in sentence
        polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
        mentions = [
            made.mention(
                quote, role, concept, after=sentence, polarity=polarity, agent=agent[0] if agent else None
            )
            for quote, role, concept, *agent in words
        ]
        made.practice(sentence, processing, *mentions, denied=denied)
    if controller == "Heron Bikes Ltd":
        made.mention("Google Analytics", Role.RECIPIENT, "dpv:DataProcessor", agent="google-analytics")
    built: MappedPolicy = made.build(PolicyFacts(controller=controller))
    return built


@pytest.fixture(scope="session")
def birds(policy_builder: Callable[..., Any]) -> Iterator[GraphStore]:
    """The three policies in a store in memory; only for reading."""
    policies = (
        _policy(policy_builder, "heron.txt", "Heron Bikes and your data", HERON, "Heron Bikes Ltd"),
        _policy(policy_builder, "postrider.txt", "How Postrider treats data", POSTRIDER, "Postrider"),
        _policy(policy_builder, "merrow.txt", "Data in this game", MERROW, None),
    )
    with GraphStore.in_memory() as store:
        for policy in policies:
            quads = list(policy_quads(policy))
            store.write_policy(quads[0].graph_name.value, quads)
        yield store


@pytest.fixture(scope="session")
def birds_file(birds: GraphStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in a file."""
    path = tmp_path_factory.mktemp("birds") / "birds.trig"
    birds.save(path)
    return path
