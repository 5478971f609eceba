# %% [markdown]
# # Deniability against sanctions
#
# Two mechanisms on the strike game. Sanctions make the status quo worse for the Challenger, and so a strike less of a
# loss; the more deniable the strike, the less pressure it takes to provoke one. The line between the regions is a
# formula. The picture in the README is this one.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.models.folklore.strike import strike

game = strike.under(
    dt.Deniability("strike", "retaliate"),
    dt.Sanctions("Challenger", outcomes="status quo", pressure=2),
)
print(dt.threshold(game, "pressure", "strike", between=(0, 10)))

grid = dt.sweep(
    game,
    "strike",
    attribution=[(k + 0.5) / 100 for k in range(100)],
    pressure=[(k + 0.5) / 16 for k in range(96)],
)

# %%
fig, ax = plt.subplots(figsize=(6.4, 4.4), layout="constrained")
names = {name: "deterrence holds" if name == "deterrence" else "deterrence fails" for name in grid.data["class"].values}
grid.plot_classes(ax=ax, point={"default": (0.5, 2)}, names=names)
plt.show()
