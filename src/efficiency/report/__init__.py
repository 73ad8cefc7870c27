"""How it is told: blocks, chapters, pictures and pages."""
