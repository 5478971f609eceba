# %% [markdown]
# # Is a punishment above the prize enough to deter?
#
# A text may say so. The claim is checked for all values in range, and a wrong one meets a counterexample. All payoffs
# are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
deterred = {"Challenger": "restrain", "Defender": "retaliate"}
wrong = dt.verify(strike, deterred, where="punishment >= prize")
print(wrong)
right = dt.verify(strike, deterred, exactly="punishment >= prize and loss >= war")
print(right)
bluff = dt.profile(strike, {"Challenger": "restrain", "Defender": "restrain"})
assert wrong.holds is False
assert right.holds
assert bluff.regrets["Challenger"].gain == 4  # the prize of a strike that nobody answers, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
wrong.counterexample.profile.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The proof is about this game. Whether a real crisis is this game is not for a proof to say.
