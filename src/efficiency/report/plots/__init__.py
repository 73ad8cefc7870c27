"""Pictures: a table in, the Axes it was drawn on out."""
