# %% [markdown]
# # How good must a missile defence be to deter without a threat?
#
# An intercepted strike gains nothing, and a strike costs 1 to try. Nobody would answer it, so that only denial can
# deter. What share must be intercepted? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
tried = weak.under(dt.SunkCosts("strike", sunk_cost=1))
shielded = tried.under(dt.MissileDefence("strike", "Defender", gain="prize", harm="loss"))
answer = dt.threshold(shielded, "interception", "strike")
print(answer)
assert answer.boundaries[0].value == 1 - 1 / 4  # a prize of 4, got through one time in four, pays the cost of 1

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. A defence also shields its owner when it strikes first, and the other side may build more
# missiles. Neither is in this game.
