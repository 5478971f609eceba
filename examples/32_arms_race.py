# %% [markdown]
# # How much fear does an arms race need?
#
# After Baliga and Sjostrom (2004): each country knows its own cost of building and fears the other's. How does the
# race grow with the harm of being the only one unarmed? Values are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

race = dt.models.load("arms_race")
print(race.solve())
swept = dt.sweep(race.game, "arms race", "no weapons", fear=[k / 50 for k in range(60)])
assert abs(sum(race.solve()[0].outcomes.values()) - 1) < 1e-9

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
swept.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. There are no messages before the choice here; in the paper they can help. Equilibria are
# certified in floating point.
