"""The classes of equilibria of a parametric game: found at many points, derived as formulas, proved to be all."""
