import pytest

from dragoman.ingest.language import find_language, normal_language

TURKISH = (
    "Dışişleri Bakanı dün Ankara'da Katarlı mevkidaşıyla bir araya geldi; görüşmede ateşkes ve insani yardım ele alındı,"
    " heyetler önümüzdeki hafta yeniden buluşacak."
)
ARABIC = (
    "التقى وزير الخارجية نظيره القطري في الدوحة يوم الثلاثاء وبحث الجانبان وقف إطلاق النار"
    " وإيصال المساعدات إلى المدنيين وتبادل الأسرى بين الطرفين في كل المناطق"
)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "en",
            "The foreign ministers of Qatar and Norway met in Doha on Tuesday, and both sides agreed to meet again next week.",
        ),
        (
            "tr",
            TURKISH,
        ),
        (
            "ar",
            ARABIC,
        ),
    ],
)
def test_language_of_prose(code: str, text: str) -> None:
    assert find_language(text) == code


def test_too_short_to_tell() -> None:
    assert find_language("The ministers met in Doha.") is None
    assert find_language("") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("en_GB", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("ckb", "ckb"),
        ("nonsense!", None),
        ("", None),
    ],
)
def test_normal_language(name: str, code: str | None) -> None:
    assert normal_language(name) == code
