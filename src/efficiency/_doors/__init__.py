"""The one door each to DuckDB, pm4py, Graphviz, files and TOML."""
