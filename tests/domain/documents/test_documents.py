"""A document as Markdown and as a page: text stays text, whatever it contains."""

from html.parser import HTMLParser

from deskterm.domain.documents.as_markdown import as_markdown
from deskterm.domain.documents.as_page import as_page
from deskterm.domain.documents.document import Block, BlockKind, Document, heading, text_block

NASTY = "<script>alert(1)</script> & \"quotes\" 'too' *stars* [a](https://evil.example) # no heading"
DOCUMENT = Document(
    f"Shop {NASTY}",
    NASTY,
    (
        heading(NASTY),
        text_block(f"# {NASTY}\n\n- one\n- two https://shop.example/a?b=1&c=2.\n\nlast"),
        Block(BlockKind.LETTER, f"Hello [name],\n\n{NASTY}"),
        Block(BlockKind.STEPS, f"Look\n{NASTY}"),
        heading("Second", 3),
        Block(BlockKind.FACTS, f"{NASTY}\t{NASTY}"),
    ),
    'en"><script>',
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_the_page_has_no_script_and_fetches_nothing():
    page = as_page(DOCUMENT, "Contents")
    tags = Tags()
    tags.feed(page)
    names = {tag for tag, _ in tags.seen}
    assert not names & {"script", "img", "link", "iframe", "object", "form"}
    assert all(not name.startswith("on") for _, attrs in tags.seen for name in attrs)
    links = {attrs["href"] for tag, attrs in tags.seen if tag == "a" and not attrs["href"].startswith("#")}
    assert links == {"https://evil.example", "https://shop.example/a?b=1&c=2"}
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert len([tag for tag, _ in tags.seen if tag == "nav"]) == 1


def test_a_list_stays_in_its_place_and_another_language_is_marked():
    text = "Before:\n- one\n  and a half\n- two\nafter\n- three"
    blocks = (text_block(text, "de"), Block(BlockKind.LETTER, "Hallo", language="de"), text_block("x", "en"))
    page = as_page(Document("T", "", blocks))
    assert (
        '<p lang="de">Before:</p>\n<ul lang="de"><li>one and a half</li><li>two</li></ul>\n'
        '<p lang="de">after</p>\n<ul lang="de"><li>three</li></ul>\n'
        '<blockquote lang="de">Hallo</blockquote>\n<p>x</p>'
    ) in page


def test_in_markdown_signs_are_escaped_and_pages_are_links():
    text = as_markdown(DOCUMENT)
    assert "<script>" not in text
    assert r"\# \<script\>" in text
    assert "<https://shop.example/a?b=1&c=2>." in text
    assert text.startswith("# Shop ")
    assert text.count("\n## ") == 1
    assert "- [ ] Look" in text
    assert "\n### Second\n" in text


def test_a_numbered_list_stays_a_list_in_markdown():
    document = Document("Shop", "", (text_block("1. Pack it.\n2. Hand it in."),))
    assert as_markdown(document).endswith("\n1. Pack it.\n2. Hand it in.\n")
