import pytest

from dragoman.core.claims import Problem
from dragoman.ingest.decoding import Decoded, decode, is_binary

TURKISH = "Dışişleri Bakanı, Katarlı mevkidaşıyla Ankara'da görüştü. Görüşmede ateşkes ve insani yardım konuları ele alındı. " * 4


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_and_without_mark(charset: str) -> None:
    decoded = decode(TURKISH.encode(charset), "x")
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.problem) == (TURKISH, None)


def test_declared_charset_comes_before_guessing() -> None:
    decoded = decode(TURKISH.encode("iso-8859-9"), "x", "iso-8859-9")
    assert isinstance(decoded, Decoded)
    assert (decoded.text, decoded.problem) == (TURKISH, None)


def test_a_guess_says_so() -> None:
    text = "Le ministre des affaires étrangères a été reçu à l'Élysée ; les deux délégations se félicitent des progrès. " * 5
    decoded = decode(text.encode("cp1252"), "note.txt")
    assert isinstance(decoded, Decoded)
    assert "étrangères" in decoded.text
    assert decoded.problem is not None
    assert decoded.problem.code == "guessed-encoding"


def test_unknown_declared_charset_is_passed_over() -> None:
    assert decode(b"plain", "x", "klingon-1") == Decoded("plain", "utf-8")


def test_broken_utf16_is_a_problem() -> None:
    problem = decode(b"\xff\xfe\x00\xd8a", "x")
    assert isinstance(problem, Problem)
    assert problem.code == "encoding"


def test_line_ends_and_nul_are_tidied_and_nothing_else() -> None:
    decoded = decode(b"a\r\nb\rc\x00d  e\t", "x")
    assert isinstance(decoded, Decoded)
    assert decoded.text == "a\nb\nc�d  e\t"


def test_binary() -> None:
    assert is_binary(bytes(range(256)) * 4)
    assert is_binary(b"\x00\x01\x02")
    assert not is_binary(TURKISH.encode())
    assert not is_binary(TURKISH.encode("utf-16"))
    assert not is_binary(b"")
    assert not is_binary(b"page one\x0cpage two")
