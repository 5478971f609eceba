# %% [markdown]
# # Does a public threat bind the leader who made it?
#
# A leader who threatens in public and then backs down pays for it at home (Fearon 1994). Retaliation costs this
# Defender 8 and a strike left unanswered only 6, so its threat is empty; how large must the cost at home be? All
# payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
public = weak.under(dt.AudienceCosts("restrain", "Defender", audience_cost=1))
answer = dt.threshold(public, "audience_cost", "strike", between=(0, 10))
print(answer)
assert answer.boundaries[0].value == 8 - 6  # war less loss, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The threat has been made already; whether a leader would choose to make it is another
# question, and so is where the cost at home comes from.
