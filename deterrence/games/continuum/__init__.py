"""Numbers without end in a tree: laws of what nature draws, and what players choose between two ends."""
