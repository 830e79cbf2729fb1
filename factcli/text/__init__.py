"""What a string is: here its search key and its script; beside it clitics, inflection, numbers, unsafe characters.

THE FOLD.  `fold` is the lossy search key: two strings with the same key are "equal" for every look-up of this program.
It is one pass over the characters, each replaced by its own key, in this order:

 1. presentation forms that stand backwards (text copied from a terminal that shows Arabic in visual order) are turned
    round first (`unvisual`)
 2. compatibility decomposition, character by character (fullwidth, ligatures, superscripts, presentation forms)
 3. marks off: accents, tashkeel, the dagger alef; with them go the hamza and madda upon alef, waw and ya
 4. tatweel, format and direction characters, zero-width characters, lone surrogates and controls off
 5. Arabic: alef wasla to alef, the lone hamza off, alef maqsura and Farsi ya to ya, ta marbuta to ha
 6. Persian, Urdu and Maghribi letters to the Arabic letter they are typed for
 7. digits of every script to ASCII
 8. case folding; Latin letters whose mark is part of the letter (ı ø ł ð ß æ) to plain ones
 9. apostrophes (ayn, hamza, "Ma'rib") off; a dot inside initials off ("U.S." is "us"); & is "and"
10. all other punctuation and every blank to one blank; none at the ends

Since each character is replaced alone, composed and decomposed text come out alike without calling `normalize`; since
every key consists of characters that are their own key, `fold(fold(s)) == fold(s)`. The table is filled as characters
are met: it costs nothing at import. What was rejected: NFKC and a chain of `replace` (three times slower); stripping
every `Mn` (it would take the vowels from Indic scripts: only marks that stack on a letter, combining class > 0, go);
keeping the lone hamza (it is dropped or moved more often than it tells two names apart: al-Bayda, Ibra, Ra'uf).

HARMLESS is something else: the text is for reading, nothing but what could steer a terminal or reorder a table goes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_APOSTROPHES = "'`´\u1ffd‘’‛′ʹʺʻʼʽʾʿˈˊˋ՚＇ꞌ"
"""Deleted, not blanked: they stand for ayn and hamza inside a name, and "Ma'rib" must meet "Marib"."""

_OFF = "ـء" + _APOSTROPHES + "\u034f\u180b\u180c\u180d\u180e" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Tatweel, lone hamza, apostrophes, and the invisible characters whose class does not give them away."""

_ALIKE = {
    "ا": "ٱٲٳٵ",
    "ي": "ىیېۍێےۓؠ",
    "ه": "ةۃھہۀەۂ",
    "ك": "کڪګگݢڬݣڭ",
    "و": "ۆۇۈۋۅۄ",
    "ب": "پٻ",
    "ت": "ٹٺټٿ",
    "ج": "چڃڄ",
    "خ": "ځ",
    "د": "ڈډڌڎ",
    "ر": "ڑړڕ",
    "ز": "ژږ",
    "س": "ښ",
    "ف": "ڤڥڢ",
    "ق": "ڨڧ",
    "ل": "ڵ",
    "ن": "ںڼݨ",
    "ae": "æ",
    "oe": "œ",
    "o": "øɵ",
    "i": "ıɪ",
    "l": "łƚ",
    "d": "ðđɖ",
    "th": "þ",
    "h": "ħ",
    "t": "ŧ",
    "n": "ŋ",
    "e": "əɛ",
    "u": "ʉ",
    "z": "ƶ",
    "b": "ƀ",
    "g": "ǥ",
    " and ": "&",
}
"""Letters that are typed for another: the key, then those that fold to it. Unicode has no decomposition for them."""

_KEPT = "LNMC"
"""First letters of the categories that survive: letters, numbers, marks of class 0, and what is not assigned."""


class _Keys(dict[int, str | None]):
    """Character -> its key, None for nothing, each worked out when first met."""

    def __missing__(self, code: int) -> str | None:
        key = self[code] = _key(chr(code))
        return key


def _key(char: str) -> str:
    """The key of one character that no table names, by the steps of the essay."""
    spread = unicodedata.normalize("NFKD", char).casefold()
    if spread != char:
        return spread.translate(_KEYS)
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in ("Cf", "Cs", "Me") or unicodedata.combining(char):
        return ""
    if kind == "Cc":
        return " " if char.isspace() else ""
    return char if kind[0] in _KEPT else " "


_KEYS = _Keys()
_KEYS.update((ord(c), None) for c in _OFF)
_KEYS.update((ord(c), key) for key, chars in _ALIKE.items() for c in chars)
_KEYS[ord(".")] = "."  # last to go, by `_without_dots`: inside initials it is nothing, elsewhere a blank

_LINE_KEYS = _Keys(_KEYS)
_LINE_KEYS[ord("\n")] = "\n"


def may_be_drawn(s: str) -> bool:
    """Whether a text can hold Arabic letters as a screen draws them: U+FB50 to U+FEFC, all of which begin with EF."""
    return not s.isascii() and b"\xef" in s.encode("utf-8", "surrogatepass")


def fold(s: str) -> str:
    """The search key of `s`: what is left when everything that writers and keyboards disagree about is gone.

    >>> fold("  Al-Maʿārif  "), fold("MA'RIB"), fold("U.S. Army"), fold("إدارة ٢٠٢٥")
    ('al maarif', 'marib', 'us army', 'اداره 2025')
    """
    if may_be_drawn(s):
        from factcli.text.visual import unvisual

        s = unvisual(s)
    return _tidy(s.translate(_KEYS))


def folds(texts: Sequence[str]) -> list[str]:
    """The search key of each of `texts`, many in one go: those in ASCII in a tenth of the time, others in a third."""
    keys: dict[bool, list[str]] = {}
    for is_plain in (True, False):
        some = [text for text in texts if text.isascii() is is_plain]
        together = "\n".join(some)
        if together.count("\n") >= max(len(some), 1) or may_be_drawn(together):
            keys[is_plain] = [fold(text) for text in some]
        else:
            lines = f"{together.translate(_LINE_KEYS)}\n".replace(".\n", "\n").replace(". ", " ")
            keys[is_plain] = list(map(_tidy, lines.split("\n")[:-1]))
    ascii_keys, other_keys = iter(keys[True]), iter(keys[False])
    return [next(ascii_keys) if text.isascii() else next(other_keys) for text in texts]


def _tidy(key: str) -> str:
    """A key without the dots of initials, its blanks single and none at the ends."""
    if "." in key:
        key = _without_dots(key)
    return " ".join(key.split())


def _without_dots(key: str) -> str:
    """`key` with the dots inside initials gone and all others blank. By hand: a pattern is slow to compile."""
    parts = key.split(".")
    joined = parts[0]
    if not any(after[:1].isalpha() for after in parts[1:]):
        return " ".join(parts)
    for before, after in pairwise(parts):
        follows_initial = before[-1:].isalpha() and not before[-2:-1].isalnum()
        is_initial = after[:1].isalpha() and not after[1:2].isalnum()
        joined += ("" if follows_initial and is_initial else " ") + after
    return joined


# By hand, not by pattern: a class of this many ranges takes longer to compile than all queries of a command to look at.
_ARABIC_BLOCKS = ("\u0600\u06ff", "\u0750\u077f", "\u0870\u08ff", "\ufb50\ufdff", "\ufe70\ufefc")
_LATIN_BLOCKS = ("AZ", "az", "ªª", "ºº", "\u00c0\u02af", "\u1e00\u1eff", "\uff21\uff3a", "\uff41\uff5a")


def _has_any_of(s: str, blocks: tuple[str, ...]) -> bool:
    return any(block[0] <= char <= block[1] for char in s for block in blocks)


def script(s: str) -> str:
    """'arab', 'latn', 'mixed' when both are there, or '' when neither is (digits, other scripts).

    >>> script("Muscat"), script("مسقط"), script("بارس III"), script("153")
    ('latn', 'arab', 'mixed', '')
    """
    if s.isascii():
        return "latn" if has_latin(s) else ""
    latin, arabic = _has_any_of(s, _LATIN_BLOCKS), _has_any_of(s, _ARABIC_BLOCKS)
    return "mixed" if latin and arabic else "latn" if latin else "arab" if arabic else ""


def has_latin(s: str) -> bool:
    """Whether `s` has a letter of ASCII, as every Latin word of a name in this field has."""
    plain = s.encode("ascii", "ignore")
    return plain.upper() != plain.lower()
