# %% [markdown]
# # When may an attack be blamed on a state?
#
# The same attack may happen without anybody's order, and the evidence may be wrong. What does the victim believe once
# it holds proof? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

answered = dt.move("Defender", restrain=dt.end("attack", 1, -2), retaliate=dt.end("war", -3, -1))
bare = dt.Game(("Attacker", "Defender"), dt.move("Attacker", wait=dt.end("quiet", 0, 0), strike=answered))
doubtful = bare.under(
    dt.InnocentAttacks("strike", "wait", background=1, gain=1),
    dt.Deniability("strike", "retaliate", attribution=0.7, false_alarm=0.1, doubt=0, mistake=2),
)
found = []
for equilibrium in dt.solve(doubtful):
    orders = float(equilibrium.probability("strike", "Attacker"))
    guilty = float(equilibrium.beliefs["Defender after strike, proof"]["strike, proof"])
    found.append((orders, guilty))
    print(f"the Attacker strikes with probability {orders:.3f}; guilty, given proof: {guilty:.3f}")
found.sort()
assert found[0] == (1 / 8, 1 / 2)  # (1/8)(7/10) against (7/8)(1/10): even odds, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
orders = [k / 200 for k in range(201)]
ax.plot(orders, [0.7 * x / (0.7 * x + 0.1 * (1 - x)) for x in orders], color="0.6")
ax.plot(*zip(*found, strict=True), "o", markersize=9, color="#1f5c99", clip_on=False)
ax.set_xlabel("probability that the Attacker strikes, one dot an equilibrium")
ax.set_ylabel("belief that it did, given proof")
plt.show()

# %% [markdown]
# What this does not say. Both the frequency of innocent attacks and the quality of the evidence are known to
# everybody here.
