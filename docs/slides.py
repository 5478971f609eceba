"""A Sphinx extension: slides for each chapter of the course, one file of HTML each, made from the chapter's own page.

A section becomes slides: its propositions, code, figures, tables and lists as they stand, and of each paragraph what is
marked ``[…]{.key}``, or else its first sentence. The whole text is in the speaker's notes. Solutions are left out.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from generated import fill
from latex2mathml.converter import convert
from sphinx.application import Sphinx

FOLDER = "downloads/slides"
CHAPTER = re.compile(r"\d\d-[\w-]+")
SENTENCE = re.compile(r"(?<=[^A-Z\s.][.?!])\s+(?=[A-Z“‘(*])")
TASK = re.compile(r"\d+\. ")
"""How the title of an exercise begins."""
ROOM = 13.0
"""So many lines of text have room on one slide."""
LITTLE, FULL = 4.0, 15.5
"""A slide with less on it is put together with a neighbour, if both have no more than this."""
LINE = 92
"""So many letters stand in a line."""
LONGEST_CODE = 24
SPLIT = re.compile(r"\\(?:begin|end)\{split\}")
"""What Sphinx puts around each formula that stands alone."""
SKIPPED = frozenset({"Further reading", "In a syllabus"})
PLAYER = Path(__file__).parent / "_teaching"


@dataclass
class Slide:
    """What is shown at once, and what the speaker may read out.

    Attributes
    ----------
    title
        The section that it belongs to.
    shown
        Pieces of HTML.
    notes
        Paragraphs of the chapter, as HTML.
    kind
        Its class in the style sheet.
    height
        About how many lines of text it is high.
    """

    title: str
    shown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kind: str = ""
    height: float = 0.0

    def add(self, piece: "Piece") -> None:
        """Show one more piece."""
        self.shown.append(piece.html)
        self.kind = self.kind or piece.kind
        self.height += piece.height

    def take(self, other: "Slide") -> None:
        """Show all of another slide, too."""
        self.shown += other.shown
        self.notes += other.notes
        self.kind = self.kind or other.kind
        self.height += other.height


@dataclass(frozen=True)
class Piece:
    """A part of a slide: its HTML, about how many lines it is high, and the kind of slide that it asks for."""

    html: str
    height: float
    kind: str = ""


def write_slides(app: Sphinx, exception: Exception | None) -> None:
    """Write the slides of every chapter that was built."""
    built = Path(app.outdir) / "course"
    if exception is not None or app.builder.format != "html" or not built.is_dir():
        return
    pages = [path for path in sorted(built.glob("*.html")) if CHAPTER.fullmatch(path.stem)]
    fill(Path(app.outdir) / FOLDER, {path.name: deck(path) for path in pages})


def deck(path: Path) -> str:
    """Return the slides made from a built page."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    article = page.select_one("article.bd-article section")
    if article is None:
        raise ValueError(f"{path} is no page of a chapter.")
    cleaned(article, path.parent)
    title = text_of(article.h1)
    lead = article.select_one("p.lead")
    first = Slide(title, [f"<p>{lead.decode_contents()}</p>" if lead else ""], [], "title")
    slides = [first, *(slide for section in sections(article) for slide in slides_of(section))]
    shown = "\n".join(section_html(slide, number, len(slides)) for number, slide in enumerate(slides, 1))
    style, script = ((PLAYER / name).read_text(encoding="utf-8") for name in ("slides.css", "slides.js"))
    return (
        (PLAYER / "slides.html")
        .read_text(encoding="utf-8")
        .format(title=escape(title), style=style, slides=shown, script=script)
    )


def cleaned(article: Tag, folder: Path) -> None:
    """Make the content stand alone: formulas as MathML, pictures inside, no links to other pages, no solutions."""
    for unwanted in article.select("details.fold, a.headerlink, button, style, script, details.above-input > summary"):
        unwanted.decompose()
    for formula in article.select("span.math, div.math"):
        source = formula.get_text().strip().removeprefix("\\(").removesuffix("\\)")
        source = SPLIT.sub("", source.removeprefix("\\[").removesuffix("\\]"))
        display = "block" if formula.name == "div" else "inline"
        formula.replace_with(BeautifulSoup(convert(source, display=display), "html.parser"))
    for picture in article.select("img"):
        source = folder / str(picture["src"])
        if source.is_file():
            kind = "svg+xml" if source.suffix == ".svg" else source.suffix[1:]
            picture["src"] = f"data:image/{kind};base64,{base64.b64encode(source.read_bytes()).decode()}"
    for link in article.select("a"):
        if "://" not in str(link.get("href", "")):
            link.unwrap()
    for frame in article.select("iframe"):
        frame["style"] = ""
        frame["srcdoc"] = str(frame.get("srcdoc", "")).replace("<body>", '<body class="embed">')


def sections(article: Tag) -> Iterator[Tag]:
    """Yield the sections that are shown, in order, exercises each by itself."""
    for section in article.find_all("section", recursive=False):
        if text_of(section.find(["h2"])) in SKIPPED:
            continue
        inner = section.find_all("section", recursive=False)
        for part in inner:
            part.extract()
        if len(section.find_all(True, recursive=False)) > 1:
            yield section
        yield from inner


def slides_of(section: Tag) -> list[Slide]:
    """Return the slides of a section, each filled as far as there is room, none with a line or two alone."""
    title = text_of(section.find(["h2", "h3", "h4"]))
    is_task = TASK.match(title) is not None
    title = f"Exercise {title}" if is_task else title
    slides = [Slide(title)]
    for element in section.find_all(True, recursive=False):
        if element.name in {"h2", "h3", "h4"}:
            continue
        for piece in pieces(element, is_task):
            if slides[-1].shown and slides[-1].height + piece.height > ROOM:
                slides.append(Slide(title))
            slides[-1].add(piece)
        if element.name == "p":
            slides[-1].notes.append(str(element))
    return joined([slide for slide in slides if slide.shown])


def joined(slides: list[Slide]) -> list[Slide]:
    """Return slides of which those with little on them were put together with the next, or else the one before."""
    kept: list[Slide] = []
    for slide in slides:
        if kept and min(kept[-1].height, slide.height) < LITTLE and kept[-1].height + slide.height <= FULL:
            kept[-1].take(slide)
        else:
            kept.append(slide)
    return kept


def pieces(element: Tag, is_task: bool) -> Iterator[Piece]:
    """Yield what stands for an element on slides."""
    classes = element.get_attribute_list("class")
    if element.name == "p":
        words = str(element.decode_contents()) if is_task else key_of(element)
        yield Piece(f"<p>{words}</p>", height_of(words) + 0.5)
    elif "cell" not in classes:
        rows = element.select("li, tr, p") or [element]
        yield Piece(str(element), sum(height_of(str(row)) + 0.3 for row in rows))
    else:
        code = element.select_one(".cell_input pre")
        if code is not None and element.select_one("details") is None:
            lines = code.get_text().rstrip().count("\n") + 1
            if lines <= LONGEST_CODE:
                yield Piece(f'<pre class="code">{code.decode_contents()}</pre>', 0.5 * lines + 1.2)
        output = element.select_one(".cell_output")
        if output is not None:
            yield of_output(output)


def of_output(output: Tag) -> Piece:
    """Return what a cell shows; a page to touch fills a slide."""
    if output.select_one("iframe") is not None:
        return Piece(str(output), ROOM, "frame")
    if output.select_one("img, svg") is not None:
        return Piece(str(output), 0.7 * ROOM)
    rows = output.select("tr")
    lines = output.get_text().count("\n")
    return Piece(str(output), 1.4 * len(rows) + 2 if rows else 0.46 * lines + 0.5)


def height_of(html: str) -> float:
    """Return about how many lines of a slide a text takes."""
    return float(-(-len(BeautifulSoup(html, "html.parser").get_text()) // LINE))


def key_of(paragraph: Tag) -> str:
    """Return what is marked in a paragraph, else as many of its first sentences as fit in two lines, one at least."""
    marked = paragraph.select("span.key")
    if marked:
        return " ".join(str(span) for span in marked)
    sentences = SENTENCE.split(paragraph.decode_contents().strip())
    kept = sentences[:1]
    for sentence in sentences[1:]:
        if height_of(" ".join([*kept, sentence])) > 2:
            break
        kept.append(sentence)
    return " ".join(kept)


def section_html(slide: Slide, number: int, count: int) -> str:
    """Return a slide as a section."""
    heading = "h1" if slide.kind == "title" else "h2"
    notes = f'<aside class="notes">{"".join(slide.notes)}</aside>' if slide.notes else ""
    body = "\n".join(slide.shown)
    label = f'aria-label="Slide {number} of {count}"'
    return (
        f'<section class="slide {slide.kind}" {label}><{heading}>{slide.title}</{heading}>\n{body}\n{notes}</section>'
    )


def text_of(element: Tag | None) -> str:
    """Return the text of a heading as HTML."""
    return "" if element is None else element.decode_contents().strip()


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler: pages have been written before."""
    app.connect("build-finished", write_slides, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
