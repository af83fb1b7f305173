"""Two made certifications, of trades that no bundled référentiel knows: what `fresh` draws in forms of its own."""

from dataclasses import dataclass

from benchmarks.importing.gold import Gold, GoldCriterion


@dataclass(frozen=True, slots=True)
class Made:
    """A competence and its criteria, each with its points (or none)."""

    text: str
    criteria: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A bloc: what is asked in it and what is handed in."""

    title: str
    competences: tuple[Made, ...]
    exam: str
    deliverables: tuple[str, ...]


CYCLES = (
    Part(
        "Accueillir le client et établir le diagnostic du cycle",
        (
            Made(
                "Recueillir la demande du client afin de préparer l’intervention",
                (
                    ("Les usages du cycle sont questionnés avant tout démontage.", 2.0),
                    ("La demande est reformulée et le client confirme la reformulation.", 1.0),
                    ("La fiche d’accueil comporte l’identité du cycle, son kilométrage et les défauts signalés.", 2.0),
                ),
            ),
            Made(
                "Diagnostiquer l’état du cycle à l’aide des instruments de mesure de l’atelier",
                (
                    ("Au moins quatre points de sécurité sont contrôlés : freins, direction, roues et éclairage.", 3.0),
                    ("Les cotes d’usure relevées sont comparées aux tolérances du constructeur.", 2.0),
                    (
                        "Le diagnostic distingue ce qui est urgent de ce qui peut attendre, et le choix est justifié.",
                        2.0,
                    ),
                ),
            ),
            Made(
                "Rédiger un devis conforme à la réglementation",
                (
                    ("Le devis détaille la main-d’œuvre, les pièces et la TVA.", 1.0),
                    ("Une solution de réemploi est proposée lorsque la pièce d’occasion existe.", 1.0),
                ),
            ),
        ),
        "Étude de cas écrite",
        ("Une fiche d’accueil renseignée", "Un devis accompagné de sa note de diagnostic"),
    ),
    Part(
        "Réparer et mettre au point",
        (
            Made(
                "Organiser son poste et ses approvisionnements",
                (
                    ("Le poste est rangé, les fluides sont tracés et les déchets triés.", 1.0),
                    ("Les pièces sont commandées en tenant compte des délais et du stock réel.", 1.0),
                ),
            ),
            Made(
                "Remplacer les organes mécaniques et électriques d’un cycle à assistance",
                (
                    ("L’alimentation est coupée avant toute intervention sur la batterie.", 3.0),
                    ("Les couples de serrage du constructeur sont respectés.", 2.0),
                    ("Le jeu de direction et la tension de chaîne sont repris après essai.", 2.0),
                    ("Le candidat explique pourquoi il remplace l’organe plutôt que de le réparer.", 1.0),
                ),
            ),
            Made(
                "Contrôler la qualité de l’intervention",
                (
                    ("Un essai sur route précède la remise du cycle.", 2.0),
                    ("Les écarts constatés pendant l’essai sont consignés puis corrigés.", 1.0),
                ),
            ),
        ),
        "Mise en situation professionnelle",
        ("Un ordre de réparation signé", "Un compte rendu d’essai illustré de photographies"),
    ),
    Part(
        "Piloter l’atelier",
        (
            Made(
                "Suivre l’activité à partir d’indicateurs",
                (
                    ("Trois indicateurs au minimum sont suivis chaque semaine.", 2.0),
                    ("Les écarts avec l’objectif sont analysés et une action est proposée.", 2.0),
                ),
            ),
            Made(
                "Accompagner un apprenti en situation de travail",
                (
                    ("Les consignes sont données dans l’ordre des gestes à accomplir.", 1.0),
                    ("Le retour fait à l’apprenti s’appuie sur des faits observés.", 1.0),
                    ("Les adaptations nécessaires à une situation de handicap sont recherchées avec la personne.", 2.0),
                ),
            ),
        ),
        "Soutenance orale",
        ("Un tableau de bord de l’atelier sur trois mois",),
    ),
)

LIEUX = (
    Part(
        "Concevoir l’offre d’un tiers-lieu",
        (
            Made(
                "Analyser les besoins du territoire en consultant habitants et partenaires",
                (
                    ("L’enquête porte sur un échantillon décrit et des méthodes nommées", None),
                    ("Les attentes recueillies sont classées par public", None),
                    ("Les données publiques employées sont datées et leur source est citée", None),
                ),
            ),
            Made(
                "Bâtir un programme d’activités accessible à tous",
                (
                    ("Le programme couvre au moins un trimestre", None),
                    ("Chaque activité a un objectif, un public et un coût", None),
                    ("Les horaires tiennent compte des contraintes des familles", None),
                    ("L’accessibilité des locaux est vérifiée avant l’annonce", None),
                ),
            ),
        ),
        "Dossier écrit de vingt pages",
        ("Une note d’analyse du territoire", "Un programme trimestriel chiffré"),
    ),
    Part(
        "Animer la communauté des usagers",
        (
            Made(
                "Accueillir et orienter les usagers",
                (
                    ("Les règles de vie du lieu sont présentées dès la première visite", None),
                    ("L’usager est orienté vers l’interlocuteur compétent", None),
                ),
            ),
            Made(
                "Faciliter un atelier participatif en choisissant des méthodes d’animation adaptées au groupe",
                (
                    ("La méthode choisie est expliquée aux participants", None),
                    ("La parole circule : chacun a pu s’exprimer au moins une fois", None),
                    ("Les désaccords sont reformulés sans prendre parti", None),
                    ("Le temps imparti est respecté", None),
                ),
            ),
            Made(
                "Gérer les tensions entre usagers",
                (
                    ("Les faits sont distingués des ressentis", None),
                    ("Un recours au médiateur est proposé lorsque le conflit persiste", None),
                ),
            ),
        ),
        "Mise en situation avec un groupe",
        ("Un déroulé d’atelier minuté", "Un bilan de l’atelier signé de deux participants"),
    ),
    Part(
        "Assurer la viabilité économique du lieu",
        (
            Made(
                "Établir un budget prévisionnel",
                (
                    ("Les charges fixes et les charges variables sont séparées", None),
                    ("Deux hypothèses de fréquentation sont chiffrées", None),
                    ("Le seuil de rentabilité est calculé et commenté", None),
                ),
            ),
            Made(
                "Rechercher des financements publics et privés",
                (
                    ("Trois financeurs au moins sont identifiés avec leur calendrier", None),
                    ("La demande rédigée répond aux critères de l’appel à projets", None),
                    ("Les contreparties promises sont tenables", None),
                ),
            ),
        ),
        "Entretien avec le jury",
        ("Un budget prévisionnel sur deux ans", "Une demande de subvention complète"),
    ),
)


def gold_of(
    name: str, title: str, parts: tuple[Part, ...], *, codes: bool, points: bool, deliverables: bool = True
) -> Gold:
    """The right answer: codes `C1`, `Cr1.2` counted through the blocs when they are printed."""
    criteria: list[GoldCriterion] = []
    rank = 0
    for part in parts:
        for made in part.competences:
            rank += 1
            for place, (text, worth) in enumerate(made.criteria, 1):
                code = f"Cr{rank}.{place}" if codes else None
                criteria.append(GoldCriterion(code, text, (made.text,), part.title, worth if points else None))
    owners = tuple(made.text for part in parts for made in part.competences)
    handed = tuple(one for part in parts for one in part.deliverables) if deliverables else ()
    return Gold(name, tuple(criteria), handed, owners, (), title)
