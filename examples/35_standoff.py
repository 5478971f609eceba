# %% [markdown]
# # What is left when nobody does what is always worse?
#
# A standoff with three choices a side. Strategies that are worse whatever the other does are struck out, step by
# step, until no more can be. All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

standoff = dt.bimatrix(
    [[2, -4, -4], [4, -2, -10], [1, -1, -12]],
    [[-3, 4, 2], [-2, -3, -12], [-4, -8, -12]],
    actions=[["accept", "blockade", "strike"], ["withdraw", "hold", "escalate"]],
    name="standoff",
)
found = dt.dominance(standoff)
print(found)
(equilibrium,) = dt.solve(standoff)
assert found.solvable
assert dict(found.payoffs) == dict(equilibrium.payoffs)

# %%
fig, ax = plt.subplots(figsize=(7, 4.2), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. It takes for granted that each side knows the other to reason so, at every step.
