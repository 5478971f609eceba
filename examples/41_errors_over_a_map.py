# %% [markdown]
# # What do small errors do to deterrence?
#
# People choose what is better only more often, not always. With what probability is there a strike, if both sides
# choose with errors, as the cost of war and their rationality vary? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt
import numpy as np

import deterrence as dt

strike = dt.models.load("strike").game
war, rationality = np.meshgrid(np.linspace(0, 10, 41), np.linspace(0, 2, 41))
grid = dt.quantal_grid(strike, rationality.ravel(), {"war": war.ravel()})
chance = grid.probability("strike").reshape(war.shape)
print(f"{grid.converged.mean():.0%} of the points were followed to the end")

# %% [markdown]
# By hand: at rationality 0 every choice is even, and a strike as likely as not.

# %%
assert abs(chance[0] - 1 / 2).max() < 1e-9

# %%
fig, ax = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
shades = ax.contourf(war, rationality, chance, levels=np.linspace(0, 1, 11), cmap="Greys")
ax.axvline(6, linestyle="--", color="black", linewidth=1)
ax.annotate("the threat is empty beyond,\nfor players who never err", (6.15, 0.12), fontsize=8)
ax.set_xlabel("cost of retaliating: war")
ax.set_ylabel("rationality")
fig.colorbar(shades, ax=ax, label="probability of a strike")
plt.show()

# %% [markdown]
# What this does not say. How rational anyone is: that has to be estimated from what was seen to be done.
