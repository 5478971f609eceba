# %% [markdown]
# # How is a hidden number drawn?
#
# The smallest deterrence game, in which nobody but the Defender knows what answering a strike costs it. A number that
# nature draws is a fan in the tree.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.plot import plot_tree

strike = dt.models.load("folklore/strike").game
doubtful = strike.under(dt.Hidden("war", seen_by="Defender", low=0, high=10))
answers = dt.solve(doubtful)[0].strategies["Defender"]
print(answers)
assert answers.cutoffs == (6,)

# %%
plot_tree(doubtful)
plt.show()

# %% [markdown]
# What this does not say. Where the law of the cost comes from; here every cost from 0 to 10 is as likely as any other.
