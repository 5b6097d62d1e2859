from datetime import date

from dragoman.core.ports import Fetched

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Gulf Wire</title><link>https://example.org</link><language>en-gb</language>
<item><title>Envoys meet</title><link>https://example.org/1</link><pubDate>Thu, 02 May 2024 23:30:00 -0700</pubDate>
<author>roe@example.org (Jane Roe)</author>
<description>Short.</description>
<content:encoded><![CDATA[<p>The envoys met in Oslo.</p><p>Share this</p>]]></content:encoded></item>
<item><title>Talks go on</title><link>https://example.org/2</link><guid isPermaLink="false">two</guid>
<description>&lt;p&gt;Talks &lt;b&gt;go on&lt;/b&gt; in Doha.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title><entry><id>tag:1</id><title>Readout</title>
<updated>2024-05-02T10:00:00Z</updated><link href="https://example.org/r"/>
<content type="html">&lt;p&gt;They spoke by phone.&lt;/p&gt;</content>
</entry></feed>"""
PAGE = (
    "<html><body><article>"
    + "<p>Talks go on in Doha; the envoys stay for another week, the ministry said.</p>" * 4
    + "</article></body></html>"
)


def feed(tmp_path, content: str, name: str = "feed.xml"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def test_rss_entries(tmp_path, read) -> None:
    result = read(feed(tmp_path, RSS))
    first, second = result.documents
    assert first.text == "Envoys meet\n\nThe envoys met in Oslo."
    assert (first.source, first.language, first.published) == ("Gulf Wire", "en", date(2024, 5, 2))
    assert (first.url, first.name) == ("https://example.org/1", "https://example.org/1")
    assert second.text == "Talks go on\n\nTalks go on in Doha."
    assert (second.published, second.name) == (None, "two")
    assert result.codes == ["undated"]


def test_atom(tmp_path, read) -> None:
    (document,) = read(feed(tmp_path, ATOM, "news.atom")).documents
    assert (document.text, document.published) == ("Readout\n\nThey spoke by phone.", date(2024, 5, 2))


def test_links_are_followed_only_for_summaries_and_only_when_asked(tmp_path, read, stub) -> None:
    pages = {"https://example.org/2": Fetched(url="https://example.org/2?final", body=PAGE.encode())}
    result = read(feed(tmp_path, RSS), follow_links=True, fetcher=stub(pages))
    assert result.texts[0] == "Envoys meet\n\nThe envoys met in Oslo."
    assert "another week" in result.texts[1]
    assert (result.documents[1].title, result.documents[1].source) == ("Talks go on", "example.org")


def test_an_entry_whose_page_fails_keeps_its_summary(tmp_path, read, stub) -> None:
    result = read(feed(tmp_path, RSS), follow_links=True, fetcher=stub({}))
    assert result.texts[1] == "Talks go on\n\nTalks go on in Doha."
    assert "http-404" in result.codes
    assert "no-network" in read(feed(tmp_path, RSS), follow_links=True).codes


def test_a_feed_that_is_not_xml(tmp_path, read) -> None:
    assert read(feed(tmp_path, "Service unavailable")).codes == ["not-a-feed"]
    assert read(feed(tmp_path, "<?xml version='1.0'?><books><book/></books>")).codes == ["not-a-feed"]


def test_a_feed_without_entries(tmp_path, read) -> None:
    assert read(feed(tmp_path, "<rss version='2.0'><channel><title>x</title></channel></rss>")).codes == ["empty"]


def test_a_broken_feed_gives_its_entries_and_a_problem(tmp_path, read) -> None:
    result = read(feed(tmp_path, RSS.replace("</channel></rss>", "<nonsense></channel></rss>")))
    assert len(result.documents) >= 2
    assert "bad-feed" in result.codes


def test_a_feed_that_is_cut_off_gives_what_is_whole_of_it(tmp_path, read) -> None:
    result = read(feed(tmp_path, RSS.replace("</channel></rss>", "<item><title>cut")))
    assert len(result.documents) >= 2
    assert "truncated" in result.codes
    assert "cut" not in {document.title for document in result.documents}


def test_entities_do_not_explode_or_open_files(tmp_path, read) -> None:
    (tmp_path / "secret.txt").write_text("hidden words")
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{levels}<!ENTITY f SYSTEM "file://{tmp_path}/secret.txt">]>'
    body = RSS.replace("?>", f"?>{head}", 1).replace("Short.", "&e11;").replace("Talks go on<", "&f;&e11;<")
    result = read(feed(tmp_path, body))
    assert all("hidden words" not in text and len(text) < 100_000 for text in result.texts)


def test_an_empty_date_is_none(tmp_path, read) -> None:
    """Found by fuzzing: feedparser warns where it would take one date for another."""
    item = "<item><title>Envoys meet</title><description>They met in Oslo.</description><pubDate></pubDate></item>"
    result = read(feed(tmp_path, f"<rss version='2.0'><channel><title>x</title>{item}</channel></rss>"))
    assert [document.published for document in result.documents] == [None]
