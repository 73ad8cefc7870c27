"""What people say: shares, scales and themes, with how sure each is."""
