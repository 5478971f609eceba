"""Bruce Bueno de Mesquita and David Lalman, War and Reason: Domestic and International Imperatives (1992)."""
