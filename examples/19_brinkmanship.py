# %% [markdown]
# # Can a state threaten a war that it would not choose?
#
# After Schelling (1960): a step may carry a risk that nobody controls. The Defender would not retaliate, yet each
# strike may end in a disaster that costs 20. How great must the risk be to deter? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
risky = weak.under(dt.Brinkmanship("strike", disaster=20))
answer = dt.threshold(risky, "risk", "strike")
print(answer)
assert abs(answer.boundaries[0].value - 1 / 6) < 1e-9  # 4(1 - r) = 20r, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The risk is a number here. How it is raised step by step, and who gives way first, needs a
# game of several steps.
