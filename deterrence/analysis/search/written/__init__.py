"""Games with numbers without end whose classes are written as formulas: their borders, and slopes inside them."""
