# %% [markdown]
# # Does deterrence survive errors of judgement?
#
# In quantal response better choices are likelier, not certain. How often is there a strike, by how precisely both
# sides choose? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
precisions = [k / 20 for k in range(41)]
path = dt.quantal_path(strike, precisions)
found = [float(solution[0].probability("strike")) for solution in path]
print("strike at random play:", found[0], " at precision 2:", round(found[-1], 4))
assert found[0] == 0.5  # two actions at random, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
ax.plot(precisions, found, color="#1f5c99")
ax.set_xlabel("precision of choice")
ax.set_ylabel("probability of a strike")
ax.set_ylim(0, 0.55)
plt.show()

# %% [markdown]
# What this does not say. How precisely states choose; only data could tell. The scale of payoffs and that of
# precision cannot be told apart.
