# %% [markdown]
# # Strike and counter-strike
#
# A strike, its answer, the answer to that: how many answers there may be is an argument, not a parameter. As long as an
# answer costs less than leaving a blow unanswered, whoever moves last answers; whom that deters depends on how many
# blows come before.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.models.escalation import exchange

rounds = range(1, 9)
found = []
for number in rounds:
    played = dt.solve(exchange(number))[0]
    found.append(float(dt.probability("strike")(played)))
    outcome = next(name for name, chance in played.outcomes.items() if chance)
    print(f"{number} answers at most: {outcome}")

# %%
fig, ax = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
ax.plot(rounds, found, "o", markersize=9, color="#1f5c99", clip_on=False)
ax.set_xlabel("most answers after the first strike")
ax.set_yticks([0, 1], ["deterred", "strikes"])
ax.set_ylim(-0.3, 1.3)
plt.show()
