"""What steps waited for."""
