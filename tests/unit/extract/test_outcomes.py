from dragoman.core.actors import Actor
from dragoman.core.parse import Parse
from dragoman.core.text import Document, Span
from dragoman.core.vocab import EngagementType, Factuality, Outcome, Setting, TalksSignal
from dragoman.extract.outcomes import find_outcome, find_status, outcome_of
from dragoman.read.reading import Mention, MentionKind, Reading, Sentence


def reading(*texts: str, mentions: tuple[Mention, ...] = ()) -> Reading:
    sentences, start = [], 0
    for index, text in enumerate(texts):
        setting = Setting.TITLE if index == 0 else Setting.BODY
        sentences.append(Sentence(index=index, span=Span(start, start + len(text)), tokens=(0, 0), setting=setting))
        start += len(text) + 1
    parse = Parse("none", (), ())
    return Reading(document=Document(text="\n".join(texts)), parse=parse, sentences=tuple(sentences), mentions=mentions)


READ = reading("Talks at an impasse", "The ministers met in Doha.", "They agreed to meet again.", "Rain fell.")


def test_outcome_points_at_its_sentence() -> None:
    assert find_outcome([("They met.", 0), ("They agreed on a truce.", 10)]) == (Outcome.AGREEMENT, Span(10, 33))


def test_more_definite_outcome_stands() -> None:
    sentences = [("They made progress and agreed to meet again.", 0), ("They signed an accord.", 50)]
    assert find_outcome(sentences)[0] is Outcome.AGREEMENT


def test_nothing_reported() -> None:
    assert find_outcome([("They agreed on the importance of peace.", 0)]) == (Outcome.NONE_REPORTED, None)
    assert outcome_of(READ, [], EngagementType.MEETING) == (Outcome.NONE_REPORTED, None)


def test_the_title_reports_only_its_own_engagement() -> None:
    assert outcome_of(READ, [1, 0], EngagementType.VISIT)[0] is Outcome.NONE_REPORTED


def test_next_contact_agreed_right_after_counts_for_the_one_that_agreed_it() -> None:
    outcome, span = outcome_of(READ, [1], EngagementType.MEETING)
    assert outcome is Outcome.AGREED_TO_CONTINUE
    assert span == READ.sentences[2].span


def test_nothing_comes_yet_of_what_is_planned() -> None:
    assert outcome_of(READ, [1, 2], EngagementType.MEETING, Factuality.PLANNED) == (Outcome.NONE_REPORTED, None)


def test_a_signing_is_an_agreement_and_an_offer_can_be_declined() -> None:
    read = reading(
        "Title", "The accord was inked.", "Oman offered to mediate.", "Sanaa rejected the offer.", "They agreed on a truce."
    )
    assert outcome_of(read, [1], EngagementType.AGREEMENT_SIGNING) == (Outcome.AGREEMENT, read.sentences[1].span)
    assert outcome_of(read, [2, 3], EngagementType.MEDIATION_OFFER)[0] is Outcome.DECLINED
    assert outcome_of(read, [2, 4], EngagementType.MEDIATION_OFFER)[0] is Outcome.NONE_REPORTED


def test_status_claims_name_signal_sentence_and_actors() -> None:
    iran = Mention(span=Span(6, 10), tokens=(1, 2), head=1, sentence=1, kind=MentionKind.ACTOR, actor=Actor("Iran", "IRN"))
    read = reading("Title", "Iran said that the talks were at an impasse, a deadlock.", mentions=(iran,))
    (claim,) = find_status(read)
    assert (claim.signal, claim.evidence, claim.setting) == (TalksSignal.IMPASSE, (read.sentences[1].span,), Setting.BODY)
    assert claim.actors == (Actor("Iran", "IRN"),)
