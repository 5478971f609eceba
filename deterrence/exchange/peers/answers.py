"""Ask other packages for the equilibria of a game's strategic form or tree, each in a process with a time limit."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from math import prod
from pathlib import Path
from time import perf_counter
from typing import Any

from deterrence.exchange.gambit.files import write_gambit
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm

PEERS = ("pygambit", "nashpy", "quantecon")
TWO_PLAYERS_ONLY = ("nashpy",)
KNOW_TREES = ("pygambit",)
TABLE, TREE = "strategic form", "tree"
SCRIPT = Path(__file__).with_name("ask_peer.py")


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """The answer of a package: profiles of play, or in words why there are none.

    ``asked`` is what it was asked about: the strategic form, whose profiles are mixed strategies, or the tree, whose
    profiles are behaviour by player and information set. ``refused`` tells that it does not take the game for what
    it is.
    """

    peer: str
    version: str
    method: str
    status: str
    answered: bool
    seconds: float
    profiles: tuple[tuple[tuple[Any, ...], ...], ...] = ()
    warnings: tuple[str, ...] = ()
    asked: str = TABLE
    refused: bool = False

    @property
    def lists_all(self) -> bool:
        """Whether the method lists every isolated equilibrium, rather than one."""
        return self.asked == TABLE or self.method.startswith("enum")


def ask(peer: str, form: StrategicForm, seconds: float) -> PeerAnswer:
    """Return a package's answer for a strategic form; whatever happens there, an answer comes back."""
    if find_spec(peer) is not None and peer in TWO_PLAYERS_ONLY and len(form.players) != 2:
        return PeerAnswer(peer, _version(peer), "", "not asked, as it knows games of two players only", False, 0.0)
    return _answer(peer, _question(peer, form), seconds)


def ask_tree(peer: str, game: Game, seconds: float) -> PeerAnswer:
    """Return a package's answer for a game's tree, as it is written for that package."""
    supports = prod(2 ** len(actions) - 1 for actions in game.form.actions_of)
    tree = write_gambit(game, format="efg", ascii=True)
    return replace(_answer(peer, json.dumps({"peer": peer, "tree": tree, "supports": supports}), seconds), asked=TREE)


def _answer(peer: str, question: str, seconds: float) -> PeerAnswer:
    if find_spec(peer) is None:
        return PeerAnswer(peer, "", "", "not installed", False, 0.0)
    installed = _version(peer)
    begun = perf_counter()
    try:
        ran = _run(question, seconds)
    except subprocess.TimeoutExpired:
        status = f"stopped after {seconds:g} seconds without an answer"
        return PeerAnswer(peer, installed, "", status, False, perf_counter() - begun)
    except OSError as error:
        return PeerAnswer(peer, installed, "", f"could not be started ({error})", False, perf_counter() - begun)
    return _read(peer, installed, ran, perf_counter() - begun)


def _question(peer: str, form: StrategicForm) -> str:
    payoffs = [list(map(str, row)) for row in form.payoffs.values()]
    return json.dumps({"peer": peer, "sizes": [len(plans) for plans in form.plans], "payoffs": payoffs})


def _run(question: str, seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (this interpreter, on a script of ours)
        [sys.executable, "-P", str(SCRIPT)],
        input=question,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def _read(peer: str, installed: str, ran: subprocess.CompletedProcess[str], seconds: float) -> PeerAnswer:
    if ran.returncode:
        lines = ran.stderr.strip().splitlines()
        why = lines[-1][:200] if lines and ran.returncode > 0 else f"its process ended with code {ran.returncode}"
        return PeerAnswer(peer, installed, "", f"failed: {why}", False, seconds)
    try:
        answer = json.loads(ran.stdout)
        if "refused" in answer:
            status = f"refuses the tree: {answer['refused']}"
            return PeerAnswer(peer, installed, "", status, False, seconds, refused=True)
        profiles = tuple(tuple(tuple(row) for row in profile) for profile in answer["profiles"])
    except (ValueError, KeyError, TypeError):
        return PeerAnswer(peer, installed, "", "failed: its answer could not be read", False, seconds)
    return PeerAnswer(peer, installed, answer["method"], "answered", True, seconds, profiles, tuple(answer["warnings"]))


def _version(peer: str) -> str:
    try:
        return version(peer)
    except PackageNotFoundError:
        return ""
