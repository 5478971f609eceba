"""Steven Brams, Theory of Moves (1994)."""
