"""Names of countries and labels: the tables are complete, keys are folded, no word means the wrong country."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from factcli.errors import UsageError
from factcli.lexicon import Lexicon, is_money, values_named
from factcli.lexicon.codes import ALPHA_2, COUNTRIES, CURRENCIES
from factcli.model import KINDS
from factcli.text import fold

ROOT = Path(__file__).parent.parent
TABLE: dict[str, dict[str, Any]] = json.loads((ROOT / "tests" / "data" / "countries.json").read_text(encoding="utf-8"))
LINES = [line.split("\t", 1) for line in (ROOT / "data" / "country-keys.tsv").read_text(encoding="utf-8").splitlines()]
NAMES = {key: codes.split() for key, codes in LINES if key[0] not in "=@"}
AS_PARTY = {key[1:]: codes for key, codes in LINES if key[0] == "="}
FORMER = {"SU", "YU", "CS", "DD", "YD"}

UNITED_NATIONS = re.findall(
    "[A-Z]{2}",
    """
    AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR
    CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL
    IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN
    MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI
    SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW
    """,
)
SHARE_THEIR_ADJECTIVE = {"CD", "CG", "DM"}
"""They are asked for by a word that two countries have: Congolese, Dominican."""
NO_ARABIC_ADJECTIVE = {"CF", "CG", "CV", "DM", "GW", "KN", "LC", "PG", "SB", "SM", "ST", "VC"}
"""Arabic says "of Saint Lucia" by the name, or the adjective is another word: بابوي is papal, سليماني a surname."""

CALLED = {
    # the home country and its neighbours
    "OM": "Oman,oman,OMN,Omani,Omanis,Sultanate of Oman,Muscat and Oman,عمان,عُمان,عمانية,عُمانيون,سلطنة عمان,السلطنة",
    "AE": "UAE,U.A.E.,Emirates,Emirati,United Arab Emirates,الإمارات,امارات,إماراتي,دولة الإمارات العربية المتحدة",
    "SA": "KSA,Saudi,Saudi Arabia,Kingdom of Saudi Arabia,السعودية,السعوديه,سعودي,المملكة العربية السعودية",
    "QA": "Qatar,Qatari,قطر,قطري,دولة قطر",
    "KW": "Kuwait,Kuwaiti,الكويت,كويت,كويتية",
    "BH": "Bahrain,Bahraini,البحرين,بحريني,مملكة البحرين",
    "YE": "Yemen,Yemeni,اليمن,يمني,الجمهورية اليمنية,اليمن الشمالي",
    "IR": "Iran,Iranian,ايران,إيراني,Islamic Republic of Iran,الجمهورية الإسلامية الإيرانية",
    "IQ": "Iraq,Iraqi,العراق,عراق,عراقية",
    # the partners that are written about most
    "TR": "Türkiye,TÜRKIYE,Turkiye,Turkey,turkey,Turkish,Turks,TUR,تركيا,تركي,تركية,الأتراك,أتراك,الجمهورية التركية",
    "US": "United States,USA,U.S.,U.S.A.,us,America,American,the States,"
    "أمريكا,أميركا,أمريكي,أميركية,الولايات المتحده,الأمريكان",
    "GB": "UK,U.K.,GBR,Britain,Great Britain,British,England,بريطانيا,بريطاني,بريطانية,إنجلترا,إنكلترا,المملكة المتحدة",
    "FR": "France,French,French Republic,فرنسا,فرنسي,فرنسية,الجمهورية الفرنسية",
    "DE": "Germany,German,Germans,ألمانيا,ألماني,الألمان,West Germany",
    "IN": "India,Indian,Indians,Republic of India,الهند,هندي,الهنود,IND",
    "PK": "Pakistan,Pakistani,باكستان,باكستاني,باكستانية",
    "CN": "China,Chinese,PRC,People's Republic of China,الصين,صيني,صينية,جمهورية الصين الشعبية",
    "RU": "Russia,Russian,Russian Federation,روسيا,روسي,الروس,روسيا الاتحادية",
    "EG": "Egypt,Egyptian,مصر,مصري,جمهورية مصر العربية",
    "JO": "Jordan,Jordanian,الأردن,أردني,المملكة الأردنية الهاشمية",
    "NL": "Netherlands,The Netherlands,Holland,Dutch,هولندا,هولندية",
    "CI": "Ivory Coast,Côte d'Ivoire,Cote d’Ivoire,Ivorian,ساحل العاج,كوت ديفوار",
    "MM": "Myanmar,Burma,Burmese,ميانمار,بورما",
    "CZ": "Czechia,Czech Republic,Czech,التشيك,الجمهورية التشيكية",
    "MK": "Macedonia,North Macedonia,FYROM,مقدونيا",
    "SZ": "Eswatini,Swaziland,إسواتيني,سوازيلاند",
    "CV": "Cape Verde,Cabo Verde,الرأس الأخضر,كابو فيردي",
    "VA": "Vatican,Holy See,الفاتيكان,الكرسي الرسولي",
    "PS": "Palestine,Palestinian,فلسطين,فلسطينية,السلطة الفلسطينية",
    "HK": "Hong Kong,هونغ كونغ,هونج كونج",
    "LC": "St. Lucia,St Lucia,Saint Lucia",
    "BA": "Bosnia,Bosnia and Herzegovina,Bosnia & Herzegovina,البوسنة والهرسك",
    "ZA": "South Africa,South African,جنوب أفريقيا,جنوب إفريقيا,جنوب أفريقية",
    "MA": "Morocco,Moroccan,المغرب,مغربي,المغاربة",
    "BG": "Bulgaria,Bulgarian,بلغاريا,بلغاري",
    # words that are easily taken for each other
    "NE": "Niger,Nigerien,النيجر,نيجري",
    "NG": "Nigeria,Nigerian,نيجيريا,نيجيري",
    "GN": "Guinea,Guinean,غينيا,غيني",
    "GQ": "Equatorial Guinea,غينيا الاستوائية,غينية استوائية",
    "GW": "Guinea-Bissau,غينيا بيساو",
    "DM": "Dominica,دومينيكا",
    "DO": "Dominican Republic,الدومينيكان,دومينيكاني",
    "CD": "DR Congo,DRC,Congo-Kinshasa,Zaire,الكونغو الديمقراطية",
    "CG": "Republic of the Congo,Congo-Brazzaville,جمهورية الكونغو",
    "KP": "North Korea,DPRK,North Korean,كوريا الشمالية,كوري شمالي,الكورية الشمالية",
    "KR": "South Korea,ROK,Republic of Korea,South Korean,كوريا الجنوبية,الكورية الجنوبية",
    "SD": "Sudan,Sudanese,السودان,سوداني",
    "SS": "South Sudan,South Sudanese,جنوب السودان",
    "LY": "Libya,Libyan,ليبيا,ليبي",
    "LR": "Liberia,Liberian,ليبيريا,ليبيري",
    "GE": "Georgia,Georgian,جورجيا",
    "TD": "Chad,Chadian,تشاد,تشادي",
    "IE": "Ireland,Irish,أيرلندا,إيرلندا",
    "IS": "Iceland,آيسلندا,أيسلندا",
    "SK": "Slovakia,Slovak",
    "SI": "Slovenia,Slovene",
    "AU": "Australia,أستراليا,استرالي",
    "AT": "Austria,النمسا,نمساوي",
    # those that are no more
    "SU": "Soviet Union,USSR,Soviet,الاتحاد السوفيتي,الاتحاد السوفياتي,سوفيتية",
    "YU": "Yugoslavia,يوغوسلافيا",
    "CS": "Czechoslovakia,Czechoslovak,تشيكوسلوفاكيا",
    "DD": "East Germany,GDR,ألمانيا الشرقية",
    "YD": "South Yemen,PDRY,Democratic Yemen,اليمن الجنوبي",
}

TWO = {
    "Congo": "CD CG", "Congolese": "CD CG", "الكونغو": "CD CG", "كونغولية": "CD CG",
    "Korea": "KP KR", "Korean": "KP KR", "كوريا": "KP KR", "كوري": "KP KR", "كورية": "KP KR",
    "Dominican": "DM DO", "دومينيكي": "DM DO",
    "Virgin Islands": "VG VI", "جزر العذراء": "VG VI",
    "Serbia and Montenegro": "ME RS",
}  # fmt: skip

NONE = {
    "naval": "a word", "maritime": "a word", "gulf": "a region", "Arab": "a people of many countries",
    "Persian": "a language, and the name of a gulf", "English": "a language", "African": "a continent",
    "European": "a continent", "Asia": "a continent", "states": "not of America alone", "car": "a vehicle",
    "Muscat": "a city", "Amman": "a city", "Dubai": "a part of a country", "Scotland": "a part of a country",
    "in": "a word, and a code", "is": "a word, and a code", "so": "a word, and a code", "to": "a word, and a code",
    "no": "a word, and a code", "and": "a word, and a code", "are": "a word, and a code", "can": "a word, and a code",
    "per": "a word, and a code", "om": "a code", "poles": "masts",
    "بحري": "naval", "بحرية": "navy", "البحرية": "navy", "بحر": "sea", "عربي": "Arab", "العربية": "Arab",
    "خليجي": "of the Gulf", "الخليج": "the Gulf", "خليج عمان": "a sea", "المتحدة": "united", "المملكة": "kingdom",
    "الجمهورية": "republic", "جمهورية": "republic", "سلطنة": "any sultanate", "سلطان": "sultan", "مسقط": "a city",
    "مالية": "finance", "المالية": "finance", "مالي": "financial", "قمري": "lunar", "صحراوي": "of the desert",
    "جزائر": "islands", "البلقان": "a region", "أفريقي": "a continent", "أوروبي": "a continent", "أوربي": "a continent",
    "فارسي": "a language", "إنجليزي": "a language", "شمالي": "northern", "جنوبي": "southern", "ألبان": "dairy",
    "مصرف": "bank", "قطرات": "drops", "يمين": "right", "هندسة": "engineering", "روسو": "nothing", "": "nothing",
}  # fmt: skip

CURRENT = "OMR AED SAR QAR KWD BHD YER IRR IQD TRY USD GBP EUR INR PKR CNY RUB EGP JOD JPY KRW CHF AUD CAD".split()

FORMS = [(form, code) for code, forms in CALLED.items() for form in forms.split(",")]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that makes the files, without running it."""
    pytest.importorskip("babel", reason="the names of countries can only be made again with babel")
    spec = importlib.util.spec_from_file_location("build_countries", ROOT / "scripts" / "build_countries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def found(lexicon: Lexicon, word: str) -> tuple[str, ...]:
    """The countries that a word names where a partner is asked for."""
    return lexicon.countries_named(fold(word)) or lexicon.country_coded(fold(word))


# -- the table


def test_every_country_that_facts_may_have_is_there() -> None:
    assert set(TABLE) == set(COUNTRIES)
    assert len(UNITED_NATIONS) == 193
    assert set(UNITED_NATIONS) | FORMER <= set(TABLE)


@pytest.mark.parametrize("code", TABLE)
def test_a_country_has_a_name_in_each_language_and_is_found_by_it(code: str, lexicon: Lexicon) -> None:
    name = TABLE[code]["name"]
    assert re.search("[A-Za-z]", name["en"])
    assert re.search("[\u0621-\u064a]", name["ar"])
    assert not re.search("[\u0621-\u064a]", name["en"])
    assert lexicon.country_name(code) == name
    assert found(lexicon, name["en"]) == found(lexicon, name["ar"]) == (code,)
    assert ALPHA_2[TABLE[code]["alpha3"]] == code


@pytest.mark.parametrize("code", UNITED_NATIONS)
def test_a_member_of_the_united_nations_has_adjectives(code: str) -> None:
    adjectives = TABLE[code]["adjectives"]
    assert bool(adjectives["en"]) is (code not in SHARE_THEIR_ADJECTIVE | {"DO"})
    assert bool(adjectives["ar"]) is (code not in NO_ARABIC_ADJECTIVE)


def test_arabic_adjectives_have_their_feminine() -> None:
    adjectives = [form for one in TABLE.values() for form in one["adjectives"]["ar"] if " " not in form]
    masculine = [form for form in adjectives if form.endswith("ي")]
    assert len(masculine) > 200
    assert [form for form in masculine if form + "ة" not in adjectives] == []


# -- the keys


def test_keys_are_folded_and_lead_to_the_countries_of_their_forms() -> None:
    """Every name, adjective and alias of the table leads to its country; no other key does, but for ambiguous ones."""
    codes_of: dict[str, set[str]] = {}
    for code, one in TABLE.items():
        for group in (one["name"], one["adjectives"], one["aliases"]):
            for forms in group.values():
                for form in [forms] if isinstance(forms, str) else forms:
                    codes_of.setdefault(fold(form), set()).add(code)
    shared = {key: codes for key, codes in NAMES.items() if len(codes) > 1}
    assert 10 < len(shared) < 40
    assert [key for key, codes in codes_of.items() if len(codes) > 1 and key not in shared] == []
    single = {key: min(codes) for key, codes in codes_of.items() if key not in shared}
    assert {key: NAMES.get(key, [AS_PARTY.get(key, "")])[0] for key in single} == single
    assert NAMES.keys() - codes_of.keys() == shared.keys() - codes_of.keys()


def test_keys_are_unique_folded_and_in_order() -> None:
    keys = [key for key, _ in LINES]
    assert len(keys) == len(set(keys)) > 3000
    assert [key for key in (*NAMES, *AS_PARTY) if fold(key) != key or not key] == []
    assert list(NAMES) == sorted(NAMES)
    assert list(AS_PARTY) == sorted(AS_PARTY)


def test_every_code_is_found_where_a_partner_is_asked_for(lexicon: Lexicon) -> None:
    for code in (*COUNTRIES, *ALPHA_2):
        assert found(lexicon, code.lower()) == (ALPHA_2.get(code, code),)


def test_the_keys_are_small() -> None:
    assert 50_000 < (ROOT / "data" / "country-keys.tsv").stat().st_size < 150_000


# -- words


@pytest.mark.parametrize(("word", "code"), [pytest.param(word, code, id=f"{code} {word}") for word, code in FORMS])
def test_a_word_for_a_country(word: str, code: str, lexicon: Lexicon) -> None:
    assert found(lexicon, word) == (code,)


@pytest.mark.parametrize(("word", "codes"), [pytest.param(word, codes, id=word) for word, codes in TWO.items()])
def test_a_word_for_two_countries_finds_both(word: str, codes: str, lexicon: Lexicon) -> None:
    assert lexicon.countries_named(fold(word)) == tuple(codes.split())


@pytest.mark.parametrize("word", [pytest.param(word, id=f"{word} {why}") for word, why in NONE.items()])
def test_a_word_that_is_no_country_in_a_free_question(word: str, lexicon: Lexicon) -> None:
    assert lexicon.countries_named(fold(word)) == ()


def test_words_that_mean_a_country_only_where_one_is_asked_for(lexicon: Lexicon, script: ModuleType) -> None:
    assert script.ONLY_AS_PARTY
    for word in script.ONLY_AS_PARTY:
        assert lexicon.countries_named(fold(word)) == ()
        assert len(lexicon.country_coded(fold(word))) == 1
    assert lexicon.country_coded(fold("مالي")) == ("ML",)


# -- the script


def test_files_are_what_the_script_makes(script: ModuleType) -> None:
    names = {code: one["name"] for code, one in json.loads(script.files()["tests/data/countries.json"]).items()}
    if names != {code: one["name"] for code, one in TABLE.items()}:
        pytest.skip("this babel has other names in its CLDR than the one that made the files")
    for name, text in script.files().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text


def test_a_name_of_two_countries_ends_the_script(script: ModuleType) -> None:
    one = {"name": {"en": "Ruritania", "ar": "روريتانيا"}, "adjectives": {}, "aliases": {}}
    with pytest.raises(SystemExit, match="'ruritania' is AA and BB"):
        script.name_keys({"AA": one, "BB": one})


@pytest.mark.parametrize(
    ("masculine", "forms"),
    [
        pytest.param("تركي", ["تركي", "تركية", "تركيون", "تركيين"], id="one word"),
        pytest.param(
            "كوري شمالي", ["كوري شمالي", "كورية شمالية", "الكوري الشمالي", "الكورية الشمالية"], id="two words"
        ),
        pytest.param(
            "جنوب أفريقي",
            ["جنوب أفريقي", "جنوب أفريقية", "الجنوب أفريقي", "الجنوب أفريقية"],
            id="a noun and an adjective",
        ),
    ],
)
def test_forms_of_an_arabic_adjective(script: ModuleType, masculine: str, forms: list[str]) -> None:
    assert script.arabic_forms(masculine) == forms


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        pytest.param("السعودية", "سعودية", id="an article"),
        pytest.param("ألمانيا", "ألمانيا", id="a hamza is no article"),
        pytest.param("الولايات المتحدة", "الولايات المتحدة", id="two words"),
        pytest.param("الجن", "الجن", id="too little would be left"),
    ],
)
def test_a_name_without_its_article(script: ModuleType, name: str, bare: str) -> None:
    assert script.without_article(name) == bare


def test_both_languages_have_the_same_words() -> None:
    english, arabic = (
        json.loads((ROOT / "data" / f"{lang}.json").read_text(encoding="utf-8")) for lang in ("en", "ar")
    )
    assert {group: list(words) for group, words in english.items()} == {g: list(words) for g, words in arabic.items()}


# -- labels, units, numbers


def test_a_key_has_its_label_and_one_without_a_word_is_its_own() -> None:
    lexicon = Lexicon()
    assert lexicon.label("kinds", "sale") == {"en": "sale", "ar": "صفقة بيع"}
    assert lexicon.label("kinds", "zzz") == {"en": "zzz", "ar": "zzz"}


@pytest.mark.parametrize(
    ("value", "unit", "en", "ar"),
    [
        (1, "day", "day", "يوم"),
        (2, "day", "days", "يوم"),
        (5, "day", "days", "أيام"),
        (11, "day", "days", "يوما"),
        (103, "day", "days", "أيام"),
        (5, "USD", "USD", "USD"),
        (5, "wombat", "wombat", "wombat"),
    ],
)
def test_a_unit_has_the_form_that_goes_with_its_number(value: int, unit: str, en: str, ar: str) -> None:
    assert Lexicon().unit_label(value, unit) == {"en": en, "ar": ar}


def test_currencies_have_arabic_names_and_other_units_none() -> None:
    lexicon = Lexicon()
    names = {code: name for code in CURRENCIES if (name := lexicon.currency_name(code))}
    assert len(names) > 200
    assert [name for name in names.values() if not re.search("[\u0621-\u064a]", name)] == []
    assert [code for code in CURRENT if code not in names] == []
    assert lexicon.currency_name("day") is lexicon.currency_name("XYZ") is None


@pytest.mark.parametrize(
    ("key", "first", "others"),
    [
        ("5", "5", {"five", "خمس", "خمسه"}),
        ("خمسه", "5", {"five", "خمس", "خمسه"}),
        ("twelve", "12", {"twelve", "dozen", "اثنا عشر"}),
        ("2023", "2023", set()),
    ],
)
def test_a_number_is_written_in_digits_and_in_words(key: str, first: str, others: set[str]) -> None:
    written = Lexicon().numbers_like(key)
    assert written[0] == first
    assert set(written[1:]) >= others


def test_what_is_no_number_is_written_no_other_way() -> None:
    assert Lexicon().numbers_like("oman") == []


@pytest.mark.parametrize(
    ("word", "is_known"), [("muscat", True), ("dubai", True), ("ahmed", True), ("oyak", False), ("", False)]
)
def test_names_of_cities_and_people_are_known(word: str, is_known: bool) -> None:
    assert Lexicon().is_known_name(word) is is_known


@pytest.mark.parametrize(
    ("word", "is_one"), [("omani", True), ("تركي", True), ("التركي", True), ("navy", False), ("oman", False)]
)
def test_nationalities(word: str, is_one: bool) -> None:
    assert Lexicon().is_nationality(word) is is_one


def test_an_option_takes_the_words_of_either_language_and_refuses_others() -> None:
    lexicon = Lexicon()
    words = ["sale", "اتفاقيات", "exercises", "sale"]
    assert values_named("--kind", words, KINDS, lexicon, "kinds") == ("sale", "agreement", "exercise")
    assert values_named("--kind", [], KINDS, lexicon, "kinds") == ()
    with pytest.raises(UsageError, match="--kind: 'war' is none of agreement, sale"):
        values_named("--kind", ["sale", "war"], KINDS, lexicon, "kinds")


def test_money_is_what_has_the_code_of_a_currency() -> None:
    assert all(map(is_money, CURRENCIES))
    assert not any(map(is_money, ["", "missile", "day", "US", "usd", "ريا", "USDT"]))
