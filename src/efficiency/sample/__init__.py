"""The made-up office whose truth is known."""
