"""An optional extractor that asks a language model, behind the same seam as the others.

It sends passages of the policy to a service that the user names, and is therefore never used unless it is asked for.
See ``docs/llm.md`` for what is sent, what comes back and what it costs.
"""

from __future__ import annotations

from privagraph.loaders.llm.extractor import LlmExtractor
from privagraph.loaders.llm.usage import Usage

__all__ = ["LlmExtractor", "Usage"]
