# %% [markdown]
# # What is it worth to be bound beforehand?
#
# After Conitzer and Sandholm (2006): a leader is bound to a strategy, and the follower sees it and answers. What does
# the leader gain over play without commitment?

# %%
import matplotlib.pyplot as plt

import deterrence as dt

table = dt.bimatrix(
    [[2, 4], [1, 3]],
    [[1, 0], [0, 1]],
    players=("Leader", "Follower"),
    actions=[["up", "down"], ["left", "right"]],
    name="commitment",
)
found = dt.commitment(table, "Leader")
print(found)
assert found.value == (3.5, 3.5)  # a fair coin between 4 and 3, with the Follower going right, by hand

# %% [markdown]
# A device may fail. In the smallest game of deterrence war would cost the Defender 8 and the loss only 6, so that its
# threat is empty. Bound to retaliate with some chance that nobody sees, how sure must the device be? By hand: a strike
# wins 4 where it fails and loses 5 where it holds, so that 4/9 is enough. All payoffs are illustrative.

# %%
empty = dt.models.load("strike").game.at(war=8)
bound = empty.under(dt.Commitment("Defender", "retaliate", seen=False, holds=0.5))
threshold = dt.threshold(bound, "holds", "strike")
print(threshold)
assert threshold.value * 9 == 4

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
found.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. By what device a state can be bound, and whether the other side can see that it is.
