"""``deterrence cite``: the works behind a model, as BibTeX."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deterrence.cli import options
from deterrence.cli.answer import check_place, wrote
from deterrence.cli.given import model_of
from deterrence.cli.streams import print_text
from deterrence.errors import ParameterError


def cite(
    name: options.Name,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it (.bib).")
    ] = None,
    force: options.Force = False,
) -> None:
    """Print the works behind a model as BibTeX."""
    from deterrence.exchange.files.documents import write_file
    from deterrence.models.cite import cite as entries_of

    if output is not None:
        check_place(output, force=force)
    model = model_of(name)
    text = entries_of(model) or entries_of(model.game)
    if not text:
        raise ParameterError(f"{name!r} names no works: a Model has them in source= and related=.")
    if output is None:
        print_text(text)
        return
    content = f"{text}\n".encode()
    write_file(output, content, overwrite=True)
    print_text(wrote(output, len(content)))
