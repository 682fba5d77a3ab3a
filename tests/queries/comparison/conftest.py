"""Three invented policies as values, and side by side."""

from __future__ import annotations

from datetime import date

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.queries.comparison import Comparison, compare_policies


class Maker:
    """Makes a policy from sentences and what is said in them."""

    def __init__(self, name: str, *sentences: str) -> None:
        self.name, self.text = name, "\n\n".join(sentences)
        self.iri = f"https://example.org/policy/{name}"
        self.mentions: list[MentionView] = []
        self.practices: list[PracticeView] = []

    def span(self, words: str) -> Span:
        """Where words first stand."""
        start = self.text.index(words)
        return Span(start, start + len(words))

    def mention(
        self,
        words: str,
        role: str,
        concept: str | None = None,
        *,
        denied: bool = False,
        agent: str = "",
        value: str = "",
    ) -> MentionView:
        """Add a mention."""
        made = MentionView(
            iri=f"{self.iri}/mention/{len(self.mentions)}",
            role=role,
            denied=denied,
            concept=concept and expand(concept),
            agent=(agent and f"https://example.org/agent/{agent}") or None,
            value=value,
            confidence=0.9,
            span=self.span(words),
            quote=words,
        )
        self.mentions.append(made)
        return made

    def practice(
        self,
        sentence: str,
        processing: str,
        *arguments: MentionView,
        denied: bool = False,
        condition: str = "",
    ) -> None:
        """Add a practice."""
        self.practices.append(
            PracticeView(
                iri=f"{self.iri}/practice/{len(self.practices)}",
                processing=expand(processing),
                denied=denied,
                modality="asserted",
                condition=condition,
                condition_span=None,
                evidence=self.span(sentence),
                quote=sentence,
                confidence=0.9,
                controller=None,
                arguments=arguments,
            )
        )

    def view(self, updated: date | None = None) -> PolicyView:
        """The policy."""
        labels = {each.agent: each.agent.rpartition("/")[2].title() for each in self.mentions if each.agent}
        return PolicyView(
            iri=self.iri,
            text=self.text,
            label=f"Policy of {self.name}",
            sources=(f"policies/{self.name}.md",),
            updated=updated,
            mentions=tuple(self.mentions),
            practices=tuple(self.practices),
            labels=labels,
        )


@pytest.fixture
def maker() -> type[Maker]:
    """The class that makes policies."""
    return Maker


@pytest.fixture(scope="session")
def policies() -> tuple[PolicyView, ...]:
    """Heron collects mail addresses and sells nothing; Ibis shares them if asked; Jay says little."""
    heron = Maker(
        "heron", "We collect your email address.", "We never sell your email address to <b>brokers</b>."
    )
    mail = heron.mention("email address", "data_category", "pd:EmailAddress")
    heron.practice("We collect your email address.", "dpv:Collect", mail)
    brokers = heron.mention("<b>brokers</b>", "recipient", "dpv:ThirdParty", denied=True)
    heron.practice("We never sell your email address to <b>brokers</b>.", "pg:Sell", brokers, denied=True)
    heron.mention("We never sell", "right", "eu-gdpr:A17")

    ibis = Maker(
        "ibis", "If you agree, we share your phone number with Stork for 2 years.", "You must be 13 or older."
    )
    phone = ibis.mention("phone number", "data_category", "pd:TelephoneNumber")
    stork = ibis.mention("Stork", "recipient", "dpv:ServiceProvider", agent="stork")
    years = ibis.mention("for 2 years", "retention", "dpv:TemporalDuration", value="P2Y")
    sentence = "If you agree, we share your phone number with Stork for 2 years."
    ibis.practice(sentence, "dpv:Share", phone, stork, years, condition="If you agree")
    ibis.mention("You must be 13 or older.", "child_rule")
    ibis.mention("Stork", "controller", "dpv:DataController", agent="ibis")

    jay = Maker("jay", "We collect your email address and know your name.", "Write to a@jay.example.")
    mail = jay.mention("email address", "data_category", "pd:EmailAddress")
    jay.practice("We collect your email address and know your name.", "dpv:Collect", mail)
    jay.mention("name", "data_category", "pd:Name", denied=True)
    jay.mention("a@jay.example", "contact", value="a@jay.example")
    return heron.view(date(2024, 5, 3)), ibis.view(), jay.view()


@pytest.fixture(scope="session")
def comparison(policies: tuple[PolicyView, ...]) -> Comparison:
    """The three side by side."""
    return compare_policies(policies)
