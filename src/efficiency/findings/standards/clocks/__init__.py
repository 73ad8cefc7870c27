"""Each clock of a standard: when it started and stopped, stood still, and runs out."""
