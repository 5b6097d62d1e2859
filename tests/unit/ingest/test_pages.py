from datetime import date

import pytest

from dragoman.ingest import Limits
from dragoman.ingest.pages import block_text, declared_charset

PAGE = """<!doctype html><html lang="en"><head><title>Envoys meet in Oslo - Gulf Wire</title>
<meta property="og:site_name" content="Gulf Wire"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-05-02T10:00:00+03:00"></head>
<body><a href="#main">Skip to main content</a><nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav>
<article><h1>Envoys meet in Oslo</h1>
<figure><img src="a.jpg"><figcaption>The envoys shake hands in Oslo, on 30 April 2024.</figcaption></figure>
<figure><img src="b.jpg"><figcaption>Photo: Jane Roe</figcaption></figure>
<p>The envoys of Norway and Qatar met in Oslo on Tuesday to discuss a truce, the foreign ministry said in a statement.</p>
<p>Advertisement</p><div>Share this</div>
<p>A second round will follow next week, officials added, and both sides agreed to stay in touch about prisoners.</p>
<p>Read more: Envoys meet in Oslo</p></article><footer>© 2024 Gulf Wire</footer></body></html>"""


def page(tmp_path, html: str | bytes, name: str = "page.html"):
    path = tmp_path / name
    path.write_bytes(html.encode() if isinstance(html, str) else html)
    return path


def test_article_with_metadata(tmp_path, read) -> None:
    result = read(page(tmp_path, PAGE))
    (document,) = result.documents
    assert document.title == "Envoys meet in Oslo"
    assert (document.source, document.author, document.published) == ("Gulf Wire", "Jane Roe", date(2024, 5, 2))
    assert document.language == "en"
    assert document.text.startswith("Envoys meet in Oslo\n")
    assert "agreed to stay in touch" in document.text
    assert result.problems == []


def test_furniture_goes_and_captions_are_marked(tmp_path, read) -> None:
    (text,) = read(page(tmp_path, PAGE)).texts
    for words in ("Skip to", "Advertisement", "Share this", "Read more", "Photo:", "©", "World"):
        assert words not in text
    assert "Caption: The envoys shake hands in Oslo, on 30 April 2024." in text.splitlines()


def test_an_unlikely_day_in_the_words_is_not_taken_for_the_published_date(tmp_path, read) -> None:
    html = (
        "<html><body><article>"
        + "<p>On 4 March 2011 the envoys met in Oslo and talked at length about a truce.</p>" * 5
        + "</article></body></html>"
    )
    (document,) = read(page(tmp_path, html)).documents
    assert document.published is None


def test_charset_of_the_page_itself(tmp_path, read) -> None:
    html = '<html><head><meta charset="iso-8859-9"></head><body><p>Dışişleri Bakanı Ankara\'da görüştü.</p></body></html>'
    assert "Dışişleri Bakanı" in read(page(tmp_path, html.encode("iso-8859-9"))).texts[0]
    assert declared_charset(b"<?xml version='1.0' encoding='koi8-r'?><html>") == "koi8-r"
    assert declared_charset(b"<html>") is None


def test_short_and_broken_pages_keep_their_words(tmp_path, read) -> None:
    assert read(page(tmp_path, "<p>The envoys met")).texts == ["The envoys met"]


@pytest.mark.parametrize("html", ["<html></html>", "<!-- -->", "<div>" * 100_000, "<script>var a</script>"])
def test_pages_without_words_are_a_problem(tmp_path, read, html: str) -> None:
    assert read(page(tmp_path, html)).codes == ["no-text"]


def test_markup_bombs_end(tmp_path, read) -> None:
    nested = page(tmp_path, "<div><b>" * 50_000 + "words" + "</b></div>" * 50_000, "nested.html")
    wide = page(tmp_path, "<p>words</p>" * 200_000, "wide.html")
    result = read(nested, wide, limits=Limits(page=1_000_000))
    assert "too-large" in result.codes


def test_block_text() -> None:
    assert block_text("<p>One.</p>Two <b>x</b>.<script>a()</script><ul><li>three</ul>") == "One.\nTwo x.\nthree"
    assert block_text("plain &amp; simple") == "plain & simple"
    assert block_text("") == ""
