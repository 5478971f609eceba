"""How the verbs find what they answer: along a parameter, over a rectangle, and around a point."""
