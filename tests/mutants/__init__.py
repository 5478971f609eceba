"""Mutation testing of the models: which small change of a game goes unnoticed by the model's claims.

``python -m tests.mutants [MODEL …] [--sample N] [--others M] [--seed S] [--table PATH]`` changes a payoff, a sign, a
factor, a chance, a comparison or a default of a model's game, and asks the claims of the changed model one by one until
one does not come out as it does for the model itself. A mutant that no claim notices tells of a payoff that nobody
claims anything about. Those that may stay are listed in ``survivors.txt``, each with why.
"""
