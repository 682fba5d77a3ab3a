"""The shapes files, one a profile; see :mod:`privagraph.shapes.rules`."""
