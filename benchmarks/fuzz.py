"""Change valid documents at random and see what the readers make of them.

Every answer must be a value or an error that the library raises on purpose, within two seconds and 500 MB. What breaks
that is printed with its document, and makes the exit code 1; its document belongs in `tests/exchange/` as a case.

    python benchmarks/fuzz.py --count 30000 --seed 1 efg nfg

A reader is a line of READERS: a name, the function, and documents to start from. The memory is that of the whole
process, so it is the most of all documents so far.
"""

import argparse
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import deterrence as dt
from deterrence.errors import DeterrenceError

MOST_SECONDS = 2.0
MOST_MEGABYTES = 500.0

TREES = (
    """EFG 2 R "strike" { "Challenger" "Defender" }
"a caption"
p "" 1 1 "" { "restrain" "strike" } 0
t "" 1 "status quo" { 0, 0 }
p "" 2 1 "no proof" { "restrain" "retaliate" } 0
t "" 2 "fait accompli" { 4, -6 }
t "" 3 "war" { -5, -3 }
""",
    """EFG 2 R "types" { "A" "B" }
c "" 1 "" { "hawk" 1/3 "dove" 2/3 } 0
p "" 1 1 "sees" { "x" "y" } 1 "paid \\"early\\"" { 1.5 -1e-2 }
p "" 2 1 "blind" { "l" "r" } 0
t "" 2 "" { 1 2 }
t "" 0
t "" 2
p "" 1 2 "" { "x" } 0
p "" 2 1 0
t "" 2
t "" 0
""",
    'EFG 2 D "" { "1" "2" "3" } p "" 3 9 "" { "" "" "" } 0 t "" 4 "" { 1 2 3 } t "" 4 t "" 0',
)
TABLES = (
    'NFG 1 R "chicken" { "Row" "Column" } { 2 2 } "caption" 3 3 4 2 2 4 1 1',
    """NFG 1 R "named" { "A" "B" }
{ { "x" "y" }
{ "l" "m" "r" } }
"c"
{ { "war" 1, 2/3 }
{ "" -1 .5 } }
1 2 0 1 2 1""",
    'NFG 1 D "three" { "A" "B" "C" } { 2 1 2 } 1 2 3 4 5 6 7 8 9 10 11 12',
)


def gambit_and_back(document: str | bytes) -> Any:
    """Read a game of Gambit's; what is read can be written, and means the same when read again."""
    game = dt.read_gambit(document)
    again = dt.read_gambit(dt.write_gambit(game, format="efg"))
    assert (again.numbers, again.form.set_names) == (game.numbers, game.form.set_names)
    return game


def json_and_back(document: str | bytes) -> Any:
    """Read a game from JSON; what is read can be written, and is equal when read again."""
    game = dt.from_json(document)
    assert dt.from_json(dt.to_json(game)) == game
    return game


HAND_WRITTEN = """format = "deterrence-game"
version = 1
players = ["Challenger", "Defender"]
[parameters.war]
value = 3
meaning = "cost of retaliating"
low = 0
[tree]
player = "Challenger"
actions.restrain = {outcome = "peace", payoffs = [0, 0]}
actions.strike = {outcome = "war", payoffs = [-5, "-war / 2 + 1"]}
"""


READERS: dict[str, tuple[Callable[[str | bytes], Any], tuple[str, ...]]] = {
    "efg": (gambit_and_back, TREES),
    "nfg": (gambit_and_back, TABLES),
    "json": (json_and_back, tuple(dt.to_json(dt.models.load(key).game) for key in ("strike", "noisy_attribution"))),
    "toml": (dt.from_toml, (HAND_WRITTEN,)),
}
DOCUMENTED: tuple[type[Exception], ...] = (DeterrenceError,)

PIECES = (
    *(
        "{",
        "}",
        '"',
        '""',
        '"x"',
        ",",
        "\\",
        "\n",
        "\t",
        "\0",
        "\ufeff",
        "é",
        "\ud800",
        "\u2028",
        "[",
        "]",
        "(",
        ")",
        "=",
    ),
    *(
        "0",
        "-1",
        "1/3",
        "1/0",
        ".5",
        "1e9",
        "1e999999999",
        "1e-999999999",
        "9" * 400,
        "0x10",
        "nan",
        "inf",
        "1_000",
        "٣",
    ),
    *("c ", "p ", "t ", "EFG ", "NFG ", "2 ", "R ", "999999999 ", '"a" "b" ', "null", "true", "{}", "[[", "true false"),
    *('{ "x" "y" } 0 ', "{ " * 500, "( " * 500, "[" * 2000, "-" * 2000, "{1:" * 300, "**9" * 9),
)


def mutated(document: str, rng: random.Random) -> str | bytes:
    """Return a document with one to eight changes; now and then cut short, doubled, or in other bytes."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        document = change(document, rng)
    kind = rng.random()
    if kind < 0.02:
        return document.encode(rng.choice(("utf-16", "utf-8", "utf-32", "utf-7")), errors="replace")
    if kind < 0.04:
        content = document.encode(errors="replace")
        at = rng.randrange(len(content) + 1)
        return content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]
    return document


def change(document: str, rng: random.Random) -> str:
    """Return a document with one change."""
    at = rng.randrange(len(document) + 1)
    to = min(len(document), at + rng.choice((0, 1, 1, 2, 5, 20)))
    kind = rng.randrange(8)
    if kind < 2:
        return document[:at] + rng.choice(PIECES) + document[to:]
    if kind < 4:
        words = document.split(" ")
        words[rng.randrange(len(words))] = rng.choice((*words, *"0123", "1/7", "-2.5"))
        return " ".join(words)
    if kind == 4:
        return document[:at] + document[to:]
    if kind == 5:
        return document[:at] + document[at : at + 30] * rng.choice((2, 3, 50)) + document[at:]
    if kind == 6:
        words = document.split(" ")
        i, j = rng.randrange(len(words)), rng.randrange(len(words))
        words[i], words[j] = words[j], words[i]
        return " ".join(words)
    return document[:at] if rng.random() < 0.5 else document[:at] + chr(rng.randrange(1, 0x3000)) + document[at:]


def megabytes() -> float:
    """Return the most memory that the process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def stop(_number: int, _frame: Any) -> None:
    raise TimeoutError


def tried(reader: Callable[[str | bytes], Any], document: str | bytes) -> tuple[str, str]:
    """Return what kind of answer came: read, refused, or broken and how."""
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS * 2)
    try:
        value = reader(document)
        str(value)
    except DOCUMENTED as error:
        return "refused", type(error).__name__
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "broken", f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "read", ""


def fuzz(name: str, count: int, seed: int) -> bool:
    """Try one reader; print what came of it, and tell whether all was well."""
    reader, documents = READERS[name]
    rng, kinds, errors = random.Random(f"{name} {seed}"), Counter[str](), Counter[str]()
    slowest: tuple[float, str | bytes] = (0.0, "")
    well = True
    for document in documents:
        assert tried(reader, document)[0] == "read", document
    for _ in range(count):
        document = mutated(rng.choice(documents), rng)
        begun = time.process_time()
        kind, what = tried(reader, document)
        took = time.process_time() - begun
        kinds[kind] += 1
        errors[what.partition(":")[0]] += kind != "read"
        slowest = max(slowest, (took, document), key=lambda pair: pair[0])
        if kind == "broken" or took > MOST_SECONDS:
            well = False
            print(f"{name}: {kind} in {took:.1f} s: {what}\n{document!r}"[:3000])
    told = ", ".join(f"{kind} {number:,}" for kind, number in kinds.items())
    print(f"{name}: {count:,} documents: {told}; {dict(+errors)}")
    print(f"  slowest {slowest[0]:.3f} s of the processor; memory {megabytes():.0f} MB; {slowest[1]!r}"[:300])
    return well and megabytes() < MOST_MEGABYTES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", metavar="reader", help=f"of {', '.join(READERS)}; all by default")
    parser.add_argument("--count", type=int, default=10_000, help="documents for each reader")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    strange = set(asked.readers) - set(READERS)
    if strange:
        parser.error(f"no reader {strange.pop()!r}; there are {', '.join(READERS)}")
    signal.signal(signal.SIGPROF, stop)
    verdicts = [fuzz(name, asked.count, asked.seed) for name in asked.readers or READERS]
    sys.exit(0 if all(verdicts) else 1)


if __name__ == "__main__":
    main()
