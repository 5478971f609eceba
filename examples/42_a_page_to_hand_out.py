# %% [markdown]
# # How can a class touch a model, and a paper print it?
#
# The smallest game of deterrence becomes one page to open in a browser, without a network, and a table for LaTeX. All
# payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

strike = dt.models.load("strike").game
page = dt.explore(strike, x="war", y="prize")
print(f"a page of {len(page.html) // 1024} kB; page.save('strike.html') writes it")
print(dt.to_latex(dt.characterize(strike))[:300])

# %% [markdown]
# The map on the page, and here, is cut where the cost of war equals the loss, 6, and where the prize equals the
# punishment, 9.

# %%
found = dt.regions(strike, war=[0, 10], prize=[0, 15])
shares = {name: share for names, share in found.shares.items() for name in names}
print(shares)
assert abs(shares["deterrence"] - 0.6 * 0.6) < 1e-6

# %%
fig, ax = plt.subplots(figsize=(6.0, 4.4), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The ranges on the page are those worth looking at; other admissible values can be typed in.
