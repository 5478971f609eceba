"""Thomas Schelling, Arms and Influence (1966)."""
