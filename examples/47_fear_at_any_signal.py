# %% [markdown]
# # Does a little doubt settle who attacks?
#
# Two sides attack or wait, each with a noisy signal of what peace is worth. One equilibrium has a cutoff. In another
# both attack whatever they see. After Chassang and Padro i Miquel (2010); values are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt


@dt.game("First", "Second")
def preemption(noise=dt.param("3/10", "greatest error of a signal", low=0.01, high=1)):
    """Attack or wait; each side sees a noisy signal of what peace is worth."""

    def second(state, attacked):
        if attacked:
            attack, wait = dt.end("war", 0, 0), dt.end("First attacks", 1, -1)
        else:
            attack, wait = dt.end("Second attacks", -1, 1), dt.end("peace", state, state)
        return dt.move("Second", information="Second", attack=attack, wait=wait)

    def moves(state):
        return dt.move("First", attack=second(state, True), wait=second(state, False))

    def signal(state, player, then):
        return dt.draw(dt.Uniform(state - noise, state + noise), seen_by=player, then=then)

    def to_second(state):
        return signal(state, "Second", lambda second_signal: moves(state))

    def to_both(state):
        return signal(state, "First", lambda first_signal: to_second(state))

    return dt.draw(dt.Flat(), seen_by=(), then=to_both)


found = dt.solve(preemption)
print(found)
assert abs(float(found[0].cutoffs["First"][0]) - 1.9) < 1e-9

# %%
found[0].plot()
plt.show()

# %% [markdown]
# What this does not say. How the two sides come to expect one equilibrium and not the other.
