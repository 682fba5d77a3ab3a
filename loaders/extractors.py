"""The extractors that can be chosen by name.

A name stands for a function that makes the extractor; what it needs is imported only when it is chosen.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from privagraph.errors import InputError

if TYPE_CHECKING:
    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.tagging.cache import PassageCache

__all__ = ["DEFAULT_EXTRACTOR", "EXTRACTORS", "extractor_name", "make_extractor"]


def _lexicon() -> Extractor:
    from privagraph.loaders.extraction import LexiconExtractor

    return LexiconExtractor()


def _hybrid(*, cache: PassageCache | None = None) -> Extractor:
    from privagraph.loaders.tagging.extractor import HybridExtractor

    return HybridExtractor(cache=cache)


def _llm(*, url: str = "", model: str = "", **options: Any) -> Extractor:  # handed through as they are
    from privagraph.loaders.llm import LlmExtractor

    return LlmExtractor(url, model, **options)


EXTRACTORS: Mapping[str, Callable[..., Extractor]] = {
    "hybrid": _hybrid,
    "lexicon": _lexicon,
    "llm": _llm,
}
"""Names of extractors, each with what makes one; its options are those of the extractor's constructor."""

DEFAULT_EXTRACTOR = "hybrid"
"""The one that is used where none is named."""


def make_extractor(name: str = DEFAULT_EXTRACTOR, **options: Any) -> Extractor:  # handed through as they are
    """An extractor by its name.

    Args:
        name: The name.
        **options: What the extractor's constructor takes.

    Raises:
        InputError: There is no extractor of that name, or an option cannot be used.

    Example:
        >>> make_extractor("lexicon").name
        'lexicon/1'
    """
    _check(name)
    return EXTRACTORS[name](**options)


def extractor_name(name: str = DEFAULT_EXTRACTOR) -> str:
    """What an extractor calls itself, with its version: the name that graphs have for it.

    No model is loaded for that. One that calls itself by what it is made with has to be made first.

    Args:
        name: The name by which it is chosen.

    Raises:
        InputError: There is no extractor of that name, or it cannot be made without options.

    Example:
        >>> extractor_name("lexicon")
        'lexicon/1'
    """
    _check(name)
    if name == DEFAULT_EXTRACTOR:
        from privagraph.loaders.tagging.card import packaged_card
        from privagraph.loaders.tagging.extractor import named

        return named(packaged_card())
    return make_extractor(name).name


def _check(name: str) -> None:
    if name not in EXTRACTORS:
        near = difflib.get_close_matches(name, EXTRACTORS, n=1)
        raise InputError(
            name,
            "no extractor has this name",
            f"did you mean {near[0]}?" if near else f"the names are {', '.join(EXTRACTORS)}",
        )
