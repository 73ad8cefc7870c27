"""What the people of the made-up office were asked, and what they said."""
