# %% [markdown]
# # How much does an alarm help that may be false?
#
# An attacker may strike unseen. A noisy alarm tells the Defender more, but not enough to be sure. How often is it
# struck, by how good the alarm is? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

blind = dt.bimatrix(
    [[0, -4], [1, -3]],
    [[0, -1], [-2, -1]],
    players=("Attacker", "Defender"),
    actions=[["wait", "strike"], ["restrain", "retaliate"]],
)
warned = blind.under(dt.Signal("strike", detection=0.7, false_alarm=0.1))
found = sorted(float(e.probability("strike")) for e in dt.solve(warned))
print("without an alarm:", *(e.probability("strike") for e in dt.solve(blind)), " with one:", *found)
assert found[0] == 1 / 8  # 1 / (1 + 0.7 / 0.1), by hand: an alarm leaves the Defender just in doubt
answer = dt.sweep(warned, "strike", detection=[0.105 + k * 0.89 / 60 for k in range(61)])

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. There are three equilibria above a certain detection, and the game does not say which of
# them is played.
