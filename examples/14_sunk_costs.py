# %% [markdown]
# # Does a costly preparation keep a strike from coming?
#
# A cost that is spent whatever follows changes no later choice, only the choice whether to spend it. Here nobody
# answers the strike, which gains 4. How costly must it be to prepare before it stays away? All payoffs are
# illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
costly = weak.under(dt.SunkCosts("strike"))
answer = dt.threshold(costly, "sunk_cost", "strike", between=(0, 10))
print(answer)
assert answer.boundaries[0].value == 4  # the prize, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The cost is known and paid at once. It signals nothing here, since nothing about the
# Challenger is hidden.
