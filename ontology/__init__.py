"""The vocabulary: the terms that graphs speak, the words that policies use for them, and reasoning over both.

Turtle and the code that reads it; nothing here knows of documents, stores or commands.
"""
