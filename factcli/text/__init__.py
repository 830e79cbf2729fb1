"""One string made comparable, or made harmless. It alone knows what a character is; it imports nothing of ours.

THE FOLD.  `fold` is the lossy search key: two strings with the same key are "equal" for every look-up of this program.
It is one pass over the characters, each replaced by its own key, in an order that is fixed here and nowhere else:

 1. presentation forms that stand backwards (text copied from a terminal that shows Arabic in visual order) are turned
    round first: the only step that needs more than one character (`unvisual`)
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

import re
import unicodedata
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

# Patterns are kept as text: `re` compiles each when it is first needed and remembers it; compiled here they would be a
# tenth of the start of the program.
_PRESENTED = "[\ufb50-\ufdff\ufe70-\ufefc]"
_FIRST_PRESENTED = "\ufb50"


def fold(s: str) -> str:
    """The search key of `s`: what is left when everything that writers and keyboards disagree about is gone.

    >>> fold("  Al-Maʿārif  "), fold("MA'RIB"), fold("U.S. Army"), fold("إدارة ٢٠٢٥")
    ('al maarif', 'marib', 'us army', 'اداره 2025')
    """
    if not s.isascii() and max(s) >= _FIRST_PRESENTED:
        s = unvisual(s)
    return _tidy(s.translate(_KEYS))


def folds(texts: list[str]) -> list[str]:
    """The search key of each of `texts`; those in ASCII are folded in one go, in a tenth of the time."""
    plain = [text for text in texts if text.isascii()]
    together = "\n".join(plain)
    if together.count("\n") >= max(len(plain), 1):
        return [fold(text) for text in texts]
    keys = iter(together.translate(_LINE_KEYS).split("\n"))
    return [_tidy(next(keys)) if text.isascii() else fold(text) for text in texts]


def _tidy(key: str) -> str:
    """A key without the dots of initials, its blanks single and none at the ends."""
    return " ".join((_without_dots(key) if "." in key else key).split())


def _without_dots(key: str) -> str:
    """`key` with the dots inside initials gone and all others blank. By hand: a pattern is slow to compile."""
    parts = key.split(".")
    joined = parts[0]
    for before, after in pairwise(parts):
        is_inside = before[-1:].isalpha() and not before[-2:-1].isalnum() and _is_initial(after)
        joined += ("" if is_inside else " ") + after
    return joined


def _is_initial(text: str) -> bool:
    return text[:1].isalpha() and not text[1:2].isalnum()


def words(s: str) -> list[str]:
    """The words of a folded string, in order."""
    return s.split()


# What may stand before an Arabic word, longest first: conjunction, preposition, article and their joints.
_PROCLITICS = ("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_LEAST = {1: 3, 2: 2, 3: 2, 4: 2}
"""Letters that must be left, by the length of what goes: one letter is easily part of the word itself."""


def with_plain_digits(s: str) -> str:
    """`s` with the decimal digits of every script as 0-9."""
    return s if s.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in s)


def without_clitics(word: str) -> list[str]:
    """The folded word as it may be meant, from the likeliest to the boldest; the word itself is not among them.

    >>> without_clitics("وللسلطنه"), without_clitics("عمان"), without_clitics("والي")
    (['سلطنه', 'للسلطنه'], [], ['الي'])
    """
    found = [word[len(p) :] for p in _PROCLITICS if word.startswith(p) and len(word) - len(p) >= _LEAST[len(p)]]
    return list(dict.fromkeys(found))


def without_article(word: str) -> str:
    """The folded Arabic word without a leading al-, or the word itself where too little would be left."""
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


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


_HOSTILE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200d-\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f\ud800-\udfff]+"
)
"""Characters that steer instead of being read: controls, direction, invisible joiners, tags, lone surrogates. The
zero-width non-joiner stays: Persian is misspelt without it, and it steers nothing. None of them is printable in the
sense of `str.isprintable`, which is the fast path."""


def harmless(s: str) -> str:
    """`s` made harmless for a terminal, a pipe and a table: what steers is gone, a break of the line is one blank.

    >>> harmless("Oman\\x1b[31m\\r\\n\\u202eTurkey")
    'Oman[31m Turkey'
    """
    return s if s.isprintable() else re.sub(_HOSTILE, _blank_or_nothing, s)


def _blank_or_nothing(hit: re.Match[str]) -> str:
    return " " if any(map(str.isspace, hit[0])) else ""


def visible(s: str) -> str:
    """`s` for a message about itself: what steers is named instead of obeyed.

    >>> visible("a\\x1b[0m")
    'a<U+001B>[0m'
    """
    return s if s.isprintable() else re.sub(_HOSTILE, lambda hit: "".join(f"<U+{ord(c):04X}>" for c in hit[0]), s)


# Text copied from a screen.
#
# Where the program had to draw Arabic itself, the clipboard holds presentation forms from left to right. The shapes
# tell the direction: in reading order an initial form is followed by a medial or final one, backwards it comes after.

_LTR = "0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9"
_LTR_RUN = f"[{_LTR}](?:[^\u0590-\u08ff\ufb1d-\ufefc]*[{_LTR}%])?"
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_FORMS = {"<initial>": "i", "<medial>": "m", "<final>": "f", "<isolated>": "s"}


def unvisual(s: str) -> str:
    """`s` in reading order and plain letters, if it is presentation forms; in any case without what steers.

    >>> unvisual("ﻥﺎﻤﻋ ﺔﻨﻄﻠﺳ"), unvisual("ﺳﻠﻄﻨﺔ ﻋﻤﺎﻥ")
    ('سلطنة عمان', 'سلطنة عمان')
    """
    forced = "\u202d" in s
    s = harmless(s)
    if not re.search(_PRESENTED, s):
        return s
    if _is_backwards(s, forced):
        s = _turned(s)
    return unicodedata.normalize("NFKC", s)


def _is_backwards(s: str, forced: bool) -> bool:
    """Do the shapes read from right to left? Where they cannot tell, only a direction forced from outside says so."""
    shapes = "".join(map(_shape, s))
    onward = len(re.findall("(?=i[mf])", shapes))
    backward = len(re.findall("(?=[mf]i)", shapes))
    if onward == backward:
        onward, backward = len(re.findall(r"t\b", shapes)), len(re.findall(r"\bt", shapes))
    return backward > onward or (forced and backward == onward)


def _shape(char: str) -> str:
    """i, m, f, s for the form of an Arabic letter; t for a final or lone ta marbuta; a blank for anything else."""
    if char in "ﺓﺔ":
        return "t" if char == "ﺓ" else "f"
    return _FORMS.get(unicodedata.decomposition(char).split(" ")[0], " ") if char >= _FIRST_PRESENTED else " "


def _turned(s: str) -> str:
    """A visual line in reading order: all of it turned round, Latin words and numbers turned back."""
    s = s[::-1].translate(_MIRROR)
    return re.sub(_LTR_RUN, lambda run: run[0][::-1].translate(_MIRROR), s)
