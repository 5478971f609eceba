# %% [markdown]
# # What does an offer risk?
#
# Fearon (1995): a Proposer demands a share of a Rival whose cost of war is hidden. Asking for more earns more if it is
# accepted, and is refused by more Rivals. Values are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt


@dt.game("Proposer", "Rival")
def bargaining(cost=dt.param(0.1, "cost of war to the Proposer", low=0, high=1)):
    """Ask a rival for a share; what a war costs it is hidden."""

    def reply(war_cost, demand):
        war = dt.end("war", 0.5 - cost, 0.5 - war_cost)
        return dt.move("Rival", accept=dt.end("settlement", demand, 1 - demand), fight=war)

    def asked(war_cost):
        return dt.choose("Proposer", 0, 1, then=lambda demand: reply(war_cost, demand))

    return dt.draw(0, 0.4, seen_by="Rival", then=asked)


found = dt.solve(bargaining)[0]
print(found)
assert abs(float(found.choices["demand"]) - 0.65) < 1e-9

# %%
found.plot(of="demand")
plt.show()

# %% [markdown]
# What this does not say. One offer is made, and nobody learns from a refusal.
