# %% [markdown]
# # How harsh must punishment be where proof is rare?
#
# A strike that can be denied is answered only where it is proven. The map shows which punishment deters at which
# chance of proof. All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

game = dt.models.load("strike").game.under(dt.Deniability("strike", "retaliate", doubt=10))
found = dt.regions(game, attribution=[0, 1], punishment=[0, 20])
print(found)
answer = dt.threshold(game, "attribution", "strike")
assert abs(answer.boundaries[0].value - 4 / 9) < 1e-9  # the prize of 4 over a punishment of 9, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. A share of the map is a share of the rectangle drawn and no probability. The punishment
# costs the Defender the same however harsh it is.
