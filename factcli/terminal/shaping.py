"""Arabic letters in the presentation forms in which they join, for terminals that do not shape text.

The rules are in chapter 9.2 of the Unicode standard. The fonts of terminals have the presentation forms; lam-alef
becomes its ligature, and a vowel mark between the two stands after it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import zip_longest
from unicodedata import category, decomposition

RIGHT_JOINING = (
    "0622-0625 0627 0629 062F-0632 0648 0671-0673 0675-0677 0688-0699 06C0 06C3-06CB 06CD 06CF 06D2 06D3 06D5 06EE "
    "06EF 0759-075B 076B 076C 0771 0773 0774 0778 0779 08AA-08AC 08AE 08B1 08B2"
)
DUAL_JOINING = (
    "0620 0626 0628 062A-062E 0633-063F 0641-0647 0649 064A 066E 066F 0678-0687 069A-06BF 06C1 06C2 06CC 06CE 06D0 "
    "06D1 06FA-06FC 06FF 0750-0758 075C-076A 076D-0770 0772 0775-0777 077A-077F 08A0-08A9 08AF 08B0 08B3 08B4"
)
"""Letters as in ArabicShaping.txt."""

LAM, TATWEEL, ZWNJ, ZWJ = "\u0644", "\u0640", "\u200c", "\u200d"
_SHAPES = ("<isolated>", "<final>", "<initial>", "<medial>")


@cache
def joining_types() -> dict[str, str]:
    """The characters that join: R (right-joining), D (dual-joining) or C (join-causing)."""
    types = {TATWEEL: "C", ZWJ: "C"}
    for joining_type, ranges in (("R", RIGHT_JOINING), ("D", DUAL_JOINING)):
        for low, _, high in (item.partition("-") for item in ranges.split()):
            types |= dict.fromkeys(map(chr, range(int(low, 16), int(high or low, 16) + 1)), joining_type)
    return types


@cache
def presentation_forms() -> dict[str, dict[int, str]]:
    """The forms of each letter and of lam-alef: 0 isolated, 1 joined before, 2 joined after, 3 both."""
    forms: dict[str, dict[int, str]] = {}
    for char in map(chr, (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))):
        tag, *codes = decomposition(char).split() or [""]
        letters = "".join(chr(int(code, 16)) for code in codes)
        if tag in _SHAPES and (len(letters) == 1 or letters[0] == LAM):
            forms.setdefault(letters, {})[_SHAPES.index(tag)] = char
    return forms


def shape(line: str) -> str:
    """The line, still in logical order, with each letter in the form in which it joins its neighbours.

    >>> [f"{ord(char):04X}" for char in shape("بلا")]
    ['FE91', 'FEFC']
    """
    return " ".join([word if word.isascii() else _shape_word(word) for word in line.split(" ")])


@lru_cache(maxsize=1 << 13)
def _shape_word(line: str) -> str:
    """The word with its letters joined; cached, since a table of thousands of rows has few words.

    Marks and format characters are transparent (T): what stands on both sides of them joins. All else does not (U).
    """
    types, forms = joining_types(), presentation_forms()
    joining = [
        types.get(char) or ("T" if char != ZWNJ and category(char) in ("Mn", "Me", "Cf") else "U") for char in line
    ]
    shaped, joined = list(line), False
    letters = [at for at, joining_type in enumerate(joining) if joining_type != "T"]
    for here, after in zip_longest(letters, letters[1:]):
        joins = after is not None and joining[here] in "DC" and joining[after] in "DRC"
        if joins and line[here] == LAM and LAM + line[after] in forms:
            shaped[here], shaped[after] = forms[LAM + line[after]][joined], ""
        elif joining[here] != "U" and shaped[here] in forms:
            shaped[here] = forms[shaped[here]].get(joined + 2 * joins, shaped[here])
        joined = joins
    return "".join(shaped)
