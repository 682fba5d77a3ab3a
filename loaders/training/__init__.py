"""How the tagger is trained; needs the extra ``training``. See ``python -m privagraph.loaders.training --help``."""
