# %% [markdown]
# # Three equilibria under noisy attribution
#
# An alarm may be missed or false. Above a detection of 0.35 there are three equilibria, so that the probability of a
# strike is a band, not a line. Better detection lowers only the lower edge.

# %%
import matplotlib.pyplot as plt

import deterrence as dt
from deterrence.models.avenhaus2002.noisy_attribution import noisy_attribution as noisy

for equilibrium in dt.solve(noisy):
    print(f"strike with probability {equilibrium.probability('strike')}, payoffs {dict(equilibrium.payoffs)}")

curve = dt.sweep(noisy, "strike", detection=[0.105 + k * 0.895 / 90 for k in range(91)])
print(dt.threshold(noisy, "detection", "strike"))

# %%
fig, ax = plt.subplots(layout="constrained")
curve.plot(ax=ax)
plt.show()
