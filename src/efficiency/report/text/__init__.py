"""Sentences of the main text: how each kind of finding is told, with its numbers bound to cells."""
