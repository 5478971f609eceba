def regret(equilibrium): return 0.0
