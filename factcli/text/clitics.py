"""Arabic proclitics, which are written together with a word: conjunctions, prepositions and the article."""

from __future__ import annotations

PROCLITICS = {
    **dict.fromkeys(("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال"), 2),
    **dict.fromkeys(("وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ل", "ك"), 3),
}
"""Folded proclitics, longest first, and the letters that must be left behind each: a preposition is easily a part of
the word itself."""


FIRST_LETTERS = frozenset(proclitic[0] for proclitic in PROCLITICS)


def without_clitics(word: str) -> list[str]:
    """The folded word without each proclitic it may have, the likeliest first; the word itself is not among them.

    >>> without_clitics("وللسلطنه"), without_clitics("عمان"), without_clitics("والي")
    (['سلطنه', 'لسلطنه', 'للسلطنه'], [], ['الي'])
    """
    if word[:1] not in FIRST_LETTERS:
        return []
    stems = [
        word[len(proclitic) :]
        for proclitic, letters in PROCLITICS.items()
        if word.startswith(proclitic) and len(word) - len(proclitic) >= letters
    ]
    return list(dict.fromkeys(stems))


def without_article(word: str) -> str:
    """The folded Arabic word without a leading al-, or the word itself where too little would be left."""
    return word[2:] if word.startswith("ال") and len(word) > 3 else word
