# %% [markdown]
# # Who asks for how much?
#
# The Proposer of Fearon's bargaining model has a hidden cost of war, too. What it asks for is then a schedule: the
# dearer a war to itself, the less it asks for. Values are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt


@dt.game("Proposer", "Rival")
def bargaining(own_most=dt.param(0.6, "greatest cost of war to the Proposer", low=0.1, high=1)):
    """Ask a rival for a share; what a war costs is hidden on both sides."""

    def reply(own_cost, war_cost, demand):
        war = dt.end("war", 0.5 - own_cost, 0.5 - war_cost)
        return dt.move("Rival", accept=dt.end("settlement", demand, 1 - demand), fight=war)

    def asked(own_cost, war_cost):
        return dt.choose("Proposer", 0, 1, then=lambda demand: reply(own_cost, war_cost, demand))

    def other(own_cost):
        return dt.draw(0, 0.4, seen_by="Rival", then=lambda war_cost: asked(own_cost, war_cost))

    return dt.draw(0, own_most, seen_by="Proposer", then=other)


found = dt.solve(bargaining)[0]
print(found)
assert abs(float(found.probability("war")) - 1 / 6) < 1e-9

# %%
found.plot(of="demand")
plt.show()

# %% [markdown]
# What this does not say. The Rival's answer does not depend on what the demand tells of the Proposer, since after it
# the Rival has the last word.
