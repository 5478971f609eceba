"""The search for the nearest change among points that are solved in bulk, where formulas in all parameters swell."""
