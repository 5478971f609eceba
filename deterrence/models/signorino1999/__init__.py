"""Curtis Signorino, Strategic Interaction and the Statistical Analysis of International Conflict (1999)."""
