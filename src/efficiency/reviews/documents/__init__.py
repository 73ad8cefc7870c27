"""What leaves a review: its documents, what they are told from, whether they still hold."""
