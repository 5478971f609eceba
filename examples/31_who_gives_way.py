# %% [markdown]
# # Who gives way when two sides adapt?
#
# Two populations play Chicken, and strategies that do better than average spread. A small lead of one side decides.
# All payoffs are illustrative.

# %%
import matplotlib.pyplot as plt

import deterrence as dt

chicken = dt.bimatrix(
    [[3, 2], [4, 1]],
    [[3, 4], [2, 1]],
    players=["Challenger", "Defender"],
    actions=[["swerve", "go on"]] * 2,
    name="chicken",
)
course = dt.replicator_dynamics(chicken, 20, start={"Challenger": [0.45, 0.55]})
print(course)
print(dt.fictitious_play(chicken, 200))
print(dt.theory_of_moves(dt.models.load("farsighted_chicken").game))
assert sorted(e.probability("go on", "Challenger") for e in dt.solve(chicken)) == [0, 0.5, 1]  # by hand

# %%
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
course.plot(ax=ax)
plt.show()

# %% [markdown]
# What this does not say. Neither rule is a solution concept, and states are not populations. The course shows how
# expectations could settle.
