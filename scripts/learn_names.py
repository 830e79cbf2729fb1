"""Makes data/known-names.tsv: names of known people and places, for which no similar name may be an answer.

    python scripts/learn_names.py ../shared/bench/names/dev/pairs.tsv

Given names of the Arab world with the Latin spellings that free name data attests (Wikidata: CC0), cities that Unicode
CLDR names in both languages, and places of Oman. A name a line, folded, with its category (`given name` or `place`) and
the id of whom or what it names; a name of two has two lines. The same sources give the same file, to the byte. Run
`scripts/build_synonyms.py` afterwards, which puts these names among the other forms that are known.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict

from babel import Locale

from factcli.names.phonetic import PhoneticQuery, PrefixTree, mark_edges
from factcli.text import fold
from factcli.text.clitics import without_article

SOURCES = {"wikidata-tokens", "rigour-wikidata"}

GIVEN_NAME, PLACE = "given name", "place"

Row = tuple[str, str, str]
"""A name, its category, an id."""

GIVEN = """
محمد محمود أحمد حمد حامد حميد حماد سعيد سعد مسعود سعود مسعد زيد زياد يزيد زايد عمر عمار عامر عمرو عمران عثمان كريم أكرم مكرم راشد رشيد
أرشد رشاد مرشد حسن حسين محسن حسان سالم سليم سلمان سليمان سلام مسلم سلطان بدر بندر هيثم قابوس تيمور شهاب طارق فيصل فهد فواز فوزي فوز
خالد خليل خلف خلفان خميس خليفة جمعة جمال جميل جاسم قاسم جابر جعفر جبر إبراهيم إسماعيل إسحاق يوسف يعقوب يونس يحيى موسى عيسى
داود هارون نوح أيوب إدريس إلياس صالح صلاح صادق صديق صبري علي عالي علاء عادل عدنان عدلي عارف عاصم عباس عبيد عمير عزيز عزت عزمي
ناصر نصر نصار منصور نصير نبيل نادر نور نوري نايف نجيب نجم ماجد مجيد مجدي مالك مبارك مازن مروان مصطفى معاذ مهدي منير منذر مراد
لؤي لطيف لقمان وليد والد وائل وسام وسيم ياسر ياسين يسري باسم بسام بشار بشير بلال بكر بهاء تامر توفيق تميم ثامر ثابت حازم حاتم
حارث حبيب حمزة حيدر حكيم حمدان حمود درويش ذياب ربيع رضا رياض رامي رائد زاهر زكي زكريا زهير ساري سامي سامر سيف شاكر شريف شوقي
طالب طاهر طلال ظافر غازي غالب غانم غسان فاروق فارس فاضل فؤاد فادي فتحي فرج فرحان فريد فاتح قيس كامل كمال كاظم هادي هاني هاشم هشام
هلال همام هزاع أسعد أسامة أسد أشرف أمجد أمين أمير أنور أنس أيمن إحسان أكبر أصغر عائشة فاطمة مريم زينب خديجة سعاد سعيدة ليلى سارة نورا
"""

SPELLINGS = """
علي ali aly سلام salam salaam سالم salem salim تامر tamer tamir توفيق tawfiq tawfik toufik وائل wael wail يزيد yazid
yazeed إبراهيم ibrahim ebrahim ibraheem brahim أحمد ahmed ahmad ahmet أسامة osama usama oussama أسد asad assad أسعد
asaad asad أشرف ashraf achraf أصغر asghar أكبر akbar أمجد amjad أيوب ayoub ayub ayyub باسم basem basim بسام bassam
basam بلال bilal bilel بهاء bahaa baha تميم tamim tameem ثابت thabit thabet ثامر thamer thamir جابر jaber jabir gaber
جمال jamal gamal djamel جمعة juma jumah gomaa jumaa جميل jamil jameel gamil حازم hazem hazim حامد hamed hamid حبيب
habib habeeb حماد hammad hamad حمد hamad حمدان hamdan حمزة hamza hamzah حمود hamoud hamood hammoud حميد hamid hameed
حيدر haider haydar haidar heydar خالد khalid khaled خديجة khadija khadijah خلفان khalfan خليل khalil khaleel خلف
khalaf داود dawood daoud dawud daud رامي rami ramy رائد raed raid ربيع rabih rabie rabee زاهر zaher zahir زايد zayed
zaid زينب zainab zeinab zaynab سارة sara sarah سامر samer samir سلطان sultan شاكر shaker shakir شريف sharif sherif
shareef cherif صادق sadiq sadek sadeq صالح saleh salih صبري sabri صديق siddiq seddik طالب talib taleb طاهر taher tahir
طلال talal عاصم asem asim عائشة aisha aysha aicha عباس abbas عدنان adnan عزيز aziz azeez عمران imran omran عيسى issa
isa eissa غالب ghalib ghaleb غسان ghassan فاطمة fatima fatma fatimah فرحان farhan فهد fahad fahd فؤاد fouad fuad فوزي
fawzi fauzi فيصل faisal faysal feisal كاظم kazem kadhim لقمان luqman ليلى layla laila leila ماجد majid majed مازن
mazen mazin مجيد majid majeed مراد murad mourad مرشد murshid منذر munther mundhir منير munir mounir مهدي mahdi mehdi
موسى musa moussa mousa نبيل nabil nabeel نجيب najib naguib najeeb نصر nasr نصار nassar نصير nasir naseer نوح nooh nuh
نور noor nur هادي hadi هارون haroun harun haroon هاشم hashim hashem هاني hani hany همام hammam humam هيثم haitham
haytham haithem وسام wissam wisam وسيم wassim waseem ياسر yasser yasir ياسين yassin yassine yaseen يحيى yahya yehia
يسري yousri yusri محمد mohammed mohamed muhammad mohammad يوسف yousef yusuf youssef yousuf منصور mansour mansoor
mansur سيف saif seif أرشد arshad فاتح fatih fateh هزاع hazza نورا nora noura رشاد rashad سعيدة saida saeeda
"""
"""Usual Latin spellings of names that the name data has too few of; an Arabic form, then how it is spelled."""

PLACES = {
    "Muscat": "مسقط", "Seeb Sib": "السيب", "Salalah Salala": "صلالة", "Sohar Suhar": "صحار", "Sur Soor": "صور", "Nizwa": "نزوى", "Ibra": "إبراء",
    "Ibri": "عبري", "Duqm Duqum": "الدقم", "Thumrait Thumrayt": "ثمريت", "Masirah Masira": "مصيرة", "Musandam": "مسندم", "Khasab": "خصب",
    "Buraimi": "البريمي", "Bahla": "بهلاء", "Adam": "أدم", "Barka": "بركاء", "Rustaq": "الرستاق", "Haima": "هيما", "Mirbat": "مرباط",
    "Taqah": "طاقة", "Dhofar": "ظفار", "Dakhiliyah": "الداخلية", "Batinah": "الباطنة", "Sharqiyah": "الشرقية", "Wusta": "الوسطى",
    "Dhahirah": "الظاهرة", "Saham": "صحم", "Shinas": "شناص", "Liwa": "لوى", "Manah": "منح", "Izki": "إزكي", "Samail": "سمائل",
    "Bidiyah": "بدية", "Quriyat": "قريات", "Muttrah Mutrah": "مطرح", "Hormuz": "هرمز", "Amman": "", "Tehran": "طهران", "Ankara": "أنقرة",
    "Doha": "الدوحة", "Riyadh": "الرياض", "Manama": "المنامة", "Abu Dhabi": "أبوظبي", "Dubai": "دبي", "Sanaa": "صنعاء", "Kuwait City": "مدينة الكويت",
    "London": "لندن", "Washington": "واشنطن", "Paris": "باريس", "Moscow": "موسكو", "Beijing": "بكين", "New Delhi": "نيودلهي",
    "Islamabad": "إسلام آباد", "Karachi": "كراتشي", "Mumbai": "مومباي", "Istanbul": "إسطنبول", "Aden": "عدن", "Jeddah": "جدة",
}  # fmt: skip
"""Places of Oman, and capitals that it deals with, with their Latin spellings; Amman only in Latin letters, for folding
makes its Arabic name that of Oman."""

SHADDA_VARIANTS = [("عمّان", PLACE, "amman")]
"""Names that only a shadda distinguishes from another known name; kept with that mark."""


def attested(path: str) -> dict[str, Counter[str]]:
    """Arabic form -> how often each Latin spelling stands beside it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            latin, arabic = fold(row["en"]).replace(" ", ""), without_article(fold(row["ar"]))
            if row["source"] in SOURCES and latin.isascii() and latin.isalpha():
                found[arabic][latin] += int(float(row["weight"]))
    return found


def spellings(form: str, counts: Counter[str]) -> list[str]:
    """The Latin spellings of a form that are frequent and sound like it."""
    least = max(2, sum(counts.values()) // 50) if sum(counts.values()) > 10 else 1
    frequent = sorted(spelling for spelling, n in counts.items() if n >= least)
    tree = PrefixTree(map(mark_edges, frequent), "arab")
    similar = PhoneticQuery(form, "arab").search(tree, 0.35, (2000, 0.9))
    return [spelling for spelling in frequent if mark_edges(spelling) in similar]


def usual_spellings() -> dict[str, list[str]]:
    """Folded Arabic form -> its usual Latin spellings."""
    lines = re.findall(r"([^\x00-\x7f]+)\s+([a-z ]+)", SPELLINGS.replace("\n", " "))
    return {without_article(fold(form)): spelled.split() for form, spelled in lines}


def given_names(path: str) -> list[Row]:
    counts = attested(path)
    usual = usual_spellings()
    found: list[Row] = []
    for form in dict.fromkeys(without_article(fold(name)) for name in GIVEN.split()):
        found.append((form, GIVEN_NAME, form))
        latin = {*usual.get(form, ()), *spellings(form, counts[form])}
        found += [(spelling, GIVEN_NAME, form) for spelling in sorted(latin) if len(spelling) > 2]
    return found


def cities() -> list[Row]:
    """Cities of the time zones, in both languages, and the places given here."""
    arabic = Locale("ar").time_zones
    english = Locale("en").time_zones
    found: list[Row] = []
    for zone in sorted(arabic):
        if "city" in arabic[zone] and "/" in zone and not zone.startswith("Etc"):
            name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            found += [(fold(form), PLACE, fold(name)) for form in (name, arabic[zone]["city"])]
    for latin, form in PLACES.items():
        names = latin.split(" ") if latin not in ("Abu Dhabi", "New Delhi", "Kuwait City") else [latin]
        found += [(fold(name), PLACE, fold(names[0])) for name in (*names, form) if name]
    return found


def countries() -> set[str]:
    with open("data/country-keys.tsv", encoding="utf-8") as file:
        return {line.split("\t")[0] for line in file}


def main(path: str, target: str = "data/known-names.tsv") -> None:
    taken = countries()
    given = given_names(path)
    names = {name for name, *_ in given}
    places = [row for row in cities() if row[0] not in taken and row[0] not in names and len(row[0]) > 2]
    rows = sorted({*given, *places, *SHADDA_VARIANTS})
    with open(target, "w", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows if row[0] not in taken)


if __name__ == "__main__":
    main(*sys.argv[1:])
