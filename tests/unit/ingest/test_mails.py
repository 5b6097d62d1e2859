from datetime import date
from email.message import EmailMessage

import pytest

from dragoman.core.vocab import DateSource


def mail(tmp_path, content: bytes):
    path = tmp_path / "readout.eml"
    path.write_bytes(content)
    return path


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in (
        {"Subject": "Envoys meet", "From": "Press Desk <press@example.org>", "Date": "Thu, 02 May 2024 23:30:00 -0700"} | headers
    ).items():
        made[name] = value
    return made


def test_subject_sender_date_and_body(tmp_path, read) -> None:
    made = message()
    made.set_content("The envoys met in Oslo.\n")
    made.add_alternative("<p>The <b>HTML</b> form.</p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    (document,) = read(mail(tmp_path, made.as_bytes())).documents
    assert document.text.strip() == "Envoys meet\n\nThe envoys met in Oslo."
    assert (document.title, document.author) == ("Envoys meet", "Press Desk")
    assert (document.published, document.published_from) == (date(2024, 5, 2), DateSource.METADATA)


def test_html_body_and_encoded_subject(tmp_path, read) -> None:
    made = message(Subject="Dışişleri görüşmesi")
    made.set_content("<p>The envoys met.</p><p>They left.</p>", subtype="html")
    (document,) = read(mail(tmp_path, made.as_bytes())).documents
    assert document.text == "Dışişleri görüşmesi\n\nThe envoys met.\nThey left."


def test_body_in_another_or_unknown_character_set(tmp_path, read) -> None:
    head = (
        b"Subject: Note\r\nDate: Thu, 02 May 2024 10:00:00 +0000\r\n"
        b"Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    body = "Dışişleri Bakanı Ankara'da görüştü.".encode("iso-8859-9")
    assert "görüştü" in read(mail(tmp_path, head % b"iso-8859-9" + body)).texts[0]
    assert len(read(mail(tmp_path, head % b"x-unknown" + body)).documents) == 1


def test_parts_nested_without_end(tmp_path, read) -> None:
    levels = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(1500))
    assert read(mail(tmp_path, b"Subject: Note\r\n" + levels.encode())).codes in (["bad-mail"], ["no-text"])


@pytest.mark.parametrize("header", ["From: " + "a," * 50_000, "Subject: " + "=?utf-8?q?a?= " * 20_000, "From: " + "(" * 40_000])
def test_endless_headers(tmp_path, read, header: str) -> None:
    assert len(read(mail(tmp_path, header.encode() + b"\r\n\r\nThey met.\r\n")).documents) == 1


def test_no_body_and_damaged_headers(tmp_path, read) -> None:
    made = message()
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf")
    assert read(mail(tmp_path, made.as_bytes())).codes == ["no-text"]
    damaged = b"Subject: =?utf-8?b?broken\r\nDate: never\r\nFrom: <<>>\r\n\r\nThe envoys met.\r\n"
    result = read(mail(tmp_path, damaged))
    assert len(result.documents) == 1
    assert result.codes == ["date", "undated"]
