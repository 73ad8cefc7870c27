"""The annexes: every table, every finding with its cases, what was held against what."""
