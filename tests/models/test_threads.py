"""The models in eight threads at once: as in a notebook's server, they load, and answer as in one."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import deterrence as dt
from deterrence import models

SMALL = 60
"""Games of at most so many nodes are solved."""
LOADING = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from deterrence import models
from tests.models.test_threads import answer
sys.setswitchinterval(float(sys.argv[1]))
with ThreadPoolExecutor(8) as pool:
    print(json.dumps(dict(zip(models.names(), pool.map(answer, models.names())))))
"""


def answer(key):
    model = models.load(key)
    if not isinstance(model.game, dt.Game) or len(model.game.form.parent) > SMALL:
        return repr(model.game)
    return str(model.solve())


@pytest.fixture(scope="module")
def expected():
    return {key: answer(key) for key in models.names()}


def loaded_in_threads(interval):
    ran = subprocess.run([sys.executable, "-c", LOADING, str(interval)], check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


def test_eight_threads_load_and_solve_every_model_as_one_does(expected):
    assert loaded_in_threads(1e-4) == expected


def test_eight_threads_solve_the_same_games_over_and_over(expected):
    solved = [key for key, said in expected.items() if not said.startswith("<")]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(answer, solved * 3)) == [expected[key] for key in solved * 3]


@pytest.mark.slow
@pytest.mark.parametrize("interval", [1e-6, 1e-5, 2e-5, 1e-3, 5e-3])
def test_eight_threads_load_and_solve_every_model_however_they_take_turns(expected, interval):
    assert loaded_in_threads(interval) == expected
