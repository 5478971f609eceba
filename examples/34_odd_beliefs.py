# %% [markdown]
# # Does deterrence rest on a belief nobody should hold?
#
# In unilateral deterrence (Zagare and Kilgour 2000) some equilibria are peaceful only because any challenger is
# thought soft. Which of them survive a test of that belief?

# %%
import matplotlib.pyplot as plt

import deterrence as dt

game = dt.models.load("unilateral_deterrence").game
found = dt.solve(game)
kept = {"all": found, "intuitive criterion": dt.intuitive_criterion(found), "D1": dt.d1(found)}
for name, solution in kept.items():
    print(f"{name}: {len(solution)} equilibria")
print(kept["D1"].status)
assert len(kept["D1"]) == len(found) - 2  # two rest on the belief that an unexpected challenger is soft

# %%
fig, ax = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
for row, solution in enumerate(kept.values()):
    chances = [float(e.probability("conflict")) for e in solution]
    ax.plot(chances, [row] * len(chances), "o", markersize=9, color="#1f5c99", clip_on=False)
ax.set_yticks(range(len(kept)), kept)
ax.set_ylim(-0.6, len(kept) - 0.4)
ax.set_xlabel("probability of conflict, one dot an equilibrium")
plt.show()

# %% [markdown]
# What this does not say. A refinement is an argument about beliefs and no law. What it removes should be reported.
