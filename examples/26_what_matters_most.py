# %% [markdown]
# # Which of the unknowns matters most?
#
# Detection, false alarms and payoffs are all uncertain. Which of them explains most of the variation in how often
# there is a strike? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

noisy = dt.models.load("noisy_attribution").game
found = dt.sensitivity(noisy, "strike", n=256)
print(found)
lowest = min(e.probability("strike") for e in dt.solve(noisy))
assert lowest * 8 == 1  # as in the avenhaus2002 model at its own values

# %%
fig, ax = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Importance depends on the ranges assumed. A small design gives wide intervals; more points
# narrow them.
