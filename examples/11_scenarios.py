# %% [markdown]
# # Scenarios side by side
#
# A scenario is a set of parameter values with a name. `compare` computes the same measures for each. Here the
# Defender answers only alarms: a greater prize does not change how often it is struck, only how often it answers.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

game = dt.models.load("alarm_only").game
scenarios = {
    "today": {},
    "better sensors": {"detection": 0.9},
    "fewer false alarms": {"false_alarm": 0.05},
    "a greater prize": {"benefit": 2},
}
found = dt.compare({name: game.at(**changes) for name, changes in scenarios.items()}, "strike", "retaliation")
print(found)

# %%
fig, ax = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
found.plot(ax)
plt.show()
