# %% [markdown]
# # Four crises in two by two
#
# Each side yields or stands firm. Four rankings of the same four outcomes make four classic games. The figure shows,
# for every equilibrium, the probability that both stand firm.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

# Row's payoffs from (yield, yield), (yield, stand), (stand, yield), (stand, stand); Column's are the mirror image.
CRISES = {
    "chicken": (3, 2, 4, 1),
    "prisoner's dilemma": (3, 1, 4, 2),
    "stag hunt": (4, 1, 3, 2),
    "deadlock": (2, 1, 4, 3),
}

found = {}
for name, (reward, sucker, temptation, punishment) in CRISES.items():
    rows = [[reward, sucker], [temptation, punishment]]
    columns = [[reward, temptation], [sucker, punishment]]
    crisis = dt.bimatrix(rows, columns, actions=[["yield", "stand"], ["yield", "stand"]], name=name)
    found[name] = [equilibrium.outcomes["stand, stand"] for equilibrium in dt.solve(crisis)]
    print(f"{name}: both stand firm with probability {' or '.join(map(str, found[name]))}")

# %%
fig, ax = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
for row, chances in enumerate(found.values()):
    ax.plot(chances, [row] * len(chances), "o", markersize=9, color="#1f5c99", clip_on=False)
ax.set_yticks(range(len(found)), found)
ax.set_xlim(0, 1)
ax.set_ylim(-0.6, len(found) - 0.4)
ax.grid(axis="y", color="0.9")
ax.set_xlabel("probability that both stand firm, one dot an equilibrium")
plt.show()
