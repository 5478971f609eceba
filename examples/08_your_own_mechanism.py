# %% [markdown]
# # A mechanism of your own
#
# A mechanism is a function from game to game. Here a guarantor bears a share of what war costs the Defender, and a
# threat that was incredible becomes credible. How large the share must be is again a formula.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.mechanisms.algebra import pay
from deterrence.models.folklore.strike import strike


def guarantee(game):
    """Let an ally bear a part of the Defender's war."""
    part = dt.share(0.5, "share of the cost of war that the ally bears").named("support")
    paid = part.expression * game.parameters["war"].expression
    tree = pay(game.tree, game.players, {"Defender": paid}, outcomes=["war"])
    return game.changed(tree=tree, parameters=(part,), mechanism=guarantee)


helped = strike.at(war=7).under(guarantee)
answer = dt.threshold(helped, "support", "strike")
print(answer)

# %%
fig, ax = plt.subplots(layout="constrained")
answer.plot(ax=ax)
plt.show()
