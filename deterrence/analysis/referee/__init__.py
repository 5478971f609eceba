"""Claims of the user's own, checked: is a profile an equilibrium, and does a statement hold over the ranges."""
