"""Cases held against limits."""
