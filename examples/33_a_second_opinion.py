# %% [markdown]
# # Would another program find the same equilibrium?
#
# A retaliation that costs 4 and saves 1 is not carried out, so the strike comes. Nashpy is asked for its own answer.
# All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game.at(loss=1, war=4)
print(dt.second_opinion(strike, peers=["nashpy"]))
assert dt.from_json(dt.to_json(strike)) == strike
print(dt.write_gambit(strike))
print(dt.cite("strike"))
assert dt.solve(strike)[0].probability("strike") == 1  # by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
dt.plot_tree(strike, dt.solve(strike)[0], ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Programs that agree may share an assumption. The strategic form that Nashpy sees has no
# subgames.
