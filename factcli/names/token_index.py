"""Words, each with the places where it stands, found by how they are spelled, what they look like, how they sound."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from factcli.names.phonetic import LOOSE, Sounding, Tree, marked, tree
from factcli.names.tokens import rules

Place = tuple[int, int]
"""A name, by its position, and the words of it that are meant, as bits."""

Alike = dict[str, float]
"""Words with how much another word is like them: 0..1."""

SPELLED, LOOKED = 0.55, 0.62
"""Similarity of letters from which a word is like another, as it is written, and when letters that are taken for one
another are one: two letters of five may differ, not three. Without the second, 1 in 200 right names is not first, and 3
in 200 are not sure enough."""

LOOKS_EQUAL = 0.93
LOOK, SPELLING, UNSPELLED = 0.6, 0.4, 0.5
"""Likeness of a word that looks equal; shares of look and spelling where it does not, for a look is common to many
words; the spelling of a word that is not spelled alike."""

HEARD = 0.3
"""Likeness of sound from which a word is worth weighing; from 0.15 on finds no more right names."""

SURE = 0.5
"""Where no word of a shelf sounds this much alike, those are looked at as well that a hasty look leaves out: 1 in 100
more right names among 20,000, for 14 % of the time."""

CLOSEST, PER_SOUND, SCRIPTS_APART = 0.98, 0.8, 0.3
"""A likeness of sound as a likeness of letters: a word that sounds perfectly alike is less sure than one that is
spelled alike, and a word that is usually spelled gains only seven tenths of the most it could."""

BEGUN, PER_SHARE = 0.55, 0.4
"""Likeness of a word to one that it begins: from just over the first to their sum, by the share that is there."""


def script_of(word: str) -> str:
    """The script of a folded word: `latn`, or `arab` for all that is not ASCII."""
    return "latn" if word.isascii() else "arab"


def other_script(script: str) -> str:
    return "arab" if script == "latn" else "latn"


def look(word: str) -> str:
    """The word with letters that are heard or typed for one another made one, and doubled letters single.

    >>> look("khunjar") == look("qhunjar"), look("hadd"), look("yousuf") == look("yusuf")
    (False, 'had', True)
    """
    for letters, one in rules().look_alikes[script_of(word)]:
        word = word.replace(letters, one)
    return re.sub(r"(.)\1+", r"\1", word)


def across_scripts(sound: float) -> float:
    return min(CLOSEST, SCRIPTS_APART + PER_SOUND * sound)


def spoken(word: str) -> str:
    """A word made of several as it is said: the ta marbuta at the end of one that another follows is silent."""
    return word.replace("ه ", "").replace(" ", "")


class Shelf:
    """A collection of folded words; words of several are written with blanks."""

    def __init__(self, entries: Iterable[tuple[str, Place]]) -> None:
        self.places: dict[str, list[Place]] = {}
        for text, place in entries:
            self.places.setdefault(text, []).append(place)

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """The words of each script, sorted; numbers are equal or they are not, and are left out."""
        found: dict[str, list[str]] = {"latn": [], "arab": []}
        for word in sorted(self.places):
            if not word.isdigit():
                found[script_of(word)].append(word)
        return found

    @cached_property
    def looks(self) -> dict[str, list[str]]:
        return {script: [look(word) for word in words] for script, words in self.words.items()}

    @cached_property
    def said(self) -> dict[str, dict[str, str]]:
        """The words of each script by how they are said, with edges marked."""
        return {script: {marked(spoken(word)): word for word in words} for script, words in self.words.items()}

    @cached_property
    def trees(self) -> dict[str, Tree]:
        return {script: tree(said, other_script(script)) for script, said in self.said.items()}

    def spelled_like(self, word: str, least: float = SPELLED) -> Alike:
        """Words of the script of `word` that are spelled like it; down to the usual least, those that look like it."""
        script = script_of(word)
        words = self.words[script]
        if not words:
            return {}
        from rapidfuzz.distance.OSA import normalized_similarity
        from rapidfuzz.process import extract

        near = extract(word, words, scorer=normalized_similarity, score_cutoff=least, limit=None)
        found = {text: likeness for text, likeness, _ in near}
        if least > SPELLED:
            return found
        looked = extract(look(word), self.looks[script], scorer=normalized_similarity, score_cutoff=LOOKED, limit=None)
        for _, likeness, at in looked:
            spelled = found.get(words[at], UNSPELLED)
            found[words[at]] = max(spelled, LOOK * likeness + SPELLING * spelled if likeness < 1 else LOOKS_EQUAL)
        return found

    def sounding_like(self, sounding: Sounding) -> Alike:
        """Words of the other script that sound like a word."""
        script = other_script(sounding.script)
        said = self.said[script]
        if not said:
            return {}
        near = sounding.among(self.trees[script], HEARD)
        if max(near.values(), default=0.0) < SURE:
            near = sounding.among(self.trees[script], HEARD, LOOSE)
        return {said[text]: across_scripts(sound) for text, sound in near.items()}

    def beginning_with(self, word: str) -> Alike:
        """Words that are continuations of `word`, which may still be being typed."""
        words = self.words[script_of(word)]
        begun = words[bisect_left(words, word) : bisect_left(words, word + "\uffff")]
        return {text: BEGUN + PER_SHARE * len(word) / len(text) for text in begun}
