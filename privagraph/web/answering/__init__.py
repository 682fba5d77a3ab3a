"""Answers for pages: some rows at a time, with the names of what they speak of and the places of their words."""
