"""Andrew Kydd and Barbara Walter, Sabotaging the Peace: The Politics of Extremist Violence (2002)."""
