"""Questions in plain English, matched to the questions of the catalogue and answered by them.

- :mod:`~privagraph.queries.asking.terms` brings words to terms, with ``synonyms.yml``;
- :mod:`~privagraph.queries.asking.concepts`, :mod:`~privagraph.queries.asking.names` and
  :mod:`~privagraph.queries.asking.parameters` read concepts, policies and values from a question;
- :mod:`~privagraph.queries.asking.index` says how near a named query is to a question, with what
  :mod:`~privagraph.queries.asking.learned` has learned from the phrasings of all;
- :mod:`~privagraph.queries.asking.matching` chooses one, or says that none fits;
- :mod:`~privagraph.queries.asking.asked` asks it.
"""

from __future__ import annotations

from privagraph.queries.asking.asked import Asked, ask, understand, understood

__all__ = ["Asked", "ask", "understand", "understood"]
