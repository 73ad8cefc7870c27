"""What was recorded: logs, their quality, and the sample office."""
