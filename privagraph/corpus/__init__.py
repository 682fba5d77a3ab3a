"""Runs over many policies: worker processes, what they have done, files of quads, and clusters."""
