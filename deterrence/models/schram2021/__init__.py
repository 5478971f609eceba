"""Peter Schram, Hassling: How States Prevent a Preventive War (2021)."""
