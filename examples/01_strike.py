# %% [markdown]
# # The strike game
#
# One state may strike, the other may retaliate. The heavy line is the path of play; the medium one is the threat that
# deters and is never carried out.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence import end, move, param
from deterrence.plot import plot_tree


@dt.game("Challenger", "Defender")
def strike(
    prize=param(4, "gain from a strike that goes unanswered", low=0, high=20),
    loss=param(6, "harm of an unanswered strike", low=0, high=20),
    punishment=param(9, "harm that retaliation does", low=0, high=20),
    war=param(3, "cost of retaliating", low=-5, high=20),
):
    """Strike, retaliate or restrain: the smallest deterrence game."""
    answered = end("war", prize - punishment, -war)
    answer = move("Defender", restrain=end("fait accompli", prize, -loss), retaliate=answered)
    return move("Challenger", restrain=end("status quo", 0, 0), strike=answer)


solution = dt.solve(strike)
print(solution)

# %%
fig, ax = plt.subplots(figsize=(7, 2.6))
plot_tree(strike, solution[0], ax=ax)
plt.show()
