"""Todd Sandler and Harvey E. Lapan, The Calculus of Dissent: An Analysis of Terrorists' Choice of Targets (1988)."""
