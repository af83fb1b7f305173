"""Nothing the program or a model writes may amount to a verdict; facts about things and people pass."""

import re
import time

import pytest
import yaml

from assistant.drafting.lexicon import LEXICON
from assistant.drafting.neutrality import faults, is_neutral, offences
from assistant.drafting.structure import structural_faults
from assistant.evaluation.gold import load_cases
from assistant.evaluation.observe import blocs_of
from assistant.referentiel.catalogue import load
from assistant.settings import Settings
from tests.conftest import DOSSIERS
from tests.installed import read_once

NAMED_IN_THE_ISSUE = [
    "Le dossier relève deux points de friction.",
    "Le coût d’acquisition d’un client est de 38 €.",
    "Une note de service fixe les horaires.",
    "Le niveau de délégation est défini par le gérant.",
    "La facture est validée par le client.",
    "Le taux de satisfaction est de 87 %.",
]


@pytest.mark.parametrize("sentence", NAMED_IN_THE_ISSUE)
def test_a_harmless_use_passes(sentence: str) -> None:
    assert is_neutral(sentence), faults(sentence)


TESTED = ["Nous avons essayé deux outils, Brevo et Mailjet, avec 300 adresses."]


@pytest.mark.parametrize(
    "comment", ["le tour du marché est donc complet", "la révolution est en marche", "le choix saute aux yeux"]
)
def test_a_clause_that_takes_up_nothing_of_what_is_cited_is_a_comment(comment: str) -> None:
    assert "apart" in [one.kind for one in faults(f"Deux outils sont essayés, {comment}.", TESTED)]


@pytest.mark.parametrize(
    "fact",
    ["d’après le récit", "sans indiquer le prix", "déclare la candidate", "dans le même mois"],
)
def test_a_clause_that_leans_on_another_on_a_speaker_or_on_a_day_is_none(fact: str) -> None:
    assert not faults(f"Deux outils sont essayés, {fact}.", TESTED)


@pytest.mark.parametrize(
    "said",
    [
        "Le niveau à bulle est cité page 4.",
        "La preuve d’achat est agrafée au bon de retour.",
        "Le dossier montre un tableau des élèves avec leurs notes de dictée.",
        "Le dossier décrit une pression insuffisante au robinet.",
        "La candidate écrit qu’elle manquait d’expérience à son arrivée.",
        "Pour la livraison du 3 juin, qui a signé le bon ?",
        "Le feu vert du client est arrivé le 8 mars.",
    ],
)
def test_names_of_things_measures_and_what_people_say_are_facts(said: str) -> None:
    assert not faults(said)


@pytest.mark.parametrize(
    "said",
    [
        "Le niveau de maîtrise est insuffisant.",
        "La preuve de la compétence est mince.",
        "La candidate écrit que le critère est acquis.",
        "Une réflexion insuffisante.",
        "Avec un tel dossier, faut-il vraiment poser des questions ?",
        "Feu vert pour la partie comptable.",
    ],
)
def test_the_same_words_said_of_the_work_are_verdicts(said: str) -> None:
    assert faults(said)


ASKED = ("Une technique d’empathie est mise en œuvre, dans le respect des réglementations en vigueur.",)
DOUBTED = {
    "a word of the requirement": ("Le dossier ne décrit pas de technique d’empathie avec la cliente.", "merit"),
    "a word that begins as one of merit": ("La cliente visite l’atelier de production.", "merit"),
    "a word that names a thing as often": ("Le remplissage du bon prend dix minutes à la cliente.", "merit"),
    "a rare verb of saying": ("Le dossier n’énonce pas le prix payé par la cliente.", "verb"),
    "a verb of counting": ("Le dossier dénombre trois visites de la cliente.", "verb"),
    "the candidate’s own on": ("La cliente est entrée dans un atelier où l’on assemble des cadres.", "turn"),
}


@pytest.mark.parametrize("kind", DOUBTED)
def test_what_may_be_a_plain_fact_is_asked_to_be_said_otherwise_and_never_withheld(kind: str) -> None:
    said, why = DOUBTED[kind]
    cited = [
        "La cliente est venue à l’atelier trois fois en dix minutes : on assemble les cadres, elle paie, on note le bon."
    ]
    assert [(one.kind, one.firm) for one in offences(said, cited, ASKED, grounded=False)] == [(why, False)]
    assert is_neutral(said, cited)


ORDERED = "La tournée compte neuf arrêts, de la ferme au marché."


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("Le dossier distingue neuf arrêts, de la ferme au marché.", ORDERED),
        ("Comment le dépôt est-il organisé : quels rayons, et quelles allées dans chacun ?", ""),
        ("Madame Le Goff, pour qui c’était la distance, a choisi le dépôt.", "C’était la distance, pas le prix."),
        ("Pourquoi la remise de deux euros est-elle restée en deçà du prix affiché ?", "Remise : deux euros."),
        (
            "Sur les neuf clients cités, sept ont posé une question de plus.",
            "Sur neuf clients, sept ont posé une question.",
        ),
        ("Comment la cheffe en est-elle avertie ?", "Le colis part sans attendre."),
    ],
)
def test_a_verb_with_its_object_a_second_question_and_copied_or_ordinary_words_are_facts(said: str, cited: str) -> None:
    assert not faults(said, [cited] if cited else [], grounded=False)


@pytest.mark.parametrize(
    "said",
    [
        "Le dossier se distingue par ses neuf arrêts.",
        "Le dossier décrit neuf arrêts, et quelle tournée !",
        "Le dossier décrit neuf arrêts, c’était la moindre des choses.",
        "La tournée reste en deçà de ce qui est attendu.",
        "Le raisonnement est celui d’un vrai professionnel.",
        "Le dossier décrit neuf arrêts et distingue une démarche remarquable.",
    ],
)
def test_the_same_turns_that_judge_are_refused(said: str) -> None:
    assert faults(said, [ORDERED])


def test_a_word_of_the_requirement_that_qualifies_is_an_appreciation_all_the_same() -> None:
    cited = ["J’ai rappelé la cliente le lendemain."]
    assert faults("La candidate a rappelé la cliente avec une rare empathie.", cited, ASKED)
    assert faults("Le rappel de la cliente est judicieux.", cited, ["Le choix est judicieux."])


@pytest.mark.parametrize(
    "said",
    [
        "Les relances du jeudi ne sont pas inutiles.",
        "Les relances du jeudi ne sont pas une mauvaise idée.",
        "Les relances auraient dû être datées.",
        "Mieux valait dater les relances.",
        "Douze relances le jeudi : quelle énergie.",
        "Douze relances le jeudi, applaudissons.",
        "Les relances du jeudi cochent toutes les cases.",
    ],
)
def test_praise_by_its_contrary_advice_after_the_event_and_idioms_are_refused(said: str) -> None:
    assert faults(said, ["J’envoie douze relances chaque jeudi."])


def test_words_copied_in_their_order_are_the_dossier_s() -> None:
    cited = ["C’est Make qui a été pris, parce que Sonia l’avait déjà et que tout le monde nous en disait du bien."]
    said = "La raison donnée est que Sonia l’avait déjà et que tout le monde en disait du bien."
    assert is_neutral(said, cited), faults(said, cited)


TURNS = {
    "first person": "Nous retenons une bonne surprise au chapitre 3.",
    "on": "On aurait aimé un budget.",
    "c'est": "C’est un peu court.",
    "a request to nobody": "Passons sur les annexes.",
    "an exclamation": "Hélas, le budget manque.",
    "a question to nobody": "Faut-il y croire ?",
    "the reader": "Le lecteur cherchera le budget.",
    "other candidates": "Les autres candidats chiffrent leur budget.",
    "an aside": "Le dossier décrit la relance (bien).",
    "a remark set apart": "Le budget est présenté page 6 : passable.",
}


@pytest.mark.parametrize("turn", TURNS)
def test_a_statement_tells_what_stands_in_the_dossier_and_speaks_to_the_candidate_alone(turn: str) -> None:
    assert "turn" in [fault.why for fault in structural_faults(TURNS[turn])]


@pytest.mark.parametrize(
    "sentence",
    [
        "On ne trouve pas de date pour la réunion.",
        "Comment avez-vous choisi le fournisseur ?",
        "Le gain de deux heures a-t-il été mesuré ou estimé ?",
        "Racontez la journée du 14 juillet.",
        "Il manque deux cartons, écrit le client.",
        "Le lecteur de code-barres est en panne.",
    ],
)
def test_turns_of_a_plain_statement_pass(sentence: str) -> None:
    assert not structural_faults(sentence)


def test_a_statement_that_adds_only_ordinary_words_to_what_it_cites_reports() -> None:
    cited = ["J’ai jugé l’offre de Dubois insuffisante et je l’ai écartée en mars."]
    said = "La candidate a écarté l’offre de Dubois en mars, la jugeant insuffisante."
    assert is_neutral(said, cited), faults(said, cited)
    assert faults("La candidate a écarté l’offre de Dubois en mars, choix judicieux.", cited)


def test_a_text_too_long_for_a_statement_is_refused_unread() -> None:
    start = time.process_time()
    assert [one.kind for one in faults("il est dit que le plan, lui, " * 5_000)] == ["length"]
    assert time.process_time() - start < 0.5


def test_a_statement_of_weight_about_nothing_that_it_cites_is_refused() -> None:
    cited = ["J’ai envoyé deux cents courriels en mai."]
    assert "apart" in [one.kind for one in faults("Une compétence indéniable en conseil.", cited)]
    assert is_neutral("Le dossier ne dit pas qui valide le planning.", cited)
    assert is_neutral("Qui valide le planning ?", cited)


def test_words_of_the_referentiel_that_weigh_excuse_nothing() -> None:
    asked = ["Le choix de l’outil est judicieux et justifié par des éléments factuels"]
    cited = ["Nous avons retenu Make parce que Sonia le connaissait."]
    assert faults("Le choix de Make est judicieux.", cited, asked)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le dossier décrit les étapes de la vente : 14/20.",
        "La candidate décrit l’accueil en cinq étapes (15,5/20).",
        "Quatre exigences sur cinq sont traitées.",
        "Le critère est couvert à 80 %.",
        "Trois étoiles sur cinq.",
        "Le budget est présenté page 6 : B.",
        "Le budget est chiffré, A+.",
        "Le budget est chiffré ✓",
        "Planning : ⭐⭐⭐",
        "Planning 🟢",
        "Chiffrage ++",
        "Le dossier décrit la vente, OK.",
        "Feu vert pour le bloc 2.",
        "The criterion is met.",
        "Le propos est de niveau licence.",
        "Le critère est acquis.",
    ],
)
def test_marks_signs_colours_levels_and_english_are_refused_whatever_surrounds_them(sentence: str) -> None:
    assert faults(sentence)


def test_a_mark_that_the_dossier_itself_gives_may_be_reported() -> None:
    cited = ["J’ai noté les fournisseurs : Dubois obtient 14/20 et Martin 11/20."]
    assert not structural_faults("La candidate donne 14/20 au fournisseur Dubois.", cited)
    assert structural_faults("La candidate mérite 4/20.", cited)


def test_a_quotation_stands_word_for_word_in_what_is_cited() -> None:
    cited = ["Une cliente m’a dit : « Le client est très satisfait, excellent travail »."]
    said = "Le dossier rapporte : « le client est très satisfait, excellent travail »."
    assert is_neutral(said, cited)
    assert [one.kind for one in faults(said)] == ["quotation"]
    assert [one.kind for one in faults("Le dossier rapporte : « le critère est acquis ».", cited)] == ["quotation"]


def test_a_word_of_the_cited_sentences_is_the_candidate_s() -> None:
    said = "Le stagiaire a trouvé la tournée insuffisante et mal conçue."
    assert faults(said.replace("Le stagiaire a trouvé la", "La")), "the word alone is a judgment"
    assert is_neutral(said, ["Mon stagiaire a trouvé la tournée insuffisante et mal conçue."])


def test_a_decision_is_not_excused_by_the_words_of_the_dossier() -> None:
    assert faults("Le critère est acquis.", ["Le terrain est acquis depuis 2016, selon le critère du prix."])


def test_a_verdict_is_found_wherever_it_stands_in_a_long_sentence() -> None:
    fact = (
        "Le dossier compte 31 pages, quatre annexes et un tableau de douze fournisseurs avec leurs prix et leurs délais"
    )
    for sentence in (
        f"{fact}, ce qui suffit à valider le critère.",
        f"{fact} (analyse remarquable).",
        f"Travail bâclé : {fact[0].lower()}{fact[1:]}.",
        f"{fact}. Très bon travail.",
    ):
        assert faults(sentence), sentence
    assert is_neutral(f"{fact}."), faults(f"{fact}.")


def test_the_dossier_and_the_criterion_take_descriptive_verbs_only() -> None:
    assert is_neutral("Le dossier chiffre l’écart à 3 %.")
    assert [one.kind for one in structural_faults_of("Le dossier transcende les genres.")] == ["verb"]
    assert [one.kind for one in structural_faults_of("Le critère rayonne.")] == ["verb"]


def structural_faults_of(text: str) -> list:  # type: ignore[type-arg]
    return [type("One", (), {"kind": fault.why}) for fault in structural_faults(text)]


def test_an_offence_names_the_words_at_fault() -> None:
    assert [one.words for one in faults("Le dossier décrit la vente : 14/20.") if one.kind == "form"] == ["14/20"]


def test_the_lexicon_tells_praise_blame_description_and_others_apart() -> None:
    kinds = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    assert set(kinds) >= {"praise", "blame", "describe", "others"}


@pytest.mark.parametrize("case", load_cases(DOSSIERS), ids=lambda case: case.name)
def test_what_the_program_writes_itself_is_neutral(case, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    asked = {"referentiel": case.gold.referentiel, "blocs": blocs_of(case.gold, load(case.gold.referentiel))}
    opened = read_once(case.name).pre_read(settings.model_copy(update={"ocr": "off"}), case.pdf.read_bytes(), **asked)
    said = [s.text for part in opened.preread.criteria for s in (*part.observation, *part.questions)]
    said += [gap.text for part in opened.preread.criteria for gap in part.gaps]
    assert said
    # What it quotes is the référentiel's or the dossier's: only its own words are weighed.
    own = [re.sub("«.*»", "« ce point »", text) for text in said]
    judged = [(text, faults(text, ["ce point"] if "« ce point »" in text else [], grounded=False)) for text in own]
    assert [one for one in judged if one[1]] == []
    # A notice is one of a few sentences that stand in the code: rules are held against it, the tone is for unknown wordings.
    ruled = [(n.text, [one for one in faults(n.text) if one.kind != "tone"]) for n in opened.preread.dossier.notices]
    assert [one for one in ruled if one[1]] == []
