"""The ways in which people ask each question of the catalogue, and what they ask besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from privagraph.queries.catalogue import Query

__all__ = ["beyond", "texts_of"]


@cache
def _said(file: str) -> Mapping[str, Sequence[str]]:
    """The phrasings of a YAML file, by query or topic."""
    import yaml

    text = (files(__package__ or "privagraph.queries.asking") / file).read_text(encoding="utf-8")
    read: Mapping[str, Sequence[str]] = yaml.load(
        text,
        Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader),  # noqa: S506  # all are strings
    )
    return read


def beyond() -> tuple[Query, ...]:
    """What no graph of policies can answer, as if it were in the catalogue: one for each topic of ``beyond.yml``."""
    return tuple(
        Query(topic, said[0], said[0], "answer", (), (), (), "0.1.0", "", tuple(said[1:]))
        for topic, said in _said("beyond.yml").items()
    )


def texts_of(query: Query) -> tuple[str, ...]:
    """The phrasings of a query, as they are written."""
    return (query.title, query.question, *query.asked, *_said("phrasings.yml").get(query.id, ()))
