"""One review: what it reads, its tables, its findings, what it writes."""
