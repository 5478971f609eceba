# %% [markdown]
# # Which outcome of a dispute can last?
#
# Only rankings are known in the Elmira dispute over a polluted aquifer (Fang, Hipel and Kilgour 1993), no payoffs.
# Which states would nobody leave, given how the others could answer?

# %%
import matplotlib.pyplot as plt

import deterrence as dt

elmira = dt.models.load("elmira").game
answer = dt.stability(elmira)
print(answer)
wanted = dt.stabilising_preferences(elmira, "1 Delay", "Local government", "SEQ")
print(wanted)
assert "1 Delay" in dt.stability(wanted.changed).equilibria("SEQ")

# %%
fig, ax = plt.subplots(figsize=(7, 4.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Which of the stable states comes about, or when. A ranking cannot say that one state is far
# worse.
