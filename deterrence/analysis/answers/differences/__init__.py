"""What changed between two games, as an answer: its parts, its words and its tables."""
