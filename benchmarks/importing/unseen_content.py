"""Three made référentiels of unlike habits, in short notation: phrases, sentences with sub-bullets, small letters."""

from dataclasses import dataclass, field

from benchmarks.importing.gold import Gold, GoldCriterion


@dataclass(slots=True)
class Asked:
    """A criterion with its sub-bullets."""

    text: str
    items: list[str] = field(default_factory=list)
    points: float | None = None


@dataclass(slots=True)
class Skill:
    text: str
    asked: list[Asked] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    title: str
    exam: str = ""
    handed: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)


@dataclass(slots=True)
class Made:
    """`coded`: competences and criteria bear `C1`, `CE1.2`; `pointed`: each criterion its points."""

    title: str
    units: list[Unit]


def parsed(text: str) -> Made:
    """# title, = bloc, @ épreuve, > deliverable, ~ task, * competence, - criterion (| points), + sub-bullet."""
    made = Made("", [])
    for line in text.strip().splitlines():
        sign, said = line[0], line[1:].strip()
        if sign == "#":
            made.title = said
        elif sign == "=":
            made.units.append(Unit(said))
        elif sign == "@":
            made.units[-1].exam = said
        elif sign == ">":
            made.units[-1].handed.append(said)
        elif sign == "~":
            made.units[-1].tasks.append(said)
        elif sign == "*":
            made.units[-1].skills.append(Skill(said))
        elif sign == "-":
            said, _, worth = said.partition(" | ")
            made.units[-1].skills[-1].asked.append(Asked(said, points=float(worth) if worth else None))
        elif sign == "+":
            made.units[-1].skills[-1].asked[-1].items.append(said)
    return made


def gold_of(name: str, made: Made, *, coded: bool, pointed: bool, handed: bool = False) -> Gold:
    """The right answer where these are printed."""
    criteria = []
    for unit, rank, skill in skills_of(made):
        for place, one in enumerate(skill.asked, 1):
            said = " ".join([one.text, *one.items])
            criteria.append(
                GoldCriterion(
                    f"CE{rank}.{place}" if coded else None,
                    said,
                    (skill.text,),
                    unit.title,
                    one.points if pointed else None,
                )
            )
    deliverables = tuple(one for unit in made.units for one in unit.handed) if handed else ()
    owners = tuple(skill.text for _, _, skill in skills_of(made))
    return Gold(name, tuple(criteria), deliverables, owners, (), made.title)


def skills_of(made: Made) -> list[tuple[Unit, int, Skill]]:
    """Each competence with its bloc and its number through all blocs."""
    found = [(unit, skill) for unit in made.units for skill in unit.skills]
    return [(unit, rank, skill) for rank, (unit, skill) in enumerate(found, 1)]


PHRASES = parsed("""
# Conseiller en mobilité durable des entreprises
= Diagnostiquer les déplacements d’une organisation
@ Étude de cas à partir d’un dossier remis au candidat (écrit, 3 h)
> Un rapport de diagnostic de quinze pages
> Une carte commentée des flux domicile-travail
~ Recueil des données de déplacement
~ Analyse de l’accessibilité des sites
* Recueillir les habitudes de déplacement des salariés par questionnaire et entretien
- Pertinence des questions posées au regard des objectifs du plan de mobilité
- Respect de l’anonymat des répondants et des règles relatives aux données personnelles
- Taux de réponse suivi et relances adaptées aux publics éloignés du numérique
* Analyser l’accessibilité des sites par tous les modes
- Prise en compte de l’ensemble des modes : marche, vélo, transports collectifs, covoiturage
- Exactitude des temps de parcours calculés
- Identification des ruptures de charge et des points dangereux pour les cyclistes
- Qualité de la représentation cartographique (échelle, légende, sources)
* Estimer les émissions de gaz à effet de serre liées aux déplacements
- Choix justifié des facteurs d’émission
- Cohérence des ordres de grandeur obtenus
- Explicitation des incertitudes et des hypothèses retenues
= Concevoir le plan de mobilité employeur
@ Mise en situation professionnelle reconstituée
> Un plan d’action chiffré sur trois ans
~ Construction du programme d’actions
~ Chiffrage et financement
* Hiérarchiser les actions en concertation avec les partenaires sociaux
- Implication effective des représentants du personnel à chaque étape
- Clarté des critères de hiérarchisation
- Réalisme du calendrier proposé
* Chiffrer les coûts et les gains attendus de chaque action
- Exhaustivité des postes de dépense
- Mobilisation des aides publiques existantes
- Comparaison argumentée d’au moins deux scénarios
- Présentation des résultats compréhensible par un non-spécialiste
* Intégrer les besoins des personnes en situation de handicap dans les actions retenues
- Repérage des besoins spécifiques en lien avec le référent handicap
- Adaptation des solutions proposées
= Animer et évaluer la démarche
@ Soutenance orale devant le jury (30 min)
> Un support de présentation
> Un tableau de bord d’indicateurs
~ Sensibilisation des salariés
~ Suivi des résultats
* Animer un atelier de sensibilisation à la mobilité active
- Adaptation du discours au public
- Dynamisme de l’animation et gestion du temps
- Recours à des supports variés et accessibles
* Suivre les résultats au moyen d’indicateurs partagés
- Choix d’indicateurs mesurables, peu nombreux et reliés aux objectifs
- Périodicité du suivi adaptée aux enjeux
- Proposition d’actions correctives en cas d’écart
* Rendre compte à la direction
- Structure et concision du compte rendu
- Qualité de l’expression orale
- Capacité à répondre aux objections
""")

SENTENCES = parsed("""
# Responsable de production maraîchère biologique
= Planifier la production d’une saison
@ Rapport écrit individuel suivi d’un entretien avec le jury
> Le plan de culture de la saison
> Le budget prévisionnel de l’exploitation
~ Choisir les cultures et les variétés
~ Établir le calendrier de production
* Construire le plan de culture en tenant compte des rotations et des débouchés
- Les rotations sont respectées sur quatre ans. Les familles botaniques sont identifiées. | 3
- Les surfaces sont calculées à partir des rendements observés et des volumes vendus. | 2
- Le calendrier précise pour chaque culture : | 3
+ la date de semis ou de plantation,
+ la durée d’occupation du sol,
+ la période de récolte.
* Évaluer les besoins en main-d’œuvre et en matériel
- Les temps de travaux sont estimés semaine par semaine. | 2
- Le candidat prévoit au moins une solution de remplacement en cas d’absence. | 1
- Le matériel partagé avec d’autres exploitations est signalé, ainsi que ses conditions d’usage. | 1
* Établir le budget prévisionnel de la campagne
- Les charges opérationnelles et les charges de structure sont distinguées. | 2
- Le seuil de commercialisation est calculé. Il est comparé aux ventes de l’année précédente. | 3
= Conduire les cultures
@ Mise en situation sur l’exploitation
> Le cahier d’enregistrement des interventions
~ Préparer les sols
~ Surveiller les cultures
* Préparer les sols en préservant leur structure et leur vie biologique
- Un profil de sol est réalisé avant toute intervention mécanique. | 2
- L’outil choisi est adapté à l’état d’humidité du sol. | 2
- La fertilisation organique est raisonnée à partir d’une analyse datant de moins de trois ans. | 2
* Piloter l’irrigation de façon économe
- La décision d’irriguer s’appuie sur une mesure (sonde, tensiomètre, bilan hydrique). | 2
- Les fuites sont recherchées et réparées sans délai. | 1
- Les volumes prélevés sont enregistrés conformément à l’autorisation. | 1
* Protéger les cultures par des méthodes préventives et biologiques
- Les auxiliaires présents sont reconnus. | 2
- Le seuil d’intervention est justifié. | 2
- Tout traitement est inscrit au registre le jour même ; l’équipement de protection est porté. | 2
- Les mesures préventives (filets, rotation, variétés tolérantes) sont mises en œuvre avant toute lutte directe. | 1
= Commercialiser et coopérer
@ Présentation orale
> Une étude de circuit de vente
~ Organiser la vente
~ Travailler en réseau
* Organiser la vente directe dans le respect de la réglementation
- L’étiquetage est conforme : origine, catégorie, prix au kilogramme, mention du mode de production. | 2
- Les règles d’hygiène sont appliquées pendant le transport et sur l’étal. | 2
- La traçabilité est assurée du lot récolté au client. | 1
* Développer des coopérations avec les acteurs du territoire
- Deux partenariats au moins sont décrits et leurs apports réciproques sont analysés. | 2
- Le candidat situe son exploitation dans le projet alimentaire territorial. | 1
* Accueillir du public en sécurité, y compris des personnes à mobilité réduite
- Le parcours de visite est balisé et accessible. | 1
- Les consignes de sécurité sont énoncées au début de la visite. | 1
""")

SMALL = parsed("""
# Agent de médiation en bibliothèque
= Accueillir et orienter les publics
@ Mise en situation d’accueil (20 minutes) suivie d’un questionnement
> Une fiche d’analyse de pratique
~ Tenir le bureau d’accueil
* Accueillir les usagers dans leur diversité
- l’usager est salué et écouté sans être interrompu
- la demande est reformulée avant d’y répondre
- le niveau de langue est adapté à l’interlocuteur
* Rechercher un document ou une information pour l’usager
- la recherche est menée dans au moins deux sources
- les opérateurs de recherche sont utilisés à bon escient
- le résultat est expliqué à l’usager, qui peut refaire seul la démarche
- les limites de la recherche sont signalées
* Réguler les tensions dans les espaces de lecture
- les règles de vie sont rappelées calmement
- un collègue est sollicité lorsque la situation le demande
= Mettre en valeur les collections
@ Dossier professionnel de vingt pages
> Un dossier professionnel
> Une affiche ou un support numérique
~ Préparer une présentation
* Sélectionner des documents sur un thème donné
- la sélection comporte des documents pour adultes et pour enfants
- la sélection tient compte de l’âge des documents et de leur état
- chaque choix est motivé en une phrase
* Concevoir une présentation thématique
- le thème est lisible d’un seul coup d’œil
- les supports sont accessibles aux personnes malvoyantes
- les droits d’auteur sont respectés
* Évaluer la fréquentation et les emprunts
- deux indicateurs au minimum sont relevés
- les résultats sont comparés à une période de référence
- une piste d’amélioration est proposée
= Animer des actions culturelles
@ Entretien avec le jury
> Un bilan d’action
~ Animer un atelier
* Préparer une séance de lecture à voix haute
- le texte est choisi en fonction de l’âge et du nombre des participants
- la durée prévue est tenue
* Animer un atelier numérique pour débutants
- les objectifs de l’atelier sont annoncés
- les consignes sont données une par une
- chaque participant manipule lui-même l’appareil
- une aide est apportée sans faire à la place
* Travailler avec les partenaires du quartier
- les partenaires sont identifiés et leurs attentes recueillies
- le rôle de chacun est écrit avant l’action
- un bilan commun est rédigé
""")
