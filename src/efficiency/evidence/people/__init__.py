"""The people in a record: which columns hold them, what they are called instead, what is secret."""
