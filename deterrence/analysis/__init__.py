"""Questions about what moves an answer: sweeps, thresholds, and their kin."""
