"""Cases held against their like."""
