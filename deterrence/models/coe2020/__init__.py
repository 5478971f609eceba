"""Andrew J. Coe and Jane Vaynman, Why Arms Control Is So Rare (2020)."""
