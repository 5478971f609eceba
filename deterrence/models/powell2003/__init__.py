"""Robert Powell, Nuclear Deterrence Theory, Nuclear Proliferation, and National Missile Defense (2003)."""
