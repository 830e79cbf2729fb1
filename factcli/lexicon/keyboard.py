"""Text that was typed on the wrong keyboard layout: `data/keyboard.tsv` has what each key types in US English and
Arabic.
"""

from __future__ import annotations

from factcli import package_data


def retype(text: str) -> str:
    """What the keys of a text type on the other layout: Arabic for Latin letters, Latin letters for Arabic.

    >>> retype("ivl."), retype("خةشى")
    ('هرمز', 'oman')
    """
    pairs = [line.split("\t") for line in package_data.text("keyboard.tsv").splitlines()]
    to_arabic = {latin: arabic for latin, arabic in pairs if arabic}
    if text.isascii():
        return "".join(to_arabic.get(char) or to_arabic.get(char.lower(), char) for char in text)
    for latin, arabic in sorted(pairs, key=lambda pair: -len(pair[1])):
        text = text.replace(arabic, latin.lower())
    return text
