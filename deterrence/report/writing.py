"""Writing a brief to files: whole or not at all, and never over an existing file unless forced."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from deterrence.errors import ParameterError
from deterrence.exchange.files.documents import write_file
from deterrence.report.document import Brief
from deterrence.report.pdf import browser, printed

PAGES, TEXTS, PRINTS = (".html", ".htm"), (".md", ".markdown"), (".pdf",)


def check_output(path: Path, *, force: bool = False) -> None:
    """Refuse a place that a brief cannot be written to, before the work is done.

    Raises
    ------
    ParameterError
        If the ending is not known, the folder is missing, the file exists and ``force`` is not given, or a PDF is
        wanted and no browser is there to print it.
    """
    check_folder(path)
    if path.suffix.lower() not in (*PAGES, *TEXTS, *PRINTS):
        raise ParameterError(
            f"Cannot tell what to write to {str(path)!r}: give a name that ends in .html for a page, in .pdf for its "
            "print, or in .md for Markdown with its figures in a folder beside it."
        )
    if path.suffix.lower() in PRINTS:
        browser()
    taken = [place for place in (path, _folder(path)) if place.exists() and (place == path or _is_text(path))]
    if taken and not force:
        raise ParameterError(f"{str(taken[0])!r} exists and is left as it is. Give --force to write over it.")


def check_page(path: Path, *, force: bool = False) -> None:
    """Refuse a place that a page cannot be written to, before the work is done.

    Raises
    ------
    ParameterError
        If the ending is not that of a page, the folder is missing, or the file exists and ``force`` is not given.
    """
    check_folder(path)
    if path.suffix.lower() not in PAGES:
        raise ParameterError(f"{str(path)!r} does not end in .html, as the name of a page does.")
    if path.exists() and not force:
        raise ParameterError(f"{str(path)!r} exists and is left as it is. Give --force to write over it.")


def check_folder(path: Path) -> None:
    """Refuse a place where no file can stand.

    Raises
    ------
    ParameterError
        If its folder is missing, or it is a folder itself.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise ParameterError(f"Cannot write to {str(path)!r}: its folder does not exist, or it is a folder itself.")


def write_brief(brief: Brief, path: Path) -> int:
    """Write a brief as a page, a PDF or Markdown, by the ending of the name; return how many bytes were written.

    Raises
    ------
    FileFormatError
        If a file cannot be written.
    """
    from deterrence.report.markdown import as_markdown
    from deterrence.report.page import as_html

    if path.suffix.lower() in PRINTS:
        return _replace(path, printed(as_html(brief, opened=True)))
    if not _is_text(path):
        return _replace(path, as_html(brief))
    folder = _folder(path)
    text, figures = as_markdown(brief, folder.name)
    before = folder.exists()
    try:
        return _write_figures(folder, figures) + _replace(path, text)
    except BaseException:  # Ctrl-C too leaves no folder with a part of the figures
        if not before:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in TEXTS


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}-figures")


def _write_figures(folder: Path, figures: Mapping[str, str]) -> int:
    if not figures:
        return 0
    folder.mkdir(exist_ok=True)
    return sum(_replace(folder / name, svg) for name, svg in figures.items())


def _replace(path: Path, text: str | bytes) -> int:
    content = text.encode("utf-8") if isinstance(text, str) else text
    write_file(path, content, overwrite=True)
    return len(content)
