"""Cases held against before."""
