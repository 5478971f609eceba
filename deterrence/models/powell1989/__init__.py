"""Robert Powell, Nuclear Deterrence and the Strategy of Limited Retaliation (1989)."""
