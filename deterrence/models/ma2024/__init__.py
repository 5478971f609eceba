"""Ma, Tauman and Zeckhauser (2024), Deterrence Games and the Disruption of Information."""
