"""The peer of benchmarks/mapping.py: a bare spaCy parse of texts, run by any interpreter that has spaCy.

python benchmarks/spacy_parse.py TEXTS MODEL PROCESSES

TEXTS is a file with one JSON string on each line. Every component of the model runs, and nothing is done with what it
finds. It needs nothing of privagraph.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Parse all texts."""
    try:
        import spacy

        parser = spacy.load(sys.argv[2])
    except (ImportError, OSError) as error:
        print(
            f"{error}\nspaCy or its model is not there for {sys.executable}: "
            f"pip install spacy; python -m spacy download {sys.argv[2]}",
            file=sys.stderr,
        )
        sys.exit(3)  # as benchmarks/common.py has it, which is not at hand here
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        texts = (json.loads(line) for line in lines)
        words = sum(len(document) for document in parser.pipe(texts, n_process=int(sys.argv[3])))
    print(words)


if __name__ == "__main__":
    main()
