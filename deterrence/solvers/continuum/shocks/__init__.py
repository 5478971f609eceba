"""Games with private shocks: several draws of one player that matter together at its decisions."""
