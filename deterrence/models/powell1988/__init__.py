"""Robert Powell, Nuclear Brinkmanship with Two-Sided Incomplete Information (1988)."""
