"""Barry O'Neill, Honor, Symbols, and War (1999)."""
