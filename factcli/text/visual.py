"""Text copied from a screen, back in reading order.

Where a program had to draw Arabic itself, the clipboard holds presentation forms from left to right. The shapes show
the direction: in reading order an initial form is followed by a medial or final one, backwards it comes after.
"""

from __future__ import annotations

import re
import unicodedata

from factcli.text.unsafe import display

_PRESENTATION_FORMS = "[\ufb50-\ufdff\ufe70-\ufefc]"
_LTR = "0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9"
_LTR_RUN = f"[{_LTR}](?:[^\u0590-\u08ff\ufb1d-\ufefc]*[{_LTR}%])?"
_FORMS = {"<initial>": "i", "<medial>": "m", "<final>": "f", "<isolated>": "s"}

BRACKETS = (
    "()[]{}⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⸨⸩〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
"""The brackets that pair (BidiBrackets.txt), opening and closing in turn."""

MIRRORED = BRACKETS + "<>«»‹›≤≥≦≧≨≩≪≫≮≯≰≱≲≳≺≻⊂⊃⊆⊇∈∋∉∌﹤﹥＜＞"
"""Characters of Arabic and English prose, each before its mirror image (BidiMirroring.txt)."""

MIRROR = str.maketrans(MIRRORED[::2] + MIRRORED[1::2], MIRRORED[1::2] + MIRRORED[::2])
"""The mirror image of each of them, for `str.translate`."""


def unvisual(s: str) -> str:
    """`s` in reading order and plain letters, if it is presentation forms; in any case without unsafe characters.

    >>> unvisual("ﻥﺎﻤﻋ ﺔﻨﻄﻠﺳ"), unvisual("ﺳﻠﻄﻨﺔ ﻋﻤﺎﻥ")
    ('سلطنة عمان', 'سلطنة عمان')
    """
    forced = "\u202d" in s
    s = display(s)
    if not re.search(_PRESENTATION_FORMS, s):
        return s
    if _is_backwards(s, forced):
        turned = s[::-1].translate(MIRROR)
        s = re.sub(_LTR_RUN, lambda run: run[0][::-1].translate(MIRROR), turned)  # Latin words and numbers
    return unicodedata.normalize("NFKC", s)


def _is_backwards(s: str, forced: bool) -> bool:
    """Whether the shapes run backwards; where they do not decide, whether direction overrides forced the order."""
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
    return _FORMS.get(unicodedata.decomposition(char).split(" ")[0], " ") if char >= "\ufb50" else " "
