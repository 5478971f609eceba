# %% [markdown]
# # Must a state be resolved, or only perhaps be so?
#
# Hawks would answer a strike and doves would not; the Challenger does not know who prevails. How likely must hawks be
# to deter? The Challenger risks 5 to gain 4. All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
divided = weak.under(dt.Factions("Defender", outcomes="war", resolve=5))
answer = dt.threshold(divided, "prior", "strike")
print(answer)
assert abs(answer.boundaries[0].value - 4 / 9) < 1e-9  # 4 = 9p, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The Defender says nothing before the strike, so hawks have no way to show who they are.
