# %% [markdown]
# # Iraq, spring 2020
#
# How often Iran orders a strike through the militia, by how easily an order is proven and how hard sanctions press. All
# payoffs are illustrative. The case is built up step by step in the documentation.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.models.cases.iraq_2020 import GAME, PROXY_STRIKE

orders = dt.probability(PROXY_STRIKE, by="Iran")
print("at the default values:", dt.solve(GAME)[0].probability(PROXY_STRIKE, "Iran"))

grid = dt.sweep(
    GAME,
    orders,
    attribution=[(k + 0.5) / 30 for k in range(30)],
    pressure=[(k + 0.5) / 3 for k in range(30)],
)

# %%
fig, ax = plt.subplots(figsize=(6.4, 4.6), layout="constrained")
grid.plot(ax=ax)
plt.show()
