# %% [markdown]
# # How much deniability does a strike need?
#
# A strike that cannot be proven is answered less often. From which quality of proof on does the threat hold, and who
# gains from doubt? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
deniable = strike.under(dt.Deniability("strike", "retaliate"))
profile = dt.deniability_profile(deniable)
print(profile)

# %% [markdown]
# By hand: an answer without proof costs more than the loss, so only a proven strike is answered. Striking then pays
# the prize less the punishment times the chance of proof: 4 - 9 times attribution, which is zero at 4/9.

# %%
(jump,) = dt.threshold(deniable, "attribution", "strike").jumps
assert jump.value * 9 == 4

# %%
profile.plot()
plt.show()

# %% [markdown]
# What this does not say. Who is believed after an unproven strike is outside this game; so is what a denial costs
# where it is found out. `dt.sanctions_profile` reports on pressure in the same way.
