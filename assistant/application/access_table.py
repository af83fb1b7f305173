"""The matrix of access as a document: every role, act and relation, written from the data that the program applies."""

from assistant.access.actor import ROLES, Role
from assistant.access.grants import ACTS, RELATIONS, Act, Relation, granted

ROLE_SAID: dict[Role, str] = {
    "juror": "juré", "candidate": "candidat", "trainer": "formateur", "organiser": "organisateur",
    "administrator": "administrateur",
}  # fmt: skip
RELATION_SAID: dict[Relation, str] = {
    "anyone": "rien de particulier (acte qui ne concerne aucun dossier)",
    "alone": "seul sur sa machine, en mode local (acte qui ne concerne aucun dossier)",
    "own": "son propre dossier, hors session",
    "shared": "dossier hors session, partagé avec cette personne",
    "other's": "dossier hors session de quelqu’un d’autre",
    "organises": "organise la session et n’est pas juré de ce dossier",
    "organises, file incomplete": "organise la session, n’est pas juré de ce dossier, et l’a dit incomplet",
    "not assigned": "dossier d’une session, non attribué",
    "trained": "juré de ce dossier, mais a formé le candidat",
    "link not declared": "juré de ce dossier, lien non déclaré",
    "link declared": "juré de ce dossier, lien déclaré avec le candidat",
    "link declared, locked": "juré de ce dossier, lien déclaré (ou non déclaré), lecture verrouillée",
    "reads": "juré de ce dossier sans lien, avant verrouillage",
    "reads, file incomplete": "juré de ce dossier sans lien, avant verrouillage, dossier dit incomplet",
    "locked": "juré de ce dossier sans lien, sa lecture verrouillée, une autre ouverte",
    "all locked": "juré de ce dossier sans lien, toutes les lectures verrouillées",
    "told": "en plus : l’organisateur communique les aménagements au jury",
}
ACT_SAID: dict[Act, str] = {
    "sign in": "se connecter", "hand in a dossier": "déposer un dossier", "keep phrases": "garder ses phrases",
    "read the catalogue": "lire le catalogue", "see people": "voir la liste des personnes",
    "author a référentiel": "modifier les référentiels", "grant roles": "donner des rôles",
    "maintain": "administrer l’installation",
    "work the queue": "lire les dossiers de la file partagée (le programme lui-même)", "found a session": "créer une session",
    "organise": "organiser (attribuer, remplacer, retirer, aménagements)", "unlock": "déverrouiller, révoquer",
    "share": "partager avec un formateur", "keep cohorts": "suivre une promotion", "run the pre-read": "lancer la prélecture",
    "read the dossier": "lire le dossier", "read own work": "lire son propre travail",
    "write own work": "écrire son propre travail", "declare a link": "déclarer un lien", "lock": "verrouiller",
    "read the others' work": "lire les autres lectures", "agree": "arrêter le texte du jury",
    "read accommodations": "lire les aménagements", "export": "exporter",
}  # fmt: skip
HEAD = """# Qui peut faire quoi

Cette page est écrite par `prelecture access` à partir des données que le programme applique (`assistant/access/grants.py`) ;
un test la compare à chaque fois. Chaque case est essayée. Ce qui n’est pas écrit ici est refusé, et chaque refus est
inscrit dans l’audit. Plusieurs relations peuvent valoir à la fois ; « rien de particulier » vaut toujours.
"""


def as_markdown() -> str:
    """The whole matrix, a table per relation that allows something; the others are listed."""
    parts = [HEAD]
    for relation in RELATIONS:
        acts = [act for act in ACTS if any(_cell(role, act, relation) for role in ROLES)]
        parts.append(f"\n## {RELATION_SAID[relation][:1].upper()}{RELATION_SAID[relation][1:]}\n")
        if not acts:
            parts.append("\nRien de plus n’est permis.\n")
            continue
        roles = [role for role in ROLES if any(_cell(role, act, relation) for act in acts)]
        parts.append("\n| acte | " + " | ".join(ROLE_SAID[role] for role in roles) + " |\n")
        parts.append("| --- |" + " --- |" * len(roles) + "\n")
        parts += [
            f"| {ACT_SAID[act]} | "
            + " | ".join("oui" if _cell(role, act, relation) else "non" for role in roles)
            + " |\n"
            for act in acts
        ]
    return "".join(parts)


def _cell(role: Role, act: Act, relation: Relation) -> bool:
    return granted(role, act, frozenset({relation}))
