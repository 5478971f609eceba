# %% [markdown]
# # Does a weapon that kills more surely deter its owner?
#
# A government that lets deaths pass loses support at home. Without deaths this Defender would let a strike pass. How
# likely must a strike be to kill before it is answered, and therefore not made? All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

weak = dt.models.load("strike").game.at(war=8)
deadly = weak.under(dt.Casualties("strike", "restrain", victim="Defender", outrage=4))
answer = dt.threshold(deadly, "lethality", "strike")
print(answer)
assert abs(answer.boundaries[0].value - 4 / 9) < 1e-9  # only deaths are answered: 4(1 - l) = 5l, by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
answer.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. The Challenger does not choose the weapon here, and deaths are counted by what they cost the
# government alone.
