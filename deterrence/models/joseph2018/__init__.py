"""Michael Joseph and Michael Poznansky, Media technology, covert action, and the politics of exposure (2018)."""
