"""The search over supports, at one point and for all values of the parameters."""
