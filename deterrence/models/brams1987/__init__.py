"""Steven Brams and Marc Kilgour, Optimal Threats (1987)."""
