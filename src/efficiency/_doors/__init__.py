"""The one door each to DuckDB and Spark, pm4py, Graphviz, files and TOML."""
