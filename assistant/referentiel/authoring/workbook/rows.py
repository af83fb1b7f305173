"""A référentiel as the rows of the workbook's sheets, and rows as a référentiel: no file, no format."""

from collections.abc import Mapping
from typing import Any

from assistant.referentiel.authoring.workbook.sheets import SHEETS, TOP
from assistant.referentiel.model import Modality, Referentiel

Row = dict[str, Any]
RULES = {"prérequis": "prerequisites", "jury": "jury_rules", "note": "notes"}


def rows_of(referentiel: Referentiel) -> tuple[Row, dict[str, list[Row]]]:
    """The référentiel's own fields, and the rows of each sheet in their order."""
    top = {column.field: getattr(referentiel, column.field) for column in TOP}
    rows: dict[str, list[Row]] = {sheet.title: [] for sheet in SHEETS}
    for word, name in RULES.items():
        rows["Règles"] += [{"kind": word, "text": text} for text in getattr(referentiel, name)]
    for modality in referentiel.general_modalities:
        _modality(rows, modality, None)
    for bloc in referentiel.blocs:
        rows["Blocs"].append(_own(bloc, "Blocs"))
        for activity in bloc.activities:
            rows["Activités"].append({**_own(activity, "Activités"), "bloc": bloc.id})
            said = _beside(activity.tasks, activity.tasks_source_text)
            rows["Tâches"] += [{"activity": activity.id, "text": t, "source_text": s} for t, s in said]
        rows["Compétences"] += [{**_own(one, "Compétences"), "bloc": bloc.id} for one in bloc.competences]
        for modality in bloc.modalities:
            _modality(rows, modality, bloc.id)
        for criterion in bloc.criteria:
            rows["Critères"].append({**_own(criterion, "Critères"), "bloc": bloc.id})
            said = _beside(criterion.indicators, criterion.indicators_source_text)
            rows["Indicateurs"] += [{"criterion": criterion.id, "text": t, "source_text": s} for t, s in said]
            for requirement in criterion.requirements:
                rows["Exigences"].append({**_own(requirement, "Exigences"), "criterion": criterion.id})
                for way, clues in (("indice", requirement.clues), ("contre-indice", requirement.counter_clues)):
                    rows["Indices"] += [{"requirement": requirement.id, "way": way, "text": text} for text in clues]
    return top, rows


def _modality(rows: dict[str, list[Row]], modality: Modality, bloc: str | None) -> None:
    rows["Épreuves"].append({**_own(modality, "Épreuves"), "bloc": bloc})
    rows["Livrables"] += [{**_own(one, "Livrables"), "modality": modality.id} for one in modality.deliverables]
    rows["Présentés"] += [{**_own(one, "Présentés"), "modality": modality.id} for one in modality.expected]


def _own(entry: Any, title: str) -> Row:
    sheet = next(one for one in SHEETS if one.title == title)
    return {c.field: getattr(entry, c.field) for c in sheet.columns if c.field != sheet.parent}


def _beside(texts: tuple[str, ...], printed: tuple[str | None, ...]) -> list[tuple[str, str | None]]:
    return [(text, printed[place] if place < len(printed) else None) for place, text in enumerate(texts)]


def content_of(top: Mapping[str, Any], rows: Mapping[str, list[Row]]) -> dict[str, Any]:
    """The référentiel's plain values, as its YAML file has them; what belongs nowhere was refused before."""
    made = dict(top)
    for word, name in RULES.items():
        made[name] = [row["text"] for row in rows["Règles"] if row["kind"] == word]
    modalities = {row["id"]: {**_without(row, "bloc"), "deliverables": [], "expected": []} for row in rows["Épreuves"]}
    for title, name in (("Livrables", "deliverables"), ("Présentés", "expected")):
        for row in rows[title]:
            modalities[row["modality"]][name].append(_without(row, "modality"))
    made["general_modalities"] = [modalities[row["id"]] for row in rows["Épreuves"] if not row.get("bloc")]
    activities = {
        row["id"]: {**_without(row, "bloc"), **_lines(rows["Tâches"], "activity", row["id"], "tasks")}
        for row in rows["Activités"]
    }
    criteria = {row["id"]: _criterion(row, rows) for row in rows["Critères"]}

    def of(title: str, bloc: str, known: Mapping[str, Any]) -> list[Any]:
        return [known[row["id"]] for row in rows[title] if row.get("bloc") == bloc]

    made["blocs"] = [
        {
            **bloc,
            "activities": of("Activités", bloc["id"], activities),
            "competences": [_without(row, "bloc") for row in rows["Compétences"] if row["bloc"] == bloc["id"]],
            "modalities": of("Épreuves", bloc["id"], modalities),
            "criteria": of("Critères", bloc["id"], criteria),
        }
        for bloc in rows["Blocs"]
    ]
    return made


def _criterion(row: Row, rows: Mapping[str, list[Row]]) -> Row:
    made = {**_without(row, "bloc"), **_lines(rows["Indicateurs"], "criterion", row["id"], "indicators")}
    made["requirements"] = [
        {
            **_without(one, "criterion"),
            "clues": _said(rows, one["id"], "indice"),
            "counter_clues": _said(rows, one["id"], "contre-indice"),
        }
        for one in rows["Exigences"]
        if one["criterion"] == row["id"]
    ]
    return made


def _said(rows: Mapping[str, list[Row]], requirement: str, way: str) -> list[str]:
    return [row["text"] for row in rows["Indices"] if (row["requirement"], row["way"]) == (requirement, way)]


def _lines(rows: list[Row], parent: str, owner: str, name: str) -> Row:
    own = [row for row in rows if row[parent] == owner]
    printed = [row.get("source_text") for row in own]
    return {name: [row["text"] for row in own], f"{name}_source_text": printed if any(printed) else []}


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name and value is not None}
