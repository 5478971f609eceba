# %% [markdown]
# # Who is deterred by whom
#
# Unilateral deterrence after Zagare and Kilgour (2000): each side is hard or soft, and knows only itself. The map shows
# which equilibria exist for which credibilities, named as in the book; in many places several do.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.models.zagare2000.unilateral_deterrence import unilateral_deterrence as unilateral

steps = [(k + 0.5) / 30 for k in range(30)]
grid = dt.sweep(unilateral, "conflict", challenger_credibility=steps, defender_credibility=steps)
print(grid)

# %%
names = {
    "separating on both sides": "separating",
    "semi-separating on both sides": "bluff",
    "Challenger: pooling on 'challenge'; Defender: separating": "attack",
}
fig, ax = plt.subplots(figsize=(6.4, 5), layout="constrained")
grid.plot_classes(ax=ax, names=names, point={"default": (0.2, 0.3)})
plt.show()
