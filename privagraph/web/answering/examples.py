"""Queries to begin with, from simple ones to those that draw a graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privagraph.ontology.namespaces import PREFIXES

__all__ = ["EXAMPLES", "Example", "with_prefixes"]


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with.

    Attributes:
        title: What it shows.
        query: The query, with its prefixes.
    """

    title: str
    query: str


def with_prefixes(text: str) -> str:
    """A query that declares those prefixes of the project that it uses.

    Example:
        >>> print(with_prefixes("ASK { ?s a pg:PrivacyPolicy }"))
        PREFIX pg: <https://w3id.org/privagraph/ns#>
        <BLANKLINE>
        ASK { ?s a pg:PrivacyPolicy }
    """
    used = [prefix for prefix in PREFIXES if f" {prefix}:" in _apart(text)]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + "\n" + text


def _apart(text: str) -> str:
    """The text with a blank before each term."""
    return text.translate(str.maketrans("\n|/(^", "     "))


_QUERIES: Mapping[str, str] = {
    "Policies, and how much each says": """\
SELECT ?policy ?title (COUNT(?practice) AS ?practices)
WHERE {
  ?policy a pg:PrivacyPolicy ; dct:title ?title .
  OPTIONAL { ?policy dpv:hasProcess ?practice }
}
GROUP BY ?policy ?title
ORDER BY DESC(?practices) ?title""",
    "What is done with which data": """\
SELECT ?policy ?practice ?processing ?data
WHERE {
  ?policy dpv:hasProcess ?practice .
  ?practice dpv:hasProcessing ?processing ; dpv:hasPersonalData ?data .
}
ORDER BY ?policy ?practice ?data
LIMIT 200""",
    "Any kind of contact data, with all that is narrower": """\
SELECT DISTINCT ?data ?label ?policy
WHERE {
  ?data skos:broader* pd:Contact ; skos:prefLabel ?label .
  ?policy dpv:hasProcess/dpv:hasPersonalData ?data .
}
ORDER BY ?label ?policy""",
    "Words behind a fact, with their place": """\
SELECT ?policy ?role ?quote ?start ?end
WHERE {
  GRAPH ?policy {
    ?mention pg:role ?role ; pg:concept dpv:Consent ; oa:hasTarget/oa:hasSelector ?position , ?words .
    ?position oa:start ?start ; oa:end ?end .
    ?words oa:exact ?quote .
  }
}
ORDER BY ?policy ?start""",
    "What is denied": """\
SELECT ?policy ?practice ?data ?sentence
WHERE {
  GRAPH ?policy {
    ?policy pg:deniesPractice ?practice .
    ?practice pg:evidence/oa:hasSelector/oa:exact ?sentence .
    OPTIONAL { ?practice pg:deniedPersonalData ?data }
  }
}
ORDER BY ?policy ?practice ?data""",
    "Who receives data, by how many policies": """\
SELECT ?recipient (COUNT(DISTINCT ?policy) AS ?policies)
WHERE {
  ?policy dpv:hasProcess/dpv:hasRecipient ?recipient .
}
GROUP BY ?recipient
ORDER BY DESC(?policies) ?recipient""",
    "Data for advertising, and who gets it": """\
SELECT DISTINCT ?policy ?data ?purpose ?recipient
WHERE {
  ?purpose skos:broader* dpv:Marketing .
  ?policy dpv:hasProcess ?practice .
  ?practice dpv:hasPurpose ?purpose ; dpv:hasPersonalData ?data .
  OPTIONAL { ?practice dpv:hasRecipient ?recipient }
}
ORDER BY ?policy ?data ?purpose ?recipient""",
    "How long data is kept": """\
SELECT ?policy ?data ?duration
WHERE {
  ?policy dpv:hasProcess ?practice .
  ?practice dpv:hasPersonalData ?data ; dpv:hasStorageCondition ?period .
  ?period pg:duration ?duration .
}
ORDER BY ?policy ?data""",
    "Which roles have words, and how many": """\
SELECT ?role (COUNT(?mention) AS ?mentions)
WHERE { ?policy pg:hasMention ?mention . ?mention pg:role ?role }
GROUP BY ?role
ORDER BY DESC(?mentions)""",
    "Is anything sold? (yes or no)": """\
ASK { ?policy dpv:hasProcess/dpv:hasProcessing pg:Sell }""",
    "A graph: organisations that receive data": """\
CONSTRUCT { ?policy dpv:hasRecipient ?recipient }
WHERE {
  ?policy dpv:hasProcess/dpv:hasRecipient ?recipient .
  ?recipient a dpv:Organisation .
}""",
    "A graph: data and their purposes": """\
CONSTRUCT { ?data dpv:hasPurpose ?purpose }
WHERE {
  ?practice a dpv:Process ; dpv:hasPersonalData ?data ; dpv:hasPurpose ?purpose .
}
LIMIT 150""",
    "A graph: a branch of the vocabulary": """\
CONSTRUCT { ?narrower skos:broader ?concept }
WHERE {
  ?narrower skos:broader ?concept .
  ?concept skos:broader* dpv:Marketing .
}""",
}

EXAMPLES: tuple[Example, ...] = tuple(Example(title, with_prefixes(text)) for title, text in _QUERIES.items())
"""The examples; the first is what an editor without a query shows."""
