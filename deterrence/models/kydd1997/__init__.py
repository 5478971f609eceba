"""Andrew Kydd, Game Theory and the Spiral Model (1997)."""
