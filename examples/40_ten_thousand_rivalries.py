# %% [markdown]
# # How often does a crisis between two have more than one way to go?
#
# Two sides choose between two actions each, and nothing is known of their payoffs: each is drawn at random. How many
# Nash equilibria do such games have? `dt.solve_many` solves ten thousand of them at once.

# %%
import matplotlib.pyplot as plt
import numpy as np

import deterrence as dt

rng = np.random.default_rng(1962)
rows, columns = rng.random((2, 10_000, 2, 2))
solved = dt.solve_many(rows, columns)
numbers, games = np.unique(solved.count, return_counts=True)
shares = dict(zip(numbers.tolist(), (games / games.sum()).tolist(), strict=True))
print(shares)

# %% [markdown]
# By hand: each side prefers the one or the other action against each of the other's, four independent even chances. Two
# pure equilibria, and with them a mixed one, take two of the sixteen cases: one eighth. Else there is exactly one.

# %%
assert set(shares) == {1, 3}
assert abs(shares[3] - 1 / 8) < 0.015

# %%
fig, ax = plt.subplots(figsize=(5.6, 4.0), layout="constrained")
ax.bar([str(number) for number in shares], list(shares.values()), width=0.5)
ax.axhline(1 / 8, linestyle="--", color="gray", linewidth=1)
ax.set_xlabel("Nash equilibria of the game")
ax.set_ylabel("share of 10,000 random games")
plt.show()

# %% [markdown]
# What this does not say. Real crises are not drawn at random: most that are studied are of the few kinds in which two
# equilibria exist.
