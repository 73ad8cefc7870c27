"""Cases held against procedure."""
