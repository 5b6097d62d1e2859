"""The gate keeps what may hold a claim and what its coding hangs on, and nothing else."""

from dragoman.core.text import Document
from dragoman.extract.gate import Gate
from dragoman.read.layout import read_layout

FILLER = [f"The gardens behind the old station number {n} hold roses, tulips and some forty kinds of grass." for n in range(12)]


def kept(*paragraphs):
    """The paragraphs that pass, behind a head of fillers that is long enough to say who tells the document."""
    text = "\n\n".join([*FILLER, *paragraphs])
    document = Document(text=text)
    passed = Gate().passed(document, read_layout(document))
    words = {block.span.of(text) for block in passed.blocks}
    return [paragraph for paragraph in paragraphs if paragraph in words]


def test_a_document_without_a_cue_is_not_parsed():
    document = Document(text="\n\n".join(FILLER))
    assert Gate().passed(document, read_layout(document)).blocks == ()


def test_a_contact_needs_somebody_named():
    met = "On Monday Amara Sow met Kofi Mensah."
    assert kept(met, "the cat met the dog near a shed") == [met]


def test_words_of_speech_need_a_speaker():
    said = "A spokeswoman said that the road is open."
    assert kept(said, "believing is easy in spring") == [said]


def test_whoever_a_pronoun_takes_up_is_kept():
    before = "It was the day of the new envoy, Amara Sow."
    after = "She said that talks go on."
    assert kept(before, after) == [before, after]
    assert kept("The rain went on for days there.", after) == [after]


def test_the_full_name_of_somebody_named_later_is_kept():
    full = "The guest of the day was one Amara Sow."
    between = "The rain went on for days there."
    later = "For now, Sow said, talks go on."
    assert kept(full, between, later) == [full, later]


def test_a_statement_keeps_what_its_issuer_will_do():
    statement = [
        "Statement by the Minister of Foreign Affairs",
        "We thank all who came.",
        *FILLER,
        "This must end now.",
        FILLER[0],
    ]
    text = "\n\n".join(statement)
    document = Document(text=text)
    passed = {block.span.of(text) for block in Gate().passed(document, read_layout(document)).blocks}
    assert "This must end now." in passed
    assert FILLER[-1] not in passed


def test_a_kept_paragraph_keeps_the_label_of_whoever_says_it_and_the_next():
    said = "We condemn what Iran did."
    kept_blocks = kept(
        "PRIME MINISTER: The rain went on for days.", said, "QUESTION: And the cat?", "PRIME MINISTER: It was dry."
    )
    text = "\n\n".join([*FILLER, "PRIME MINISTER: The rain went on.", said, "QUESTION: And the cat?"])
    document = Document(text=text)
    labels = [block.span.of(text) for block in Gate().passed(document, read_layout(document)).blocks if block.label]
    assert kept_blocks == [said]
    assert labels == ["PRIME MINISTER:", "QUESTION:"]
