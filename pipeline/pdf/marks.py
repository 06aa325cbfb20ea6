"""The characters that stand in a text for what a file does not say for certain."""

UNKNOWN = "\ufffd"
"""Stands for a glyph of which the file does not say what it is."""
LIKELY = "\ue0ff"
"""Stands behind a character that the file does not say, but most likely is."""
UNSEEN = "\ue0fe"
"""Stands behind a character that the file says and of which nothing is drawn."""
