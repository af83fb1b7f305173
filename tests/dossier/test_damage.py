from assistant.dossier.pdf.lines import Line
from assistant.dossier.text.damage import garbled_pages, mended


def line(text: str) -> Line:
    boxes = tuple((float(n), 0.0, n + 0.9, 10.0) for n in range(len(text)))
    return Line(text, boxes, (0.0, 0.0, float(len(text)), 10.0), 10.0, False)


def mend(*texts: str) -> list[str]:
    return [one.text for one in mended([[line(text) for text in texts]])[0][0]]


def test_a_sign_that_always_stands_for_one_ligature_is_written_so() -> None:
    assert mend("la soluΘon et la quesΘon", "une acΘon de formaΘon") == [
        "la solution et la question", "une action de formation"
    ]  # fmt: skip


def test_a_capital_inside_words_is_told_from_names() -> None:
    assert mend("une soluCon, des quesCons et la formaCon") == ["une solution, des questions et la formation"]
    assert mend("un iPhone, LinkedIn, JavaScript et d’ElevenLabs") == [
        "un iPhone, LinkedIn, JavaScript et d’ElevenLabs"
    ]


def test_a_word_cut_after_a_ligature_is_closed_only_where_the_halves_are_no_words() -> None:
    assert mend("la vérifi cation de l’aff ectation") == ["la vérification de l’affectation"]
    assert mend("le chef fait la part") == ["le chef fait la part"]


def test_a_mended_letter_keeps_a_box_for_each_sign() -> None:
    (lines,), _ = mended([[line("la gesƟon")]])
    assert len(lines[0].boxes) == len(lines[0].text) == len("la gestion")


def test_what_stays_unclear_is_counted_and_the_page_told() -> None:
    texts = ["ϗxqϗ wkϗz", "bϗtrϗk ϗqz", "zϗϗ kwϗ"]
    _, damage = mended([[line(text) for text in texts]])
    assert damage[0].doubtful >= 6
    assert list(garbled_pages([[line("tout va bien ici")], [line(text) for text in texts]])) == [1]
