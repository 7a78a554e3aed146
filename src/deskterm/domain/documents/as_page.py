"""Writing a document as one HTML page: no scripts, nothing loaded, light and dark, printable."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from deskterm.domain.documents.document import Block, BlockKind, Document

_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_STYLE = """
:root { color-scheme: light dark; --ground: #fcfcfa; --side: #f2f4f6; --text: #18202a; --soft: #3c4756;
  --dim: #56616f; --act: #174fb5; --line: #d9dee5; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f141b; --side: #171f29; --text: #e6ebf2;
  --soft: #b4bdca; --dim: #8d99a9; --act: #8ab4f8; --line: #2a3442; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 44rem; background: var(--ground);
  color: var(--text); font: 17px/1.6 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.3rem; margin: 2.6rem 0 .5rem; padding-top: .8rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.7rem 0 .3rem; }
p, li, dd { overflow-wrap: anywhere; } p { margin: .5rem 0; }
p.lead { color: var(--dim); margin-bottom: 1.5rem; }
a { color: var(--act); } ul { padding-left: 1.3rem; margin: .5rem 0; }
nav ul { columns: 2; column-gap: 2rem; list-style: none; padding: 0; } nav li { break-inside: avoid; }
ul.steps { list-style: none; padding: 0; }
ul.steps li { padding-left: 1.7rem; position: relative; margin: .35rem 0; }
ul.steps li::before { content: ""; position: absolute; left: 0; top: .38em; width: .85em; height: .85em;
  border: 1.5px solid var(--dim); border-radius: 3px; }
blockquote { margin: .6rem 0; padding: .8rem 1.1rem; background: var(--side); border-radius: .5rem;
  white-space: pre-wrap; font-size: .95rem; color: var(--soft); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; } dt { color: var(--dim); }
dd { margin: 0; }
@media (max-width: 36rem) { nav ul { columns: 1; }
  dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } nav { display: none; }
  h2, h3 { break-after: avoid; } blockquote, li { break-inside: avoid; } a { color: inherit; } }
"""
_LINK = re.compile(r"https://[^\s<>\"]+[^\s<>\".,;:!?)]")


def as_page(document: Document, contents: str = "") -> str:
    """The whole page; with `contents`, the words above it, a list of the headings comes first."""
    title, language = escape(document.title), escape(document.language)
    parts = [
        "<!doctype html>", f'<html lang="{language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', _POLICY,
        f"<title>{title}</title><style>{_STYLE}</style></head><body>", f"<h1>{title}</h1>",
        f'<p class="lead">{_with_links(document.lead)}</p>' if document.lead else "",
    ]  # fmt: skip
    headings = [(place, one) for place, one in enumerate(document.blocks) if one.kind is BlockKind.HEADING]
    if contents and len(headings) > 1:
        listed = "".join(f'<li><a href="#p{place}">{escape(one.text)}</a></li>' for place, one in headings)
        parts.append(f'<nav aria-label="{escape(contents)}"><ul>{listed}</ul></nav>')
    for place, block in enumerate(document.blocks):
        parts += _block(block, place, document.language)
    return "\n".join([*filter(None, parts), "</body></html>", ""])


def _block(block: Block, place: int, around: str) -> Iterator[str]:
    """A block as elements, marked where it is in another language than the page `around` it."""
    lines = block.text.split("\n")
    other = block.language if block.language != around else ""
    lang = f' lang="{escape(other)}"' if other else ""
    match block.kind:
        case BlockKind.HEADING:
            yield f'<h{block.level} id="p{place}"{lang}>{escape(block.text)}</h{block.level}>'
        case BlockKind.LETTER:
            yield f"<blockquote{lang}>{_with_links(block.text)}</blockquote>"
        case BlockKind.STEPS:
            steps = "".join(f"<li>{_with_links(line)}</li>" for line in lines)
            yield f'<ul class="steps"{lang}>{steps}</ul>'
        case BlockKind.FACTS:
            pairs = (line.partition("\t") for line in lines)
            rows = "".join(f"<dt>{escape(name)}</dt><dd>{_with_links(what)}</dd>" for name, _, what in pairs)
            yield f"<dl{lang}>{rows}</dl>"
        case _:
            yield from _paragraphs(block.text, lang)


def _paragraphs(text: str, lang: str) -> Iterator[str]:
    """Paragraphs between empty lines; lines that start with - are a list, in the order they stand in."""
    for part in re.split(r"\n\s*\n", text.strip()):
        for listed, lines in groupby(_whole_items(part), _is_item):
            if listed:
                items = "".join(f"<li>{_with_links(line.lstrip()[2:])}</li>" for line in lines)
                yield f"<ul{lang}>{items}</ul>"
            else:
                yield f"<p{lang}>{'<br>'.join(map(_with_links, lines))}</p>"


def _whole_items(part: str) -> list[str]:
    """The lines of a paragraph; an indented one below an item of a list goes on with it."""
    lines: list[str] = []
    for line in part.split("\n"):
        if lines and _is_item(lines[-1]) and line[:1].isspace() and not _is_item(line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return lines


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _with_links(text: str) -> str:
    """The text escaped, with links where it names pages."""
    parts, at = [], 0
    for link in _LINK.finditer(text):
        page = escape(link[0])
        parts += [escape(text[at : link.start()]), f'<a href="{page}">{page}</a>']
        at = link.end()
    return "".join([*parts, escape(text[at:])])
