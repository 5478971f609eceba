"""A Sphinx extension that says how long each phase of a build took."""

import time

from cache import Cache
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Clock:
    """The times at which the phases of a build ended, the phases' names with them."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.ends: list[tuple[str, float]] = []

    def end(self, phase: str) -> None:
        """Say that a phase is over, and how long it took."""
        start = self.ends[-1][1] if self.ends else self.began
        self.ends.append((phase, time.monotonic()))
        logger.info("--- %s: %.1f s", phase, self.ends[-1][1] - start)

    def finish(self) -> None:
        """Say how long each phase took, and all together; forget results that nothing used for long."""
        self.end("writing pages")
        Cache().prune()
        starts = [self.began, *(end for _, end in self.ends)]
        rows = [(phase, end - start) for start, (phase, end) in zip(starts, self.ends, strict=False)]
        logger.info("\nSeconds a phase of this build took:")
        for phase, seconds in [*rows, ("all", time.monotonic() - self.began)]:
            logger.info("  %-36s %6.1f", phase, seconds)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the clock to the events between which the phases lie; this extension is the first to be set up."""
    clock = Clock()
    for event, priority, phase in (
        ("config-inited", 1, "starting"),
        ("config-inited", 450, "copying examples"),
        ("config-inited", 550, "pages of models"),
        ("config-inited", 650, "pages of the reference"),
        ("config-inited", 950, "executing pages"),
        ("env-before-read-docs", 1, "looking for what changed"),
        ("env-updated", 950, "reading pages"),
    ):
        app.connect(event, lambda *_, phase=phase: clock.end(phase), priority=priority)
    app.connect("build-finished", lambda *_: clock.finish(), priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
