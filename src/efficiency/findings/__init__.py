"""Where what happened differs from what should be."""
