"""Answers are the same, byte by byte, with the index of a file and without: for questions and options drawn by lot.

`FACTCLI_PARITY_CASES=6000 pytest tests/test_parity.py` asks so many; without, it is as many as take some seconds.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import Run
from made_facts import write_facts

from factcli import cli, search, store
from factcli.lexicon import Lexicon
from factcli.model import Facts
from factcli.search.index import Index
from factcli.search.opening import with_new_index
from factcli.text import script

CASES = int(os.environ.get("FACTCLI_PARITY_CASES", "400"))
TODAY = "2026-01-15"
SHARES = {"shipped": 0.3, "60": 0.25, "1000": 0.3, "5000": 0.15}
"""The files, by how many facts are made up for them, with their shares of the cases."""

PHRASES = """
    2019|2023|in May 2019|مايو 2019|since 2015|before 2012|منذ 2018|2010 to 2014|قبل 2015|٢٠٢١|last year|undated|2018-03
    more than 5 million USD|70 million|أكثر من 50 مليون دولار|301|less than 12 million|5 to 80 missiles|two days
    visits|visit|زيارة|الزيارات|agreements|اتفاقيات|exercise|تمارين|sales|بيع|contracts|meeting|trainings|membership
    signed|approved|موقعة|cancelled|planned exercises|held|delivered|renewed
    turkey|Türkiye|تركيا|الأتراك|US|U.S.|france|الفرنسية|saudi arabia|indian navy|oman|malta|GB|germny|iran
    latest|oldest|آخر|أقدم|the|how many|what|كم|من|value|قيمة|who|when was|و|with|مع|list of all
    NOT 2019|OR|أو|ليس تركيا|-visit|!turkey|visits OR meetings|without
    missiles|صواريخ|helicopters|navy|البحرية|ministers|minister of defence|قائد|weapons|سلاح|company|companies
    mine clearance|"mine clearance"|"الدفاع الجوي"|joint exercise|maritime security|الأمن البحري
    5anjar 7add|khunjar haad|sand falkon|rimal saqr|drʿ|zzzzzz|qwrtzp|ضصثقف|?|-|1|a|و ا|😀|khanjarhadd|\u200fعمان\u200f
""".replace("\n", "|").split("|")
PHRASES = [one.strip() for one in PHRASES if one.strip()]

LATIN = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةى",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a".split(),
        strict=True,
    )
)
CHAT = LATIN | dict(zip("حخعطصقشأ", "7 5 3 6 9 8 4 2".split(), strict=True))


class Words(NamedTuple):
    """What questions are made of."""

    words: list[str]
    names: list[str]
    ids: list[str]
    others: list[str]


def words_of(facts: Facts) -> Words:
    texts = [text for fact in facts.facts for field in (fact["title"], fact["note"]) for text in (field or {}).values()]
    names = [name for one in facts.entities.values() for name in (*one["name"].values(), *one["aliases"])]
    others = [*facts.entities, *facts.sources, "no-such-id"]
    return Words(sorted({word for text in texts for word in text.split()}), names, list(facts.by_id), others)


class Drawing:
    """Command lines drawn by lot, the same for the same seed."""

    def __init__(self, words: Words, is_large: bool, seed: int) -> None:
        self.words, self.is_large, self.chance = words, is_large, random.Random(seed)

    def command_line(self) -> list[str]:
        command = self.chance.choices(list(COMMANDS), [5, 1.5, 1.5, 1.5, 1])[0]
        return [command, *self.options(command), "--", *COMMANDS[command](self)]

    def question(self) -> list[str]:
        return [self.term() for _ in range(self.chance.choice([0, 1, 1, 1, 2, 2, 3, 4]))]

    def term(self) -> str:
        make = self.chance.choices(
            [
                self.known_word,
                self.phrase,
                self.name,
                self.part_of_name,
                self.misspelt,
                self.inflected,
                self.romanized,
                self.id_,
            ],
            [5, 6, 3, 2, 2, 3, 1.5, 0.5],
        )[0]
        return make()

    def known_word(self) -> str:
        return self.chance.choice(self.words.words)

    def phrase(self) -> str:
        return self.chance.choice(PHRASES)

    def name(self) -> str:
        name = self.chance.choice(self.words.names)
        return self.chance.choice([name, name, name.lower(), name.upper(), f'"{name}"', f"{name}'s"])

    def part_of_name(self) -> str:
        return self.chance.choice(self.name().split() or ["x"])

    def id_(self) -> str:
        return self.chance.choice(self.words.ids)

    def misspelt(self) -> str:
        word = self.chance.choice([self.known_word, self.name])()
        at = self.chance.randrange(len(word))
        return self.chance.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
                f"{word[:at]}x{word[at:]}",
            ]
        )

    def inflected(self) -> str:
        word = self.chance.choice([self.known_word, self.part_of_name])()
        if script(word) == "arab":
            return (
                self.chance.choice(["ال", "و", "بال", "لل", "ف", ""])
                + word
                + self.chance.choice(["", "ات", "ين", "ها", "ية"])
            )
        return word + self.chance.choice(["s", "ing", "ed", "'s", "es"])

    def romanized(self) -> str:
        name = self.chance.choice(self.words.names)
        letters = self.chance.choice([LATIN, CHAT])
        return "".join(letters.get(letter, letter if letter.isascii() else "") for letter in name) or "x"

    def shown(self) -> list[str]:
        return [
            self.id_() if self.chance.random() < 0.6 else self.chance.choice(self.words.others)
            for _ in range(self.chance.randint(1, 3))
        ]

    def partner(self) -> list[str]:
        return [] if self.chance.random() < 0.3 else [self.chance.choice([self.name, self.phrase, self.term])()]

    def maybe(self, share: float, *options: str) -> list[str]:
        return list(options) if self.chance.random() < share else []

    def options(self, command: str) -> list[str]:
        pick = self.chance.choice
        kind = pick(("table", "plain", "json", "jsonl", "csv", "tsv", "md", "json"))
        found = [*self.maybe(0.7, "-f", kind), *self.maybe(0.4, "--lang", pick(("en", "ar", "both")))]
        found += self.maybe(
            0.15,
            "--fields",
            pick(("id,date", "id,title.ar,numbers", "date,match,title.en", "partners,sources,note", "nothing")),
        )
        if command == "show":
            return found
        found += [
            *self.maybe(0.1, "-p", pick(("turkey", "US", "فرنسا", "indai", "nobody", pick(self.words.names)))),
            *self.maybe(0.1, "-k", pick(("visit", "sale", "تمرين", "agreement", "vist"))),
            *self.maybe(0.1, "--status", pick(("signed", "approved", "held", "موقعة", "no"))),
            *self.maybe(0.1, "--since", pick(("2015", "2018-06", "May 2019", "منذ 2010", "2030"))),
            *self.maybe(0.1, "--until", pick(("2012", "2020-03-04", "2019", "1970"))),
            *self.maybe(0.05, "--source", pick((*self.words.others[-13:],))),
            *self.maybe(0.1, "--undated"), *self.maybe(0.15, "--exact"), *self.maybe(0.2, "--explain"),
            *self.maybe(0.2, "--reverse"),
            *self.maybe(0.1, "--count"), *self.maybe(0.03, "-q"),
            *self.maybe(0.95 if self.is_large else 0.4, "-n", pick(("1", "3", "10", "25"))),
        ]  # fmt: skip
        if command == "timeline":
            found += self.maybe(0.04, "--chart")
        if command == "partner":
            found += self.maybe(0.2, "--type", pick(("person", "company", "exercise", "place", "equipment")))
        return found


COMMANDS: dict[str, Callable[[Drawing], list[str]]] = {
    "timeline": Drawing.question,
    "partner": Drawing.partner,
    "exercise": Drawing.question,
    "sale": Drawing.question,
    "show": Drawing.shown,
}


class File(NamedTuple):
    """A fact file, its facts in memory and by the index that stands in a directory."""

    path: str
    in_memory: Facts
    by_index: Facts
    cache: Path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], File]:
    """The file of so many facts, made when first asked for."""
    folder = tmp_path_factory.mktemp("parity")
    made: dict[str, File] = {}

    def file(size: str) -> File:
        if size not in made:
            path = "builtin"
            if size != "shipped":
                path = str(folder / f"{size}.json")
                with open(path, "w", encoding="utf-8") as new:
                    write_facts(int(size), new)
            by_index = with_new_index([path], str(folder / "cache"), 0)
            assert by_index.derived
            made[size] = File(path, store.read([path]), by_index, folder / "cache")
        return made[size]

    return file


@pytest.fixture(scope="module")
def ask() -> Iterator[Callable[[Facts, list[str]], tuple[int, str, str]]]:
    """The status, the output and the messages of a command line, of facts that were read before."""
    indexes: dict[int, tuple[Facts, Index]] = {}
    facts_now: list[Facts] = []

    def index(facts: Facts, lexicon: Lexicon) -> Index:
        """One index of facts in memory for all questions, where a command makes one of its own."""
        if facts.derived:
            return Index(facts, lexicon)
        return indexes.setdefault(id(facts), (facts, Index(facts, lexicon)))[1]

    def answer(facts: Facts, arguments: list[str]) -> tuple[int, str, str]:
        facts_now[:] = [facts]
        out, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n", write_through=True) for _ in "ab")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            status = cli.main(arguments)
        written = [one.buffer.getvalue().decode() for one in (out, errors)]  # type: ignore[attr-defined]
        return status, written[0], written[1]

    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("FACTCLI_", "LC_", "LANG")):
                patch.delenv(name)
        patch.setenv("COLUMNS", "100")
        patch.setattr(search, "Index", index)
        patch.setattr(cli, "read_facts", lambda *_: facts_now[0])
        patch.setattr(cli, "today", lambda: TODAY)
        yield answer


@pytest.mark.parametrize("size", SHARES)
def test_an_answer_is_the_same_with_an_index(size: str, files: Callable[[str], File], ask: Any) -> None:
    file = files(size)
    drawing = Drawing(words_of(file.in_memory), size in ("1000", "5000"), CASES)
    statuses = set()
    for _ in range(int(CASES * SHARES[size])):
        arguments = drawing.command_line()
        plain = ask(file.in_memory, arguments)
        assert ask(file.by_index, arguments) == plain, arguments
        statuses.add(plain[0])
    assert statuses >= {0, 1}


def test_a_command_prints_the_same_with_an_index(files: Callable[[str], File], run_factcli: Run) -> None:
    file = files("1000")
    drawing = Drawing(words_of(file.in_memory), True, 7)
    for at in range(max(CASES // 60, 6)):
        arguments = ["--db", file.path, *drawing.command_line()]
        plain, indexed = (run_factcli(*arguments, env={"FACTCLI_CACHE": cache}) for cache in ("off", str(file.cache)))
        assert indexed == plain, arguments
        assert os.listdir(file.cache), at
