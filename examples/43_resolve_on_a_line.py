# %% [markdown]
# # Who challenges, who bluffs?
#
# A crisis in three moves, after Fearon (1994): what war is worth is hidden on both sides, and backing down costs.
# Strength counts in peace and in war, so that the weakest and the strongest challenge. Values are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt


@dt.game("Challenger", "Defender")
def crisis(shame=dt.param("1/2", "cost of backing down", low=0, high=2)):
    """A challenge by a side whose strength counts in peace and in war."""

    def below(strength, cost):
        fight = dt.end("war", 3 * strength / 2 - 0.9, -cost)
        last = dt.move("Challenger", back_down=dt.end("retreat", -shame, 1), fight=fight)
        answer = dt.move("Defender", concede=dt.end("concession", 1, 0), resist=last)
        return dt.move("Challenger", quiet=dt.end("status quo", strength / 2, 1), challenge=answer)

    def other(strength):
        return dt.draw(0, "20/39", seen_by="Defender", then=lambda cost: below(strength, cost))

    return dt.draw(0, 1, seen_by="Challenger", then=other)


(found,) = dt.solve(crisis)
print(found)
assert abs(float(found.cutoffs["Challenger | start"][0]) - 0.2) < 1e-9

# %%
found.plot()
plt.show()

# %% [markdown]
# What this does not say. That strength is spread evenly is a convenience, and each side moves once or twice.
