"""The pages: each module has a ``router`` with the addresses that it answers."""
