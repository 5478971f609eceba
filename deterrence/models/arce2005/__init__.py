"""Daniel G. Arce M. and Todd Sandler, Counterterrorism: A Game-Theoretic Analysis (2005)."""
