"""Made-up fact files of any size, bilingual, the same for the same seed: the more facts, the more names and words.

    python tests/made_facts.py NUMBER [SEED] > facts.json

Ten facts among the first sixty of every file are about one exercise, `NEEDLE`; no other has its names or its partner.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO


class Words(NamedTuple):
    """The same in both languages."""

    en: str
    ar: str


NEEDLE = Words("Sand Falcon", "رمال الصقر")
NEEDLE_PARTNER = "MT"
NEEDLES = frozenset(range(3, 60, 6))
"""The facts about it, by their number from 1."""


def pairs(text: str) -> list[Words]:
    return [Words(*(one.strip() for one in line.split("|"))) for line in text.strip().splitlines()]


COUNTRIES = {
    code: Words(en, ar)
    for code, en, ar in (
        ("TR", "Türkiye", "تركيا"), ("US", "the United States", "الولايات المتحدة"), ("IN", "India", "الهند"),
        ("GB", "the United Kingdom", "المملكة المتحدة"), ("FR", "France", "فرنسا"), ("SA", "Saudi Arabia", "السعودية"),
        ("PK", "Pakistan", "باكستان"), ("EG", "Egypt", "مصر"), ("JO", "Jordan", "الأردن"), ("DE", "Germany", "ألمانيا"),
        ("KR", "South Korea", "كوريا الجنوبية"), ("IT", "Italy", "إيطاليا"), ("CN", "China", "الصين"),
        ("MT", "Malta", "مالطا"),
    )
}  # fmt: skip
COMMON = tuple(code for code in COUNTRIES if code != NEEDLE_PARTNER)
WEIGHTS = tuple(1 / (at + 1) for at in range(len(COMMON)))
"""Of the partners, the first are in most facts."""

PLACES = pairs("""
    Muscat | مسقط
    Salalah | صلالة
    Duqm | الدقم
    Sohar | صحار
    Nizwa | نزوى
    Musandam | مسندم
""")
SUBJECTS = pairs("""
    mine clearance | إزالة الألغام
    maritime patrols | الدوريات البحرية
    air defence | الدفاع الجوي
    search and rescue | البحث والإنقاذ
    military medicine | الطب العسكري
    desert survival | البقاء في الصحراء
    signals and cyber defence | الإشارة والدفاع السيبراني
""")
FORCES = pairs("""
    the navy | البحرية
    the air force | القوات الجوية
    the coast guard | خفر السواحل
    the ground forces | القوات البرية
""")
ITEMS = pairs("""
    missile | صاروخ
    patrol boat | زورق دورية
    helicopter | مروحية
    armoured vehicle | مدرعة
    radar | رادار
""")
OFFICES = pairs("""
    Minister of Defence | وزير الدفاع
    Chief of Staff | رئيس الأركان
    Ambassador | السفير
    Commander of the fleet | قائد الأسطول
""")
GIVEN = pairs("""
    Said | سعيد
    Khalid | خالد
    Maryam | مريم
    Yusuf | يوسف
    Haitham | هيثم
    Laila | ليلى
""")
SYLLABLES = pairs("""
    ba | با
    du | دو
    fi | في
    ha | ها
    ja | جا
    ku | كو
    la | لا
    mi | مي
    na | نا
    qa | قا
    ru | رو
    sha | شا
    ta | تا
    wi | وي
    za | زا
""")
LAST = pairs("""
    r | ر
    m | م
    d | د
    n | ن
    l | ل
    sh | ش
""")
MONTHS = Words(
    "January February March April May June July August September October November December",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)
SOURCES = tuple(f"paper-{number}" for number in range(1, 13))


class Maker:
    """Facts one after the other, and the entities that they name."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.entities: dict[str, dict[str, Any]] = {}
        self.last_id = ""

    def proper_name(self) -> Words:
        """A name, of which there are ever more, the first ones often."""
        rank = int(30 * (self.chance.paretovariate(0.7) - 1)) % 10**6
        letters = random.Random(rank)
        parts = [*letters.choices(SYLLABLES, k=2 + (rank > 200)), letters.choice(LAST)]
        return Words("".join(part.en for part in parts).capitalize(), "".join(part.ar for part in parts))

    def entity(self, kind: str, name: Words, country: str | None = None) -> str:
        """The id of an entity, described unless it is one of a few."""
        key = "-".join(name.en.lower().replace(".", "").split())
        if key not in self.entities and self.chance.random() > 0.02:
            aliases = [f"{name.en} ({country})"] if country and self.chance.random() < 0.2 else []
            self.entities[key] = {
                "id": key, "type": kind, "name": name._asdict(), "aliases": aliases, "country": country
            }  # fmt: skip
        return key

    def date(self) -> tuple[str | None, int, int]:
        """A date in one of many forms, and a year and a month of it."""
        year, month = int(self.chance.triangular(1975, 2025, 2022)), self.chance.randint(1, 12)
        day = f"{year}-{month:02}-{self.chance.randint(1, 28):02}"
        forms = [
            None,
            str(year),
            f"{year}~",
            f"{year}/..",
            f"{str(year)[:3]}X",
            f"{day}/{year + 1}",
            f"{year}-{month:02}",
        ]
        return self.chance.choices([*forms, day], [2, 3, 1, 1, 1, 1, 8, 20])[0], year, month

    def exercise(self, partner: str, number: int) -> dict[str, Any]:
        place, subject = self.chance.choice(PLACES), self.chance.choice(SUBJECTS)
        name = NEEDLE
        if number not in NEEDLES:
            one = self.proper_name()
            name = Words(f"{one.en} Shield", f"درع {one.ar}")
        days = self.chance.randint(2, 20)
        return {
            "title": Words(f"Exercise {name.en} at {place.en}", f"تمرين {name.ar} في {place.ar}"),
            "note": Words(
                f"Units of Oman and {COUNTRIES[partner].en} practised {subject.en} for {days} days.",
                f"تدربت وحدات من عُمان و{COUNTRIES[partner].ar} على {subject.ar} لمدة {days} يوما.",
            ),
            "parties": [(self.entity("exercise", name), "exercise"), (self.entity("place", place, "OM"), "place")],
            "numbers": [("duration", "=", days, "day")],
        }  # fmt: skip

    def sale(self, partner: str, number: int) -> dict[str, Any]:
        item, maker = self.chance.choice(ITEMS), self.proper_name()
        model = f"{self.chance.choice('ABFKMT')}{self.chance.choice('DGPR')}-{self.chance.randint(2, 400)}"
        count, value = self.chance.randint(2, 600), self.chance.choice([1.5, 12, 70, 250, 800]) * 10**6
        millions, seller = f"{value / 10**6:g}", COUNTRIES[partner]
        company = self.entity("company", Words(f"{maker.en} Systems", f"شركة {maker.ar}"), partner)
        return {
            "title": Words(f"Sale of {count} {model} {item.en}s to Oman", f"بيع {count} {item.ar} {model} لعُمان"),
            "note": Words(
                f"{seller.en} approved it; {maker.en} Systems makes them for {millions} million dollars.",
                f"وافقت عليها {seller.ar}، وتصنعها شركة {maker.ar} بقيمة {millions} مليون دولار.",
            ),
            "parties": [(company, "supplier"), (self.entity("equipment", Words(model, model)), "item")],
            "numbers": [
                ("quantity", "=", count, item.en), ("value", self.chance.choice("=~<"), int(value), "USD"),
            ],
        }  # fmt: skip

    def visit(self, partner: str, number: int) -> dict[str, Any]:
        office, given, family = self.chance.choice(OFFICES), self.chance.choice(GIVEN), self.proper_name()
        name, place = Words(f"{given.en} Al {family.en}", f"{given.ar} ال{family.ar}"), self.chance.choice(PLACES)
        return {
            "title": Words(f"{office.en} {name.en} visits {place.en}", f"{office.ar} {name.ar} يزور {place.ar}"),
            "note": Words(
                f"Talks with a delegation of {COUNTRIES[partner].en} on {self.chance.choice(SUBJECTS).en}.",
                f"مباحثات مع وفد {COUNTRIES[partner].ar} في {place.ar}.",
            ),
            "parties": [(self.entity("person", name, partner), "visitor")],
            "numbers": [],
        }  # fmt: skip

    def agreement(self, partner: str, number: int) -> dict[str, Any]:
        subject, force, holder = self.chance.choice(SUBJECTS), self.chance.choice(FORCES), self.proper_name()
        institute = Words(f"{holder.en} Institute", f"معهد {holder.ar}")
        return {
            "title": Words(
                f"Agreement with {COUNTRIES[partner].en} on {subject.en}",
                f"اتفاقية مع {COUNTRIES[partner].ar} بشأن {subject.ar}",
            ),
            "note": Words(
                f"Signed for {force.en} of Oman; {institute.en} will carry it out.",
                f"وُقعت لصالح {force.ar} العُمانية، ويتولى {institute.ar} تنفيذها.",
            ),
            "parties": [(self.entity("organization", institute, partner), "signatory")],
            "numbers": [],
        }  # fmt: skip

    STATUSES = {  # noqa: RUF012
        "exercise": ("held", "planned", None), "sale": ("approved", "delivered", "cancelled"),
        "visit": ("held", None), "agreement": ("signed", "discussed", "renewed"),
    }  # fmt: skip

    def fact(self, number: int) -> dict[str, Any]:
        """The fact of this number, from 1."""
        is_needle = number in NEEDLES
        kind = "exercise" if is_needle else self.chance.choice(list(self.STATUSES))
        partner = NEEDLE_PARTNER if is_needle else self.chance.choices(COMMON, WEIGHTS)[0]
        about = getattr(self, kind)(partner, number)
        date, year, month = self.date()
        if is_needle:
            date = f"{2010 + number // 6}-05"
        note = about["note"]
        if self.chance.random() < 0.5:
            at = Words(*(names.split()[month - 1] for names in MONTHS))
            note = Words(f"{note.en} It was in {at.en} {year}.", f"{note.ar} وكان ذلك في {at.ar} {year}.")
        links = [{"rel": "part-of", "fact": self.last_id}] if self.last_id and self.chance.random() < 0.1 else []
        self.last_id = f"{partner.lower()}-{kind}-{number:07}"
        return {
            "id": self.last_id, "kind": kind, "date": date, "date_basis": "stated" if date else "unknown",
            "title": about["title"]._asdict(), "partners": ["OM", partner],
            "parties": [{"entity": entity, "role": role} for entity, role in about["parties"]],
            "numbers": [dict(zip(("what", "op", "value", "unit"), one, strict=True)) for one in about["numbers"]],
            "status": self.chance.choice(self.STATUSES[kind]), "links": links,
            "sources": [{"source": self.chance.choice(SOURCES), "paragraph": number % 40 + 1, "sentence": 1}],
            "note": note._asdict() if self.chance.random() < 0.9 else None,
        }  # fmt: skip


def write_facts(number: int, file: TextIO, seed: int = 1) -> None:
    """Writes a fact file of so many facts, one record a line."""
    maker = Maker(seed)
    file.write('{"facts": {\n')
    file.writelines(lines(maker.fact(at) for at in range(1, number + 1)))
    file.write('}, "entities": {\n')
    file.writelines(lines(iter(maker.entities.values())))
    file.write('}, "sources": {\n')
    file.writelines(
        lines({"id": one, "type": "article-newspaper", "title": {"en": one.capitalize()}} for one in SOURCES)
    )
    file.write('}, "meta": {"1": {"schema": 2, "home": "OM"}}}\n')


def lines(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    for at, record in enumerate(records, 1):
        yield f'{"," if at > 1 else ""}"{at}": {json.dumps(record, ensure_ascii=False)}\n'


if __name__ == "__main__":
    write_facts(int(sys.argv[1]), sys.stdout, *map(int, sys.argv[2:3]))
