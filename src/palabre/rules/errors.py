"""What can be wrong with a rule book, where, and how to put it right, in the words of the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from palabre.rules.words import Words, say


def _both(en: str, fr: str) -> Words:
    return MappingProxyType({"en": en, "fr": fr})


#: By stable code: the problem and its cure in one text. ``{…}`` are filled from the error's values.
MESSAGES: Mapping[str, Words] = MappingProxyType(
    {
        "empty": _both(
            "the rule book is empty. Write at least one [[rules]] table, or delete the file to use the default rules.",
            "il n’y a pas de règles de la maison ici. Écrivez au moins une table [[rules]], "
            "ou supprimez le fichier pour revenir aux règles par défaut.",
        ),
        "not_text": _both(
            "the file is not UTF-8 text. Save it again as UTF-8.",
            "le fichier n’est pas du texte UTF-8. Enregistrez-le de nouveau en UTF-8.",
        ),
        "unreadable": _both(
            "the file cannot be read ({detail}). Let the service's user read it.",
            "le fichier ne peut pas être lu ({detail}). Donnez à l’utilisateur du service le droit de le lire.",
        ),
        "too_big": _both(
            "the file is longer than {most} characters. Shorten it.",
            "le fichier dépasse {most} caractères. Raccourcissez-le.",
        ),
        "not_toml": _both(
            "this cannot be read as TOML ({detail}). Strings stand in quotes, tables in square brackets.",
            "ce n’est pas du TOML ({detail}). "
            "Les textes se mettent entre guillemets droits, les tables entre crochets.",
        ),
        "unknown_key": _both(
            "{where} is not known here. Write one of: {choices}.{near}",
            "{where} n’existe pas ici. Écrivez l’un de : {choices}.{near}",
        ),
        "missing": _both("{where} is missing. Add it.", "{where} manque. Ajoutez-le."),
        "not_table": _both(
            "{where} must be a table. Write {where} = {{ … }} or a heading in square brackets.",
            "{where} doit être une table. Écrivez {where} = {{ … }} ou un titre entre crochets.",
        ),
        "not_list": _both(
            "{where} must be a list of tables. Head each one with [[{where}]].",
            "{where} doit être une liste de tables. Faites précéder chacune de [[{where}]].",
        ),
        "not_string": _both(
            "{where} must be a text that is not empty. Put it in quotes.",
            "{where} doit être un texte non vide. Mettez-le entre guillemets droits.",
        ),
        "too_long": _both(
            "{where} is longer than {most} characters. Shorten it.",
            "{where} dépasse {most} caractères. Raccourcissez-le.",
        ),
        "not_whole": _both(
            "{where} must be a whole number from {low} to {high}.",
            "{where} doit être un nombre entier de {low} à {high}.",
        ),
        "not_share": _both(
            "{where} is out of range. Write a number above 0 and up to 1, such as 0.5.",
            "{where} est hors limites. Écrivez un nombre supérieur à 0 et inférieur ou égal à 1, par exemple 0.5.",
        ),
        "not_choice": _both(
            "{where} cannot be “{value}”. Write one of: {choices}.{near}",
            "{where} ne peut pas valoir « {value} ». Écrivez l’un de : {choices}.{near}",
        ),
        "bad_id": _both(
            "{where} cannot be “{value}”. Use small letters, digits and underscores, at most 40, a letter first.",
            "{where} ne peut pas valoir « {value} ». "
            "Employez des minuscules, chiffres et soulignés, 40 au plus, une lettre d’abord.",
        ),
        "bad_language": _both(
            "{where} is no language code. Write two or three small letters, such as fr.",
            "{where} n’est pas un code de langue. Écrivez deux ou trois minuscules, par exemple fr.",
        ),
        "no_language": _both(
            "{where} has no text in “{value}”, which other parts of the rule book have. Add it.",
            "{where} n’a pas de texte en « {value} », que d’autres parties du fichier ont. Ajoutez-le.",
        ),
        "twice": _both(
            "two rules have the id “{value}”; the other is on line {other}. Rename one.",
            "deux règles ont l’identifiant « {value} » ; l’autre est à la ligne {other}. Renommez-en une.",
        ),
    }
)

_NEAR = _both(" Did you mean “{near}”?", " Vouliez-vous dire « {near} » ?")
_LINE = _both("line {line}: {message}", "ligne {line} : {message}")


class RuleBookError(ValueError):
    """The text is no rule book. ``line`` counts from 1; ``say(language)`` is one sentence of problem and cure."""

    def __init__(self, code: str, line: int, **values: object) -> None:
        self.code, self.line, self.values = code, line, values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """``line 12: threshold … Write …``, in ``language``."""
        near = self.values.get("near")
        values = {**self.values, "near": say(_NEAR, language).format(near=near) if near else ""}
        message = say(MESSAGES[self.code], language).format(**values)
        return say(_LINE, language).format(line=self.line, message=message)
