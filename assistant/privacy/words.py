"""The small words by which names are told: civilities, particles, articles, words of relation."""

from functools import cache
from pathlib import Path

from assistant.lexicon.french import brands
from assistant.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CIVILITIES = _words(
    """
    m mm mr mrs mme mmes mlle melle mlles monsieur madame mademoiselle messieurs mesdames dr docteur docteure me maître pr
    professeur professeure
    """
)
SHORT_CIVILITIES = _words("m mm mr mrs mme mmes mlle melle mlles")
CASES = _words("dossier chantier affaire sinistre famille epoux couple")
"""Folded words of a case that goes by a client's name."""
MADE_BY = _words(
    """
    presente presentee realise realisee redige redigee valide validee signe signee vise visee encadre encadree supervise
    supervisee verifie verifiee corrige corrigee relu relue etabli etablie effectue effectuee anime animee approuve approuvee
    controle controlee prepare preparee represente representee accompagne accompagnee forme formee remplace remplacee
    """
)
"""Folded participles after which "par" names somebody."""
BY_ANOTHER_NAME = _words("nee epouse marital maritale usage naissance veuve")
"""Folded words of a label before a family name: "ÉPOUSE DURAND"."""
PRESENT = _words(
    "presents presentes present presente absents absentes absent excuses excusees participants participantes emargement"
)
"""Folded labels of a list of people."""
NO_NICKNAMES = _words("Coco Kiki Bobo Dodo Lolo Papa Mama Baba Soso Toto Pipi Caca Zozo Gogo Yoyo Dada Tata Toto")
PARTICLES = _words(
    """
    de du des le la les van von der den el al ben bint da do dos di della d l st saint
    """
)
ARTICLES = _words(
    """
    le la les l un une des du au aux ce cet cette ces mon ma mes notre nos votre vos leur leurs son sa ses chaque quel
    quelle aucun aucune logiciel application outil société entreprise marque sur
    """
)
LOCATIVES = _words(
    """
    à en vers depuis sur dans près région ville commune
    """
)
NAMED_AFTER = _words(
    """
    diagramme methode loi matrice modele pyramide theorie principe courbe test echelle roue cycle regle effet indice
    theoreme lycee college ecole rue avenue place boulevard hopital mediatheque bibliotheque gymnase stade salle musee
    universite institut centre clinique gare parc quai pont fondation prix trophee fauteuil chaise table style
    syndrome maladie decret film roman livre chanson serie album bande-dessinee residence espace foyer complexe
    maison rond-point festival
    """
)
"""What bears somebody's name without speaking of him, in folded words."""
RELATIONS = _words(
    """
    maman papa mamie papi copain copine
    assistante assistant associé associée collègue patron patronne conjoint conjointe époux épouse mari femme compagne
    compagnon frère soeur sœur père mère fils fille cousin cousine beau-père belle-mère beau-frère belle-soeur
    belle-sœur tante oncle ami amie voisin voisine tuteur tutrice maître maîtresse apprenti apprentie stagiaire
    alternant alternante comptable gérant gérante dirigeant dirigeante directeur directrice responsable chef cheffe
    formateur formatrice salarié salariée vendeur vendeuse secrétaire manager développeur développeuse commercial
    commerciale technicien technicienne infirmier infirmière médecin client cliente patient patiente élève
    bénéficiaire résident résidente adjoint adjointe coordinateur coordinatrice conseiller conseillère aide-soignante
    ouvrier ouvrière cuisinier cuisinière coiffeur coiffeuse président présidente maire chargé chargée référent
    référente préparateur préparatrice menuisier plombier électricien mécanicien artisan candidat candidate auteur
    auteure autrice prénom prénoms nom signataire signé nommé nommée prénommé prénommée appelle appelait appelé
    appelée merci remercie bonjour bonsoir salut coucou cher chère rédacteur rédactrice relecteur relectrice vérificateur
    titulaire contact interlocuteur interlocutrice serveur serveuse livreur livreuse caissier caissière gérants patrons
    magasinier magasinière cariste chauffeur conducteur conductrice aide soignant soignante pharmacien pharmacienne
    notaire avocat avocate expert experte consultant consultante paysagiste maçon couvreur peintre carreleur plaquiste
    cuisinière pâtissier pâtissière boulangère bouchère fleuriste esthéticienne binôme équipier équipière coéquipier
    coéquipière neveu nièce parrain marraine mentor coach manageuse supérieur supérieure encadrant encadrante
    enseignant enseignante professeur professeure intervenant intervenante animateur animatrice éducateur éducatrice
    kinésithérapeute ostéopathe vétérinaire architecte géomètre éleveur éleveuse maraîcher maraîchère bénévole adhérent
    adhérente locataire propriétaire usager usagère enfant bébé grand-mère grand-père belle-fille gendre petit-fils
    petite-fille mentore famille couple docteur docteure visa destinataire
    destinataires expéditeur expéditrice émetteur émettrice veuve veuf née stagiaires apprentis collègues alternants
    """
)
"""Words that a name follows or goes before: "mon assistante Léa", "je m’appelle Jordan", "Nadège, ma collègue"."""


TELLS_A_PERSON = _words(
    """
    avec par chez a cest
    """
)
"""Folded words after which a first name in small letters is believed: "j’ai expliqué a kevin"."""
BEFORE_A_NAME = _words(
    """
    avec par chez à a selon après sans pour
    """
)
"""Small words after which a capital inside a sentence, without an article, is a name: "d’après Rose", "confié à Côme"."""
BEFORE_SOMEBODY = _words("avec par chez selon sans")
"""After which a name that is also a town's is somebody's."""
BEFORE_A_NAME_IN_CAPITALS = BEFORE_A_NAME | _words("de et pour")
ACTS = _words(
    """
    a avait aura ont avaient
    """
)
"""Auxiliaries after which a bare first name is somebody: no common noun stands before a verb without its article."""
HAS_SAID = _words(
    """
    dit demande repondu explique montre appris confie signale appele rappele conseille rejoint raconte avoue
    """
)
"""Folded participles of what one person does to another: "Sefket m’a montré"."""
MEETS = _words(
    """
    appele rappele appelle rencontre remercie forme accompagne aide prevenu prevenue averti ecoute interroge croise
    rassure felicite remplace
    """
)
"""Folded verbs whose object, without an article, is a person: "j’ai rappelé Sefket"."""
SPEAKS = _words(
    """
    dit disait demande demandait répond répondait écrit propose explique raconte pense veut voulait arrive vient m’appelle
    m’envoie m’écrit avait est était
    """
)
"""What a first name in small letters does: "kevin dit que"."""
SAYS_SO = _words(
    "dit disait demande demandait répond répondait écrit propose explique veut voulait pense m’appelle m’envoie m’écrit"
)
"""Verbs of somebody: a word of no language before one of them, at a sentence's beginning, is a name."""
BEFORE_ONE = _words(
    "petit petite dame "
    "pour sans selon que appele rappele vu croise rencontre prevenu remplace remplacer aide forme accompagne remercie moi"
)
"""Folded words after which too a first name in small letters is believed."""
OF_SOMEBODY = _words(
    """
    poste planning bureau place numero mail anniversaire depart arrivee conge conges remplacement absence retour avis aide
    accord demande remarque idee travail equipe tournee secteur ordinateur telephone contrat cote
    """
)
"""Folded nouns after which "de" and a first name in small letters says whose they are."""
WITH_ONE = _words(
    """
    moi lui elle
    """
)
NOBODY_HERE = _words(
    """
    persona personas fictif fictive fictifs fictives avatar avatars personnage personnages imaginaire imaginaires invente
    inventee inventes emprunt
    """
)
"""Words by which a sentence says that whom it names does not exist."""
NOBODY_AFTER_A_CIVILITY = _words("tout-le-monde untel unetelle toulemonde")
FEASTS = _words(
    """
    noel paques toussaint valentin carnaval
    """
)
GIVEN_AS_A_NAME = _words(
    """
    nom prenom prenoms
    """
)
"""Labels: what follows their colon is a name, whatever word it is."""
SAYS_OF_A_PERSON = _words(
    """
    occupe occupait occupera pense pensait raconte racontait habite habitait aime aimait prefere preferait sourit rit crie
    pleure croit croyait hesite hesitait arrive dit disait demande repond raconte explique veut vient
    """
)
"""Folded verbs whose subject is a person."""
SAID_OF_A_PERSON = _words(
    """
    charge chargee responsable absent absente malade embauche embauchee arrive arrivee parti partie venu venue ne nee
    marie mariee stagiaire salarie salariee content contente fatigue fatiguee presente apprenti apprentie alternant
    alternante enceinte retraite retraitee forme formee inquiet inquiete
    """
)
"""Folded words that "est" and "était" say of a person, not of a thing."""
LEGAL_FORMS = _words(
    """
    sarl sas sasu eurl sa sci snc scop scic ei eirl association cabinet entreprise societe groupe agence ets
    etablissements maison
    """
)
"""Folded words of a company's name that do not tell it from another."""
LEGAL_FORMS_ALONE = _words(
    "ei eirl selarl asbl scea sarl sas sasu eurl sa sci snc scop scic gaec earl ets établissements etablissements"
)
"""What a firm's name stands beside, in small letters: "SARL Dupont", "Armorique Levage SAS"."""
FIRMS = _words(
    """
    entreprise société garage restaurant brasserie boulangerie pâtisserie boucherie charcuterie hôtel camping pharmacie
    crèche micro-crèche association asso coopérative auberge pizzeria crêperie imprimerie menuiserie cabinet agence
    transports maçonnerie plomberie charpente ébénisterie traiteur opticien ambulances résidence sous-traitant employeur
    prestataire fournisseur grossiste partenaire concurrent négociant loueur magasin boutique fromagerie poissonnerie
    épicerie cave scierie serrurerie carrosserie pépinière boîte micro-entreprise auto-entreprise start-up startup filiale
    franchise
    """
)
"""Nouns of firms whose name follows, in small letters."""
OF_A_FIRM = _words(
    """
    equipe equipes patron patronne directeur directrice gerant gerante dirigeant dirigeante salaries locaux siege direction
    clients clientes employes comptable commercial commerciale cogerant fondateur fondatrice actionnaires commandes factures
    """
)
"""Folded nouns after which "de" and a word of no other use name a firm, or whoever is its head."""
TRADES = _words(
    """
    distribution services service conseil conseils consulting formation formations rénovation bâtiment construction
    constructions transports transport industrie industries solutions systèmes électricité plomberie chauffage immobilier
    immobilière menuiserie maçonnerie couverture peinture nettoyage propreté sécurité logistique environnement
    informatique énergie énergies habitat piscines paysages espaces-verts ambulances taxis optique traiteur coiffure
    esthétique beauté automobiles auto motoculture équipements matériaux bois métallerie aménagement assurances
    développement événements événementiel communication expertise ingénierie production productions
    """
)
"""What follows the name of a firm, with its capital: "Capillum Distribution"."""
PLACES_OF_CARE = _words(
    """
    ehpad esat ime mas fam itep mecs ssiad foyer clinique polyclinique hôpital chu chr ch maternité
    """
)
PUBLIC_PLACES = _words(
    """
    lycée collège école université institut cfa mfr greta ifsi ifas campus salon groupe domaine château ferme maison
    """
)
"""What bears a name that everybody knows: told only where the sentence ties it to whoever writes."""
EMPLOYMENT = (
    "embauch", "stag", "altern", "travaill", "salari", "apprenti", "poste", "contrat", "entre", "recrut", "mission",
    "interim", "employ", "cdi", "cdd", "exerc", "effectu", "arriv", "debut", "commenc", "passe", "occup", "rejoin",
)  # fmt: skip
"""How folded words begin that say who employs: "embauchée chez", "mon stage chez"."""

LIVES_IN = _words("habite habitait habitant quitte quittait rejoint")
"""Folded verbs whose object is a town."""
COMES_FROM = _words(
    """
    est suis etais etait sommes etions sont viens vient venait venaient venons venu venue venus arrive arrivee arrives natif
    native originaire parti partie revenu revenue rentre rentree pres loin autour cote alentours environs
    partant partir
    """
)
"""Folded words between which and a town "de" says where somebody comes from or is."""
HOUSES = _words(
    """
    mairie commune ville village usine agence chantier magasin boutique atelier site depot entrepot hopital
    clinique ehpad lycee college ecole cfa afpa greta gare antenne quartier cabinet salon prefecture
    sous-prefecture tribunal caserne creche restaurant pharmacie hotel camping maison garage centre plateforme
    succursale filiale club marche mediatheque maternite foyer residence hameau bourg
    """
)
"""Folded nouns of what stands in one town: "la mairie de", "notre agence de"."""
TOWN_HALLS = _words(
    """
    mairie commune ville village usine agence gare hopital hameau bourg
    """
)
"""Those after which a common word with its capital is a town's too."""
LABELS_OF_PLACES = _words(
    """
    lieu ville commune localite residence domicile adresse site secteur
    """
)
"""Folded labels of a place."""
OF_A_LIFE = (
    "travaill", "embauch", "stage", "formation", "form", "apprent", "altern", "install", "demenag", "vit", "vis",
    "vec", "viv", "habit", "log", "etud", "scolar", "lycee", "college", "ecole", "arriv", "grandi", "famille",
    "parents", "vien", "retourn", "rentr", "ouvert", "repris",
)  # fmt: skip
"""How folded words begin that speak of a life."""


@cache
def let_through() -> frozenset[str]:
    """Folded names of software, services, brands and institutions."""
    lines = (Path(__file__).parent / "let_through.txt").read_text(encoding="utf-8").splitlines()
    return brands() | frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


@cache
def folded_relations() -> frozenset[str]:
    return frozenset(map(fold, RELATIONS))
