# %% [markdown]
# # Do forward forces deter, or do they invite a strike?
#
# Forces near the border can be hit, and can hit back at less cost. How exposed must they be for retaliation to be
# credible? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
forward = weak.under(dt.Posture("strike", "retaliate", vulnerability=2, reach=5))
answer = dt.threshold(forward, "exposure", "strike")
print(answer)
assert abs(answer.boundaries[0].value - 2 / 5) < 1e-9  # retaliation at 8 - 5e is worth a loss of 6, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Exposure is given. Whether the Defender would choose it, and what forward forces do to the
# other side's fears, is left out.
