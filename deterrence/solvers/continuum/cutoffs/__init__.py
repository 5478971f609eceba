"""Games in which each player privately knows one number, and payoffs are affine in it: all equilibria in cutoffs."""
