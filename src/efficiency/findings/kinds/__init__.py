"""What is worth telling: one file a kind of finding."""
