"""Games that everybody knows and nobody owns."""
