"""Logs: read, every value accounted for, and what is doubtful in them."""
