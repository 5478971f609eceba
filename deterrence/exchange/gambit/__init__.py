"""Gambit's `.efg` and `.nfg` files, both ways."""
