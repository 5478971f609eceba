"""Games, classes and claims in LaTeX."""
