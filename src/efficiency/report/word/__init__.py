"""The report as a Word document, and its numbers read back out of it."""
