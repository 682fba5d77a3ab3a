"""The addresses of the pages, made in one place."""

from __future__ import annotations

from urllib.parse import urlencode

__all__ = [
    "compare_url",
    "editor_url",
    "explorer_url",
    "page_number",
    "policy_url",
    "question_url",
    "resource_url",
    "validation_url",
    "words_url",
]

_DIGITS = 8
"""The number of a page has fewer digits."""


def policy_url(key: str, /, **state: str) -> str:
    """The text of a policy.

    Args:
        key: The policy's key.
        **state: What is chosen there: ``role``, ``mention``, ``practice``.
    """
    return f"/policies/{key}" + _asked(state)


def words_url(key: str, start: int, end: int) -> str:
    """Words in their place in the text of a policy.

    Args:
        key: The policy's key.
        start: Offset of their first character, in code points.
        end: Offset after their last character.
    """
    return f"/policies/{key}?at={start}-{end}#at"


def resource_url(iri: str) -> str:
    """What the graph or the vocabulary says of an IRI.

    Args:
        iri: The IRI.
    """
    return "/resource" + _asked({"iri": iri})


def explorer_url(*, policy: str = "", node: str = "", **state: str) -> str:
    """The explorer.

    Args:
        policy: The key of a policy to show; all policies when empty.
        node: IRI of the node in the middle; none when empty.
        **state: What else is chosen there.
    """
    return "/explorer" + _asked({"policy": policy, "node": node, **state})


def question_url(name: str, /, **params: str) -> str:
    """A named question.

    Args:
        name: Its name.
        **params: Values of its parameters.
    """
    return f"/questions/{name}" + _asked(params)


def editor_url(query: str) -> str:
    """The SPARQL editor with a query in it.

    Args:
        query: The query.
    """
    return "/query" + _asked({"query": query})


def validation_url(*, policy: str = "", **state: str) -> str:
    """What the shapes find.

    Args:
        policy: The key of a policy; all policies when empty.
        **state: What else is chosen there: ``profile``, ``severity``.
    """
    return "/validation" + _asked({"policy": policy, **state})


def compare_url(*keys: str) -> str:
    """Policies side by side.

    Args:
        *keys: Their keys.
    """
    return "/compare" + ("?" + urlencode([("policy", key) for key in keys]) if keys else "")


def page_number(text: str) -> int:
    """The number of a page as an address says it; the first where that is none.

    Args:
        text: What the address says.
    """
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 1


def _asked(state: dict[str, str]) -> str:
    given = {name: value for name, value in state.items() if value}
    return "?" + urlencode(given) if given else ""
