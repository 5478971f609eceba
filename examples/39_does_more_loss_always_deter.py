# %% [markdown]
# # Does a greater stake always make a threat more credible?
#
# The more the Defender would lose, the readier it is to answer. A trend follows one measure along one parameter and
# names the stretches on which it rises, falls or stays. All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
for trend in dt.trends(strike, "loss", dt.probability("strike"), dt.payoff("Defender")):
    print(trend)

# %% [markdown]
# By hand: the Defender answers once the loss exceeds the cost of war, 3. From there on nobody strikes, and a greater
# loss costs it nothing more: below it, the Defender's payoff falls as the loss it bears.

# %%
(jump,) = dt.threshold(strike, "loss", "strike").jumps
assert jump.value == 3

# %%
losses = [k / 10 for k in range(121)]
fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
dt.sweep(strike, dt.payoff("Defender"), loss=losses).plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The stake is known to both sides here; where it is not, a Defender may have to prove it.
