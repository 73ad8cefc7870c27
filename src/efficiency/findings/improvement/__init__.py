"""Improvement points: measured again, and where their loop stands."""
