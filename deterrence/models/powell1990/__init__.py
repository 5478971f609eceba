"""Robert Powell, Nuclear Deterrence Theory: The Search for Credibility (1990)."""
