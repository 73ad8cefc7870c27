"""What a review reads: its inputs, what in them does not fit, whom they name, how it is told."""
