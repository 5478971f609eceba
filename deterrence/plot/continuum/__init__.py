"""Pictures of equilibria in which types act by cutoffs, and numbers are chosen."""
