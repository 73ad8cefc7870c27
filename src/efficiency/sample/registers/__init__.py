"""The made-up office's other records: supervision, meetings, the duty desk, the service hall."""
