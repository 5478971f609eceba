# %% [markdown]
# # What would it take to deter?
#
# Here punishment is too mild to deter a strike. Which smallest change of punishment, loss and the cost of war would
# make a strike unlikely? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(punishment=3)
needed = dt.what_would_it_take(weak, "strike", "<= 0.1", parameters=["punishment", "loss", "war"])
print(needed)
answer = dt.threshold(weak, "punishment", "strike")
print(answer)
assert answer.boundaries[0].value == 4  # punishment must outweigh the prize, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Whether the change can be had, and what it costs besides. A search found it; that no smaller
# one exists is not proved.
