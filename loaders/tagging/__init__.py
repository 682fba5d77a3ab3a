"""The trained tagger: a small language model that labels words, told what the rules found.

``windows`` cut a document into what the model reads, ``marks`` tell it what the rules found, ``tagger`` runs it,
``decoding`` makes spans of its probabilities, ``merging`` one list of mentions of both. ``extractor`` is the whole of
it. How the model is trained is in :mod:`privagraph.loaders.training`.
"""
