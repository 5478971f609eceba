"""Logit response: the agent form as arrays, and the branch that is followed through it."""
