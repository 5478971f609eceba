# %% [markdown]
# # What does deniability change?
#
# The same strike, once seen by all and once proven only with some chance. Where does the prediction differ? All
# payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
deniable = strike.under(dt.Deniability("strike", "retaliate", attribution=0.3))
found = dt.difference(strike, deniable)
print(found)
assert not found.same
assert dt.solve(deniable)[0].probability("strike") == 1  # 0.3 is less than 4/9, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. It compares equilibria, not the way from one to the other.
