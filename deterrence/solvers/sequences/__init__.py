"""One exact equilibrium of a two-player game, from the sequences of choices of each player."""
