"""The bodies of games: run once, with symbols, and what they may not do with them."""
