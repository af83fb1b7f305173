"""What a full reading found reaches the draft whole, and what a draft may say of it: the ways in which finds were lost."""

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest

from assistant.drafting.asking import requirement_labels, task_in_words
from assistant.drafting.calling import Calls
from assistant.drafting.checking import checked
from assistant.drafting.grounding import Grounds, grounded, written_words
from assistant.drafting.neutrality import Kind, faults
from assistant.drafting.rewriting import REASONS, at_fault, faulty_in_words
from assistant.drafting.task import Draft, Task
from assistant.drafting.windows import labelled
from assistant.llm.answers import CriterionDraft, DraftAnswer, Pair, SupportAnswer
from assistant.llm.client import Answered
from assistant.llm.prompts import Filled, load_prompt
from assistant.privacy.mask import Masked, own_words
from assistant.result import Gap, Statement, Tokens
from tests.drafting.tasks import finding, task

MANY = {f"p{page}s1": f"Relance numéro {page} du mardi, par SMS." for page in range(1, 16)}


class Checker(Calls):
    """A check that holds everything supported, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked = ""

    def ask(self, prompt: Filled, kind: type, seal: Callable[[str], Masked]) -> Answered:  # type: ignore[type-arg]
        self.asked = seal(prompt.user)
        return Answered(
            SupportAnswer.model_validate({"statements": [{"statement": 1, "supported": "yes"}]}), Tokens(), "call"
        )


def drafted(one: Task, **answer: object) -> Draft:
    labels = labelled("s", list(one.sentences))
    sent = {"X1": frozenset(labels.id_by_label)}
    grounds = Grounds(labels, requirement_labels([one.criterion]), sent, str, "drafting")
    whole = {"criterion": "C1", "observation": [], "gaps": [], "questions": [], **answer}
    return grounded(CriterionDraft.model_validate(whole), one, grounds, failed_windows=False)


def test_a_statement_is_checked_against_every_sentence_that_it_cites() -> None:
    one = task(MANY, [finding("X1.r1", "des relances", list(MANY))])
    draft = Draft(observation=(Statement(text="Quinze relances sont décrites.", citations=tuple(MANY)),))
    checker = Checker()
    drafts, _, _ = checked([one], {"X1": draft}, labelled("s", list(MANY)), str, own_words, checker)
    assert all(text in checker.asked for text in MANY.values())
    assert drafts["X1"].observation[0].support == "yes"


def test_a_sentence_that_contradicts_another_is_sent_as_one() -> None:
    texts = {"p3s1": "La saisie prend 9 h.", "p33s4": "La saisie prend 12 h."}
    one = task(texts, [replace(finding("X1.r1", "le temps de saisie", ["p3s1"]), against=("p33s4",))])
    labels = labelled("s", list(texts))
    told = task_in_words(one, "C1", labels, requirement_labels([one.criterion]), str)
    assert "s2 (R1 contredit un autre passage) : La saisie prend 12 h." in told.text
    assert told.labels == {"s1", "s2"}, "both may be cited"


def test_the_relation_of_a_find_may_be_an_admission() -> None:
    assert Pair(sentence="s1", requirement="R1", relation="admits").relation == "admits"


def test_an_observation_may_be_empty() -> None:
    one = task(MANY, [finding("X1.r1", "des relances", list(MANY))])
    draft = drafted(one)
    assert draft.observation == ()
    assert draft.failure is None
    assert draft.withheld == 0


ASKED = ["Des points de friction à maîtriser, de façon claire"]


def test_words_of_the_requirement_may_stand_in_quotation_marks_or_after_its_name() -> None:
    assert not faults("Le dossier ne donne rien pour l’exigence « de façon claire ».", [], ASKED)
    assert not faults("Aucune phrase n’a été repérée pour l’exigence points de friction à maîtriser.", [], ASKED)
    assert faults("Les points de friction sont exposés de façon claire.", [], ASKED)


def test_a_quality_that_is_asked_for_is_never_granted_or_denied() -> None:
    asked = ["Le choix de l’outil est judicieux"]
    cited = ["Nous avons retenu Make parce que Sonia le connaissait."]
    for said in ("Le choix de Make est judicieux.", "Le choix de Make n’est pas judicieux.", "Le choix est juste."):
        assert faults(said, cited, asked), said
    assert not faults("Make a été retenu parce que Sonia le connaissait.", cited, asked)


def test_an_oral_criterion_has_no_gap_and_keeps_what_the_dossier_says_of_it() -> None:
    texts = {"p2s1": "J’ai présenté le projet à l’équipe le 4 mai."}
    one = task(texts, [replace(finding("X1.r1", "une présentation", ["p2s1"]), state="oral_only")])
    oral = replace(one, criterion=one.criterion.model_copy(update={"assessed_by": ("oral",)}))
    assert oral.criterion.oral_only
    draft = drafted(
        oral,
        observation=[{"text": "Le projet a été présenté à l’équipe le 4 mai.", "citations": ["s1"]}],
        gaps=[{"requirement": "R1", "text": "Le dossier ne décrit pas la présentation.", "citations": []}],
    )
    assert draft.gaps == ()
    assert [one.citations for one in draft.observation] == [("p2s1",)]


def test_the_prompts_warn_of_a_neighbouring_thing_and_of_a_tail_that_the_sentence_does_not_hold() -> None:
    drafting, support = (" ".join(load_prompt(name).text.split()) for name in ("drafting", "support"))
    assert "La phrase citée doit parler de la chose même." in drafting
    assert "Une phrase citée pour trois affirmations doit porter les trois." in drafting
    assert "Une phrase vraie sur une chose voisine ne suffit pas" in support
    assert "Une fin ajoutée" in support


def test_who_rewrites_is_told_why_and_sees_what_is_cited() -> None:
    texts = {"p1s1": "Nous avons retenu Make parce que Sonia le connaissait."}
    one = task(texts, [finding("X1.r1", "un outil", list(texts))])
    said = {"text": "Le critère est acquis : Make a été retenu.", "citations": ["s1"]}
    draft = CriterionDraft.model_validate({"criterion": "C1", "observation": [said], "gaps": [], "questions": []})
    labels = labelled("s", list(texts))
    grounds = Grounds(labels, requirement_labels([one.criterion]), {"X1": frozenset(["s1"])}, str, "drafting")
    asked = faulty_in_words(at_fault(DraftAnswer(criteria=[draft]), {"C1": one}, grounds), labels, str)
    assert "est acquis\u00a0» (décision, qui revient au jury)" in asked
    assert (
        "<phrases>\n  [Section : Un chapitre]\n  s1 : Nous avons retenu Make parce que Sonia le connaissait.\n</phrases>"
        in asked
    )


def test_an_observation_that_is_too_long_is_asked_for_once_more_and_nothing_of_it_is_dropped() -> None:
    texts = {f"p{n}s1": f"Le service {n} a reçu {n} colis et {'un bac ' * 10} le lundi." for n in range(1, 6)}
    one = task(texts, [finding("X1.r1", "un outil", list(texts))])
    said = [{"text": text, "citations": [f"s{n}"]} for n, text in enumerate(texts.values(), start=1)]
    short = {"text": "Le service 2 a reçu un bac.", "citations": ["s2"]}
    draft = CriterionDraft.model_validate(
        {"criterion": "C1", "observation": [*said, short], "gaps": [], "questions": []}
    )
    labels = labelled("s", list(texts))
    grounds = Grounds(
        labels, requirement_labels([one.criterion]), {"X1": frozenset(labels.id_by_label)}, str, "drafting"
    )
    faulty = at_fault(DraftAnswer(criteria=[draft]), {"C1": one}, grounds)
    assert [fault.place for fault in faulty] == [0, 1, 2, 3, 4]
    asked = faulty_in_words(faulty, labels, str)
    assert "«\u00a030 mots, à dire en 15\u00a0» (trop long)" in asked
    assert len(grounded(draft, one, grounds, failed_windows=False).observation) == 6


def test_every_kind_of_fault_has_a_reason_in_french() -> None:
    kinds = {one for group in get_args(Kind) for one in (get_args(group) or (group,))}
    assert kinds - set(REASONS) <= {"merit", "opinion", "phrase"}, "those are appreciations"


def test_a_gap_is_held_against_what_it_cites_and_not_against_scraps() -> None:
    texts = {
        "p1s1": "Le calendrier reste à poser sur papier.",
        "p2s1": "Voir ci-dessous.",
        "p3s1": "Planning des tournées de mai.",
    }
    one = task(texts, [finding("X1.r1", "un calendrier", nearest=["p2s1", "p3s1"], admits=["p1s1"])])
    draft = Draft(gaps=(Gap(requirement="X1.r1", text="Le dossier annonce un calendrier.", citations=("p1s1",)),))
    checker = Checker()
    checked([one], {"X1": draft}, labelled("s", list(texts)), str, own_words, checker)
    assert texts["p1s1"] in checker.asked
    assert texts["p3s1"] in checker.asked
    assert texts["p2s1"] not in checker.asked


def test_the_prompts_say_what_placeholders_are_and_that_a_statement_stands_alone() -> None:
    for name in ("reading", "choosing", "drafting", "rewriting", "support"):
        assert "[PERSONNE_2a]" in load_prompt(name).text, name
    drafting, reading = (" ".join(load_prompt(name).text.split()) for name in ("drafting", "reading"))
    assert "Chaque énoncé nomme son sujet et se comprend sans celui d’avant" in drafting
    assert "« mentions » : un fait précis, mais à côté : sur une chose voisine" in reading


def test_a_gap_is_checked_with_its_requirement_and_criterion_against_what_a_neighbouring_one_found() -> None:
    texts = {
        "p1s1": "Le coût annuel de la licence est de 290 euros.",
        "p2s1": "La licence se renouvelle chaque mois de mars.",
        "p3s1": "Make relie les deux logiciels.",
    }
    findings = [finding("X1.r1", "un outil", ["p1s1", "p3s1"]), finding("X1.r2", "des coûts", nearest=["p3s1"])]
    one = task(texts, [findings[0], replace(findings[1], name="le coût annuel des licences")], "Le budget est chiffré")
    draft = Draft(gaps=(Gap(requirement="X1.r2", text="Le dossier ne donne pas le coût annuel de la licence."),))
    checker = Checker()
    checked([one], {"X1": draft}, labelled("s", list(texts)), str, own_words, checker)
    assert texts["p1s1"] in checker.asked, "found for the neighbouring requirement, and near in words"
    assert texts["p2s1"] not in checker.asked
    assert "Exigence : le coût annuel des licences («\u00a0des coûts\u00a0»)" in checker.asked
    assert "Critère de cette exigence et des suivantes : Le budget est chiffré" in checker.asked


def test_who_rewrites_is_told_what_each_text_is() -> None:
    one = task({"p1s1": "Make relie les logiciels."}, [finding("X1.r1", "le coût de l’outil")])
    draft = CriterionDraft.model_validate(
        {
            "criterion": "C1",
            "observation": [],
            "gaps": [{"requirement": "R1", "text": "Le coût est mal traité.", "citations": []}],
            "questions": [{"text": "Pourquoi une démarche aussi médiocre ?", "citations": ["s1"]}],
        }
    )
    labels = labelled("s", ["p1s1"])
    grounds = Grounds(labels, requirement_labels([one.criterion]), {"X1": frozenset(["s1"])}, str, "drafting")
    asked = faulty_in_words(at_fault(DraftAnswer(criteria=[draft]), {"C1": one}, grounds), labels, str)
    assert "1. (manque\u00a0; exigence\u00a0: le coût de l’outil) Le coût est mal traité." in asked
    assert "2. (question) Pourquoi une démarche aussi médiocre ?" in asked
    rules = " ".join(load_prompt("rewriting").text.split())
    assert "une question reste une question" in rules
    assert "peuvent rester entre guillemets" in rules


def test_a_text_with_nothing_but_doubtful_words_is_not_asked_for_again() -> None:
    one = task({"p1s1": "Le formulaire est en ligne."}, [finding("X1.r1", "un outil", ["p1s1"])])
    said = {"text": "Le formulaire part en production.", "citations": ["s1"]}
    draft = CriterionDraft.model_validate({"criterion": "C1", "observation": [said], "gaps": [], "questions": []})
    labels = labelled("s", ["p1s1"])
    grounds = Grounds(labels, requirement_labels([one.criterion]), {"X1": frozenset(["s1"])}, str, "drafting")
    assert at_fault(DraftAnswer(criteria=[draft]), {"C1": one}, grounds) == ()


def test_a_gap_or_a_question_holds_no_figure_that_stands_nowhere() -> None:
    texts = {"p1s1": "La licence de Make coûte 29 euros.", "p9s1": "La saisie prend 17 minutes."}
    one = task(texts, [finding("X1.r1", "le coût annuel de l’outil"), finding("X1.r2", "une durée", ["p9s1"])])

    def gap(text: str) -> dict[str, object]:
        return {"requirement": "R1", "text": text, "citations": []}

    assert drafted(one, gaps=[gap("Le dossier ne dit pas si les 29 euros de Make sont annuels.")]).gaps[0].prompt
    for said in ("Le dossier ne dit pas si les 348 euros sont annuels.", "Le dossier ne donne pas le coût de Zapier."):
        own = drafted(one, gaps=[gap(said)])
        assert own.gaps[0].text.startswith("Non trouvé"), said
        assert own.withheld == 1
    asked: list[dict[str, object]] = [
        {"text": text, "citations": []} for text in ("Pourquoi 17 minutes ?", "Pourquoi 45 minutes ?")
    ]
    assert [one.unsourced for one in drafted(one, questions=asked).questions] == [(), ("45",)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("L’outil coûte 1\u202f200\u00a0€ par an.", 5),
        ("Le tableau liste « devis », « relance »\u00a0: trois cas\u00a0!", 7),
        ("[PERSONNE_2] signe à 14\u00a0h\u00a030.", 6),
        ("", 0),
    ],
)
def test_words_are_counted_as_a_writer_does(text: str, count: int) -> None:
    assert written_words(text) == count
