"""The file of improvement points as people keep it."""
