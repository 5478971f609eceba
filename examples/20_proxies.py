# %% [markdown]
# # Can a sponsor be deterred when its proxy is not?
#
# A proxy strikes for its sponsor and sometimes for itself; the victim cannot tell, and blames the sponsor. When does
# war come although the sponsor gives no order? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
militia = dt.Delegation("strike", "restrain", proxy="Militia", blows="retaliate", autonomy=0.3, zeal=3, toll=2)
loose = strike.under(militia)
equilibrium = dt.solve(loose)[0]
print("the sponsor orders a strike with probability", equilibrium.probability("strike", "Challenger"))
answer = dt.threshold(loose, "zeal", "war", between=(0, 5))
print(answer)
assert answer.boundaries[0].value == 2  # what retaliation costs the proxy, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The sponsor cannot rein in its proxy here, and the victim strikes back at both or at
# neither.
