from dragoman.core.parse import Parse
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Issue, Setting
from dragoman.extract.topics import Topics, elaborations, topics_of, topics_of_texts
from dragoman.read.reading import Reading, Sentence


def reading(*texts: str, caption: int | None = None) -> Reading:
    sentences, start = [], 0
    for index, text in enumerate(texts):
        setting = Setting.CAPTION if index == caption else Setting.BODY if index else Setting.TITLE
        sentences.append(Sentence(index=index, span=Span(start, start + len(text)), tokens=(0, 0), setting=setting))
        start += len(text) + 1
    return Reading(document=Document(text="\n".join(texts)), parse=Parse("none", (), ()), sentences=tuple(sentences))


def test_own_sentence_and_elaboration_make_the_topics() -> None:
    texts = [
        "The Turkish and the Egyptian foreign ministers spoke by phone on Monday.",
        "They discussed the truce in Gaza and the entry of aid.",
    ]
    topics = topics_of_texts(texts, ["TUR", "EGY"])
    assert topics.dossiers == ("gaza",)
    assert topics.issues == (Issue.CEASEFIRE, Issue.HUMANITARIAN_AID)
    assert any("“Gaza”" in reason for reason in topics.reasons)


def test_an_aside_names_no_conflict_for_the_engagement() -> None:
    texts = ["The ministers met to discuss Libya.", "The building had burnt down during the war in Yemen."]
    assert topics_of_texts(texts, ["TUR", "ITA"]).dossiers == ("libya",)


def test_states_that_meet_about_nothing_named_have_their_relations_as_issue() -> None:
    topics = topics_of_texts(["The two presidents met in Nairobi."], ["TUR", "KEN"])
    assert (topics.dossiers, topics.issues) == (("bilateral",), (Issue.BILATERAL_RELATIONS,))


def test_no_sentence_no_topics() -> None:
    assert topics_of(reading("Title"), [], ["TUR", "KEN"]) == Topics()


def test_document_is_asked_where_sentences_name_nothing() -> None:
    read = reading(
        "Gaza truce in danger", "Hamas accused Israel of breaking the ceasefire.", "Fidan and Blinken also spoke on Monday."
    )
    topics = topics_of(read, [2], ["TUR", "USA"])
    assert topics.dossiers == ("gaza",)
    assert topics.issues == (Issue.CEASEFIRE,)


def test_short_document_elaborates_its_lead() -> None:
    read = reading(
        "Call with Oman",
        "The ministers spoke today.",
        "They discussed Yemen.",
        "The envoy will meet the Houthis on Friday.",
        "Rain fell.",
    )
    assert elaborations(read, [1, 3]) == ((1, 0, 2, 4), (3,))


def test_background_engagement_is_elaborated_by_what_takes_it_up() -> None:
    lead = [f"Analysts doubt promise number {n}." for n in range(30)]
    read = reading(
        "Title", *lead, "The envoys met in May.", "They agreed on nothing.", "Bread is dear.", "The leaders spoke in June."
    )
    assert elaborations(read, [31, 34]) == ((31, 32), (34,))


def test_a_caption_stands_alone() -> None:
    texts = (
        "Gaza truce in danger",
        "The Kenyan and Turkish presidents shake hands in Nairobi.",
        "Hamas rejected the Gaza ceasefire.",
    )
    read = reading(*texts, caption=1)
    assert elaborations(read, [1]) == ((1,),)
    assert topics_of(read, [1], ["KEN", "TUR"]).dossiers == ("bilateral",)


def test_what_the_main_contact_raised_counts_where_it_tells_of_another_contact() -> None:
    read = reading("Call with Qatar", "The ministers spoke today.", "He thanked Doha for brokering the Gaza truce.")
    topics = topics_of(read, [1, 0], ["USA", "QAT"])
    assert (topics.dossiers, topics.issues) == (("gaza",), (Issue.CEASEFIRE,))


def test_a_late_engagement_is_not_elaborated_by_what_came_before() -> None:
    read = reading(
        "Harvest report", "Bread is dear.", "Rain fell.", "Prices rose.", "The ministers met in May.", "They discussed grain."
    )
    assert elaborations(read, [4]) == ((4, 5),)
