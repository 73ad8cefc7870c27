"""A simulated office: what would become of it if it were changed."""
