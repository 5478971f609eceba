"""To and from other programs and their formats."""
