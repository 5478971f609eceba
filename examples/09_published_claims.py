# %% [markdown]
# # A published model checks its own claims
#
# Models carry their paper's propositions, and the generic solvers check each. The figure shows a surprising result of
# Baliga, Bueno de Mesquita and Wolitzky (2020): where more attacks are proved beyond doubt there may at first be *more*
# of them, since the Defender then trusts the other evidence less.

# %%
import matplotlib.pyplot as plt

from deterrence import models

print(models.table(topic="attribution")[["key", "year", "kind", "claims"]].to_string(index=False))

# %%
model = models.load("baliga2020/certain_signals")
print(model.check())

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
model.figure(ax)
plt.show()
