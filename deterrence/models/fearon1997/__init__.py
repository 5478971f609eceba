"""James Fearon, Signaling Foreign Policy Interests: Tying Hands versus Sinking Costs (1997)."""
