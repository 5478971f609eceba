"""Albert Wohlstetter, The Delicate Balance of Terror (1959)."""
