"""Single nodes of the graph and of the vocabulary, for people and as data."""
