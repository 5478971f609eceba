"""William Spaniel and Michael Poznansky, Credible Commitment in Covert Affairs (2018)."""
