"""Logs that lie in files of parquet: of ours, several of them, or large ones of others."""
