# %% [markdown]
# # A game in a file
#
# Games can be written by hand, without Python, and read without evaluating anything. The same file works on the command
# line: `deterrence solve blockade.toml`.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

TEXT = """
format = "deterrence-game"
version = 1
name = "blockade"
players = ["Blockader", "Supplier"]

[parameters]
stake = {value = 5, meaning = "what the supplies are worth to the Supplier", low = 0, high = 10}
clash = {value = 4, meaning = "cost of a clash to each side", low = 0, high = 10}
resolve = {value = 0.3, meaning = "chance that a ship that sails on is fired upon", low = 0, high = 1}

[tree]
player = "Blockader"
actions.let_pass = {outcome = "supplied", payoffs = [-3, "stake"]}

[tree.actions.blockade]
player = "Supplier"
actions.turn_back = {outcome = "turned back", payoffs = [2, -1]}

[tree.actions.blockade.actions.sail_on.chance]
fired_upon = {probability = "resolve", then = {outcome = "clash", payoffs = ["-clash", "-clash"]}}
let_through = {probability = "1 - resolve", then = {outcome = "supplied", payoffs = [-3, "stake"]}}
"""

game = dt.from_toml(TEXT)
print(dt.threshold(game, "resolve", "turned back"))

# %%
fig, ax = plt.subplots(figsize=(7.2, 3.2), layout="constrained")
dt.plot_tree(game, dt.solve(game)[0], ax=ax)
plt.show()
