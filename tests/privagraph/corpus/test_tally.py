"""What a run counts of its sources."""

from __future__ import annotations

import pytest

from privagraph.corpus.tally import Tally
from privagraph.loaders.pipeline import MappedSource


@pytest.mark.parametrize("sources", [1, 3])
def test_sources_that_were_there_are_counted_as_numbers(sources: int) -> None:
    tally = Tally()
    for number in range(sources):
        tally.add(MappedSource(f"{number}.txt", "urn:x", 1, 0, 1, 0, changed=False, kept=True))
    totals = tally.report(1, (), None).totals
    assert (str(totals.same), str(totals.kept)) == (str(sources), str(sources))
