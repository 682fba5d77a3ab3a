"""The named queries, one ``.rq`` file each; see :mod:`privagraph.queries.catalogue`."""
