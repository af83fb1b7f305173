from assistant.evaluation.gold import LabelledCriterion, LabelledGap, Quote
from assistant.evaluation.matching_quotes import Shown, is_found, joined, letters, stands, within_words
from assistant.evaluation.metrics import Tally, evidence_tally, gap_tally, state_tally
from assistant.evaluation.report import ReportLine, figures, interval
from assistant.evaluation.run import state_of
from assistant.result import CriterionPart, Gap, RequirementPart, RequirementState, Search

SENTENCE = "Sur les quatre-vingts devis partis au printemps, trente sont restés sans la moindre réponse."
QUOTE = Quote(quote=SENTENCE, pages=(6,))


def label(**changes: object) -> LabelledCriterion:
    return LabelledCriterion.model_validate({"id": "C1", "coverage": "addressed", "evidence": [QUOTE], **changes})


def test_a_labelled_sentence_is_found_by_half_on_its_page_only() -> None:
    half = "Sur les quatre-vingts devis partis au printemps, TRENTE"
    assert is_found(QUOTE, joined([Shown(6, 1, 1, half)]))
    assert not is_found(QUOTE, joined([Shown(7, 1, 1, half)]))
    assert not is_found(QUOTE, joined([Shown(6, 1, 1, "trente sont restés")]))


def test_neighbouring_pieces_count_as_one_and_distant_ones_do_not() -> None:
    first, second = "Sur les quatre-vingts devis partis", "au printemps, trente sont restés sans"
    assert is_found(QUOTE, joined([Shown(6, 1, 1, first), Shown(6, 2, 2, second)]))
    assert not is_found(QUOTE, joined([Shown(6, 1, 1, first), Shown(6, 5, 5, second)]))


def test_what_comes_after_the_budget_is_not_read() -> None:
    shown = [Shown(1, 1, 1, "mot " * 490), Shown(6, 2, 2, SENTENCE)]
    assert [len(s.text.split()) for s in within_words(shown, 500)] == [490, 10]
    tally = evidence_tally(label(), [Shown(1, 1, 1, "mot " * 500), Shown(6, 2, 2, SENTENCE)])
    assert (tally.found_250, tally.found_500, tally.found_800, tally.labelled) == (0, 0, 1, 1)


def test_misleading_evidence_is_counted_unless_it_is_labelled_too() -> None:
    wrong = Quote(quote="Nous respectons le règlement dans toutes nos démarches.", pages=(2,))
    tally = evidence_tally(label(misleading=[wrong]), [Shown(2, 1, 1, wrong.quote), Shown(6, 3, 3, SENTENCE)])
    assert (tally.misleading, tally.useful, tally.shown) == (1, 1, 2)


def test_states_agree_or_are_false_one_way_or_the_other() -> None:
    assert state_tally(label(), "found").states_agreed == 1
    assert state_tally(label(coverage="partial"), "not_found").false_absences == 1
    assert state_tally(label(coverage="absent"), "partial").false_presences == 1
    assert state_tally(label(coverage="oral"), "oral") == Tally(states_agreed=1, states=1)


def test_a_gap_is_named_when_one_statement_holds_half_of_its_words() -> None:
    gap = LabelledGap(requirement="déclencheurs et actions du workflow", what="rien")
    assert gap_tally(label(gaps=[gap]), ["Aucun passage repéré pour « déclencheurs, actions »."]).gaps_named == 1
    assert gap_tally(label(gaps=[gap]), ["Aucun passage repéré pour « la base »."]).gaps_named == 0


def test_shares_are_none_where_there_is_nothing_to_count_and_intervals_hold_them() -> None:
    line = ReportLine(
        "x", "y", (Tally(found_500=3, labelled=4, criteria=1), Tally(found_500=0, labelled=2, criteria=1))
    )
    assert figures(line)["found in 500 words"] == 0.5
    assert figures(line)["gaps named"] is None
    bounds = interval(line, "found_500", "labelled")
    assert bounds is not None
    assert bounds[0] <= 0.5 <= bounds[1]


REST = "Elle compte douze personnes, dont trois apprentis. " * 20
HERE = letters(
    f"Rappel du contexte. {REST} Le tableau des appels. 1. Je note chaque demande d’un client dans un tableau que"
)
NEXT = letters("l’équipe relit le vendredi. Puis nous décidons ensemble de ce qui change la semaine d’après." + REST)


def test_a_quote_stands_on_its_page_and_only_one_that_the_page_s_end_cuts_goes_on_over_it() -> None:
    whole = "Je note chaque demande d’un client dans un tableau que l’équipe relit le vendredi."
    assert stands("Je note chaque demande d'un client", HERE)
    assert stands(whole, HERE, NEXT)
    assert not stands(whole, HERE)
    assert not stands("Puis nous décidons ensemble de ce qui change", HERE, NEXT), "wholly on the next page"
    assert not stands("Rappel du contexte. l’équipe relit le vendredi.", HERE, NEXT), (
        "its head is not at the page's end"
    )


def test_only_a_list_s_number_may_stand_apart_from_the_text_it_opens() -> None:
    assert stands("1. Le tableau des appels", HERE)
    assert not stands("3. Le tableau des appels", HERE), "no such number on the page"
    assert not stands("Oui. Le tableau des appels", HERE)


def test_the_cells_of_a_row_that_is_cut_stand_each_for_itself() -> None:
    here, after = (
        letters("Mois 4 Je relance Les devis sans réponse"),
        letters("les clients deux fois ont presque tous signé"),
    )
    assert stands(
        "Mois 4 | Je relance les clients deux fois | Les devis sans réponse ont presque tous signé", here, after
    )
    assert not stands("Mois 4 | Je relance les clients trois fois", here, after)


def test_a_criterion_of_which_a_checked_gap_says_what_is_missing_is_found_in_part() -> None:
    def part(*gaps: Gap, state: RequirementState = "found") -> CriterionPart:
        search = Search(pages_read=3, pages_unread=(), nearest=())
        asked = RequirementPart(id="X1.r1", text="un coût", state=state, evidence=(), search=search)
        return CriterionPart(
            id="X1",
            assessed_by=("dossier",),
            requirements=(asked,),
            evidence=(),
            observation=(),
            gaps=gaps,
            questions=(),
        )

    lack = Gap(requirement="X1.r1", text="Le dossier ne donne pas le coût de la licence.", support="yes")
    told = Gap(requirement="X1.r1", text="Le dossier rapporte un retard de deux jours.", support="yes")
    assert state_of(part()) == state_of(part(told)) == "found"
    assert state_of(part(lack)) == "partial"
    assert state_of(part(lack.model_copy(update={"support": "partly"}))) == "found"
    assert state_of(part(lack, state="not_found")) == "not_found"
