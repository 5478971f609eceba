# %% [markdown]
# # A threat that would not be carried out
#
# As retaliation grows costlier, deterrence fails at a threshold under subgame perfection: where retaliation costs more
# than the loss. Nash equilibrium has no such threshold, since it allows a threat that would not be carried out.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.models.folklore.strike import strike

costs = [k / 4 - 0.05 for k in range(1, 61)]
credible = dt.sweep(strike, "strike", war=costs)
believed = dt.sweep(strike, "strike", war=costs, method=dt.Nash())
print(dt.threshold(strike, "war", "strike"))

# %%
fig, ax = plt.subplots(layout="constrained")
ax.fill_between(costs, believed.data["low"][0], believed.data["high"][0], color="0.88", step="mid")
ax.text(10.5, 0.5, "Nash equilibria:\nstruck or not, as is believed", ha="center", color="0.3")
credible.plot(ax=ax)
plt.show()
