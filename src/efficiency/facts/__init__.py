"""What happened: flows, times and models."""
