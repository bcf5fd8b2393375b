"""Characters that are drawn like Latin letters.

A hand-made excerpt of the idea of Unicode's UTS 39 "skeleton": the look-alikes readers really use, and not its 6,000
rows. What NFKC already folds (full-width, mathematical, circled, super- and subscript letters) is left to NFKC.
Two kinds:

- ``ALWAYS``: characters no reader's language uses in words (small capitals, turned letters, regional indicators);
- ``IN_LATIN``: letters of other alphabets, replaced only inside a word or a text that is otherwise Latin, so that
  Russian and Greek stay Russian and Greek.
"""

from __future__ import annotations

_SMALL_CAPITALS = "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz"
_TURNED = "ɐaɔcǝeɟfƃgɥhᴉiɾjʞkɯmɹrʇtʌvʍwʎyɑaɡgıiɩiȷj"
_LATIN_LOOKALIKES = "ƀbɓbƈcɗdđdɛeƒfɠgħhɨiƙkłlɱmɲnŋnøoɵoƥpɽrʂsŧtʉuʋvƴyƶzʐzꞵbⱥaɇeɏyƚlꝁkꝓpꝗqɦhɫlɭlɼrʈt"
_SYMBOLS = "ⓐaℓl℮e∂d∪u∩nςs฿b₵c₡c₲g₴s₭k₦n₱p₮t₩w¢c¥y₳a✞t✝t†t∆a∀a"

_CYRILLIC = "аaвbсcԁdеeёeгrһhіiїiјjкkӏlмmнhоoрpԛqѕsтtцuуyѵvԝwхxүyӡzзzиnпnлnьbяrбbэeєeґr"
_GREEK = "αaβbγyδdεeζzηnθoιiκkλlμuνvξeοoπnρpσoςsτtυuφoχxψwωwάaέeίiόoύuώwήn"
_OTHER = "աwցgհhյjոnսuօoքpԲbսuᏢpᏚsᎪaᎬeᏟcꓮaꓰeꓳoꓲiꓡlꓢsꓣrꓔt"


def _pairs(table: str) -> dict[str, str]:
    return dict(zip(table[::2], table[1::2], strict=True))


ALWAYS: dict[str, str] = (
    _pairs(_SMALL_CAPITALS)
    | _pairs(_TURNED)
    | _pairs(_LATIN_LOOKALIKES)
    | _pairs(_SYMBOLS)
    | {chr(0x1F1E6 + i): chr(ord("a") + i) for i in range(26)}
    | {chr(0x1F150 + i): chr(ord("a") + i) for i in range(26)}
    | {chr(0x1F170 + i): chr(ord("a") + i) for i in range(26)}
)
IN_LATIN: dict[str, str] = _pairs(_CYRILLIC) | _pairs(_GREEK) | _pairs(_OTHER)
IN_LATIN_TABLE = str.maketrans(IN_LATIN)

#: Digits and signs that stand for letters, read so only where the neighbours say so.
LEET = str.maketrans(
    {
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s", "!": "i",
        "|": "l", "+": "t", "(": "c", "€": "e", "£": "l",
    }
)  # fmt: skip
LEET_L = str.maketrans({"1": "l", "!": "l", "3": "e", "0": "o", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t"})
