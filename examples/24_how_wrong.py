# %% [markdown]
# # How wrong may the numbers be before the prediction fails?
#
# The model predicts that no strike comes. Payoffs are never known exactly, so the question is the smallest change of
# them that overturns this. All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
found = dt.robustness(strike, "strike")
print(found)
assert dt.solve(strike.at(war=7))[0].probability("strike") == 1  # the answer costs 7, the loss is 6
assert dt.solve(strike.at(war=5))[0].probability("strike") == 0

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Changes are measured as shares of the declared ranges; other ranges would give another
# nearest change.
