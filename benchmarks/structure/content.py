"""What the made dossiers say: blocks of known sentences, the same whatever program sets them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "prose", "bullets", "numbers", "table", "code", "note", "question"]


@dataclass(frozen=True, slots=True)
class Said:
    """One block: its sentences or items; of a table, `rows` with the heading first; of a note, the call's number."""

    kind: BlockKind
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """A dossier: its name and its blocks in reading order."""

    name: str
    blocks: tuple[Said, ...] = field(default=())

    def sentences(self) -> Iterator[str]:
        """What should be read, in order."""
        for block in self.blocks:
            if block.kind == "table":
                yield from (" | ".join(cell for cell in row if cell) for row in block.rows)
            elif block.kind == "numbers":
                yield from (f"{n}. {text}" for n, text in enumerate(block.texts, start=1))
            else:
                yield from block.texts


PROSE = """
Pendant huit semaines, j’ai relevé les appels du service client et mesuré le temps de ressaisie des dossiers.
La responsable, Mme Lefèvre, a validé le tableau des motifs en réunion d’équipe le 12 mai 2025.
Nous recevons en moyenne 42,5 appels par jour, dont 18 concernent une facture ou un délai de livraison.
Le devis s’élève à 1 250,50 € H.T., soit 1 500,60 € T.T.C., et le client a signé le 3 mars.
J’ai d’abord écouté les enregistrements, puis j’ai classé les demandes selon leur urgence et leur coût.
Est-ce que cette organisation tient quand deux personnes sont absentes le même jour ?
M. Petit, l’expert-comptable du cabinet, a relu les chiffres et corrigé deux erreurs de saisie.
Les relances partent désormais à J+5, J+12 et J+30, sans que personne n’ait à y penser.
Cette solution coûte 29 € par mois, ce qui reste inférieur au prix d’une heure perdue chaque semaine.
Le taux de réponse est passé de 34 % à 51 % entre janvier et avril, d’après le tableau de suivi.
Je n’ai pas retenu l’outil le plus complet, parce qu’il demandait une formation de trois jours.
« Vous m’aviez promis un rappel avant midi », m’a dit une cliente qui attendait depuis la veille.
L’équipe compte douze personnes : quatre au comptoir, cinq à l’atelier et trois à l’administration.
Le règlement européen impose d’informer les personnes dont les données sont traitées (cf. art. 13 du RGPD).
Nous avons donc ajouté une mention sous le formulaire et réduit la durée de conservation à douze mois.
Chaque vendredi à 16 h 30, je présente les écarts à l’équipe et nous décidons ensemble des corrections.
Un client mécontent en parle à dix autres, alors qu’un client satisfait revient sans rien dire.
Le stock d’aujourd’hui ne permet plus de servir deux commandes importantes dans la même matinée.
La S.A.R.L. Martin nous livre le mardi et le jeudi, avec un retard moyen de vingt minutes.
Tout cela m’a appris à mesurer avant de changer, et à ne changer qu’une chose à la fois.
Le compte-rendu est rangé dans un dossier partagé que chacun peut ouvrir depuis son téléphone.
Si le prix baisse, la marge disparaît ; si le délai s’allonge, le client s’en va.
Nos petits-déjeuners professionnels réunissent une vingtaine d’artisans du quartier tous les deux mois.
Après trois semaines d’essai, deux collègues sur cinq utilisaient encore l’ancien cahier de rendez-vous.
J’ai préparé une fiche d’une page, avec des captures d’écran, et je l’ai affichée près de la caisse.
La direction a fixé trois objectifs : répondre plus vite, perdre moins de devis et mieux suivre les retours.
En cas d’absence, le planning bascule automatiquement vers la personne d’astreinte désignée le lundi.
Le résultat n’est pas parfait, mais il est mesuré, partagé et compris par tous.
Voir aussi p. 12 et l’annexe 3, où figurent les réponses détaillées des vingt-sept clients interrogés.
Les avis laissés en ligne (4,6 sur 5 en moyenne) mentionnent surtout l’accueil et la rapidité.
J’ai demandé à l’assistant de résumer les messages, puis j’ai vérifié chaque résumé moi-même.
Aucune donnée personnelle n’est envoyée à l’extérieur : les noms sont remplacés avant tout traitement.
Le mode opératoire tient en six étapes et se trouve dans le classeur vert de l’accueil.
Pourquoi garder une étape manuelle alors que tout le reste est automatique ?
Parce qu’une erreur de prix engage l’entreprise et que personne ne veut l’expliquer au client.
L’indicateur choisi est simple : le nombre de dossiers ouverts depuis plus de dix jours.
Depuis cette date, le nombre de réclamations a diminué d’un tiers et les appels du soir ont cessé.
Mes collègues m’ont aidé à corriger les formulations trop longues ou trop techniques.
La procédure prévoit une relecture croisée, une signature et un archivage dans les 48 heures.
Il reste à former les deux saisonniers qui arrivent en juin, ce que je ferai pendant leur première semaine.
""".strip().splitlines()
BULLETS = """
relancer les devis restés sans réponse depuis plus de sept jours
Accueil du client, écoute de la demande et reformulation
Proposer un créneau de rappel et l’inscrire dans l’agenda partagé
vérifier que la pièce est disponible avant de promettre une date de livraison au client qui attend au comptoir
Rédaction d’une réponse type pour chacune des cinq questions les plus fréquentes
Mise à jour du fichier des adresses, doublons compris.
mesurer le temps passé, noter l’écart et en parler le vendredi ;
Un tableau de bord lisible en moins d’une minute, imprimé chaque lundi matin et affiché dans la salle de pause
Suivi des retours sous garantie
contrôler les prix de la semaine avec le fournisseur principal
Le partage des bonnes pratiques entre les deux boutiques du réseau
archiver les bons de commande signés
""".strip().splitlines()
TITLES = """
Le contexte de l’entreprise
Les points de friction relevés
La solution mise en place
Les résultats obtenus
Ce que j’ai appris
Le cadre juridique
L’organisation de l’équipe
Les outils comparés
La conduite du changement
Les limites du projet
""".strip().splitlines()
TABLES = (
    (("Motif", "Appels par jour", "Réponse"), ("Facture", "5,8", "4 sur 14 en direct"), ("Livraison", "12,1", "dans l’heure"),
     ("Panne", "3,4", "rappel de l’atelier"), ("Total", "21,3", "")),
    (("Outil", "Prix", "Ce qu’il fait", "Limite"), ("Trello", "0 €", "Suivi des demandes", "Pas de relance"),
     ("Make", "29 €", "Envoi des messages", "Demande un compte"),
     ("Tableur", "0 €", "Calcul des écarts", "Saisie à la main")),
    (("Étape", "Responsable", "Délai"), ("Prise d’appel", "Accueil", "2 minutes"), ("Devis", "Atelier", "3 jours"),
     ("Relance", "Administration", "7 jours")),
)  # fmt: skip
CODE = (
    ("SELECT client, COUNT(*) AS appels", "FROM journal WHERE jour >= '2025-01-06'", "GROUP BY client;"),
    ("def relance(devis):", "return devis.date + timedelta(days=5)"),
)
NOTES = (
    "Enquête menée auprès de 27 clients entre le 6 janvier et le 28 février 2025.",
    "Chiffres tirés du logiciel de caisse, hors retours.",
    "Règlement (UE) 2016/679 du 27 avril 2016.",
)
QUESTIONS = (
    "1. Décrivez les tâches ou opérations que vous avez effectuées, et dans quelles conditions :",
    "2. Précisez les moyens utilisés :",
    "3. Avec qui avez-vous travaillé ?",
)


class Writer:
    """Draws blocks that differ from one another: no sentence is used twice in a dossier."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._prose, self._bullets, self._titles = list(PROSE), list(BULLETS), list(TITLES)
        for pool in (self._prose, self._bullets, self._titles):
            self._draw.shuffle(pool)
        self._tables = list(TABLES)
        self._draw.shuffle(self._tables)

    def title(self, level: int = 1) -> Said:
        return Said("title", (self._titles.pop(),), level=level)

    def prose(self, count: int) -> Said:
        return Said("prose", tuple(self._prose.pop() for _ in range(min(count, len(self._prose)))))

    def bullets(self, count: int, kind: BlockKind = "bullets") -> Said:
        return Said(kind, tuple(self._bullets.pop() for _ in range(min(count, len(self._bullets)))))

    def table(self) -> Said:
        return Said("table", rows=self._tables.pop())


def usual(name: str, seed: int, sections: int = 5) -> Made:
    """A dossier of a few pages: titles, paragraphs, lists and tables."""
    write = Writer(seed)
    blocks: list[Said] = []
    for number in range(sections):
        blocks += [write.title(), write.prose(3), write.prose(2)]
        if number % 3 == 0:
            blocks += [write.bullets(4)]
        elif number % 3 == 1:
            blocks += [write.table()]
        else:
            blocks += [write.bullets(3, "numbers")]
        blocks += [write.prose(2)]
    return Made(name, tuple(blocks))
