"""The certificate of an equilibrium: everything that it says, recomputed from the tree alone.

Nothing here is shared with the solvers: what it needs of the game is the tree, and of the answer what it says.
"""
