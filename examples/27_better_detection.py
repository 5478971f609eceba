# %% [markdown]
# # Does better detection always restrain?
#
# A better sensor tells the Defender more, and one would expect fewer strikes. Comparative statics give the sign of
# the change in each equilibrium. All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

noisy = dt.models.load("noisy_attribution").game
moves = dt.statics(noisy, "detection", "strike")
print(moves)
assert min(e.probability("strike") for e in dt.solve(noisy)) * 8 == 1  # odds of 1 to 7, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
moves.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Which equilibrium is played. A sign also says nothing of how large the change is.
