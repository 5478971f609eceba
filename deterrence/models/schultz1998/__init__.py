"""Kenneth A. Schultz, Domestic Opposition and Signaling in International Crises (1998)."""
