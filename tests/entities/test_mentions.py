"""Every rule and failure class that is known of names in the news, as a table; then what must hold for any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.entities import cues
from reader.entities.mentions import load
from reader.model import Article, DeclaredName, Kind, Mention


def article(
    body: str, headline: str = "a day of talks", description: str | None = None, declared: tuple[DeclaredName, ...] = ()
) -> Article:
    return Article("2024/a.md", headline, body, "markdown", description=description, declared_names=declared)


def found(body: str) -> list[tuple[str, str, str]]:
    """`(entity, kind, text)` of each mention of a body."""
    return [(mention.entity, mention.kind, mention.text) for mention in load().find(article(body))]


def names(body: str) -> dict[str, str]:
    """The body's entities and their kinds."""
    return {entity: kind for entity, kind, _ in found(body)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "Chinese Premier Li Qiang met Gen Prayut Chan-o-cha.",
            {"Li Qiang": "person", "Prayut Chan-o-cha": "person"},
            id="titles and demonyms come off",
        ),
        pytest.param(
            "The reply by the Minister for Law K Baran Tolu came late, and Minister of Health Ong Ye Kung agreed. "
            "They asked the Minister for Home Affairs whether he knew.",
            {"K Baran Tolu": "person", "Ong Ye Kung": "person"},
            id="what a minister is for comes off, and is no body",
        ),
        pytest.param("Judges read the Model Law on Cross-Border Insolvency.", {}, id="what a law is on"),
        pytest.param(
            "Pol Lt-General Surachate Hakparn and junta chief Min Aung Hlaing spoke. Capt Thamanat Prompow resigned.",
            {"Surachate Hakparn": "person", "Min Aung Hlaing": "person", "Thamanat Prompow": "person"},
            id="ranks of several words come off",
        ),
        pytest.param(
            "Tan Sri Muhyiddin Yassin and Datuk Seri Anwar Ibrahim, U Win Myint and Daw Aung San Suu Kyi attended.",
            {"Muhyiddin Yassin": "person", "Anwar Ibrahim": "person", "Win Myint": "person", "Aung San Suu Kyi": "person"},
            id="Malay and Burmese honorifics come off",
        ),
        pytest.param(
            "A study by the University of the Thai Chamber of Commerce was published by the Center for International Trade Studies.",
            {"University of the Thai Chamber of Commerce": "org", "Center for International Trade Studies": "org"},
            id="of and for inside a name",
        ),
        pytest.param(
            "Members of the Royal Thai Police and the Association of Thai Travel Agents met.",
            {"Royal Thai Police": "org", "Association of Thai Travel Agents": "org"},
            id="two bodies joined by and",
        ),
        pytest.param("The president of the Bank of America spoke.", {"Bank of America": "org"}, id="a body that ends in a place"),
        pytest.param(
            "Shares of the Shanghai-based company fell; pro-Beijing lawmakers and a U.S.-led coalition objected.",
            {"Shanghai": "place", "Beijing": "place", "United States": "place"},
            id="compounds keep the place",
        ),
        pytest.param(
            "Myanmar's army met Venezuela’s president. He said Maduro'z men left.",
            {"Myanmar": "place", "Venezuela": "place", "Maduro": "person"},
            id="possessives come off",
        ),
        pytest.param("The Chinese, the Thais and Muslims marched.", {}, id="peoples are no entities"),
        pytest.param("Parliament met. The State and the Constitution stood.", {}, id="capitalised common nouns are no entities"),
        pytest.param("On Monday in March it rained. It rained again in May.", {}, id="days and months are no entities"),
        pytest.param("YANGON - Soldiers fired.", {"Yangon": "place"}, id="a dateline is a place"),
        pytest.param(
            "KUALA LUMPUR, Nov 5 (AFP) — Rain fell.", {"Kuala Lumpur": "place"}, id="a dateline of two words with date and agency"
        ),
        pytest.param(
            "PORT MORESBY: It rained.\n\nNAYPYIDAW, 5 November: It rained.",
            {"Port Moresby": "place", "Naypyidaw": "place"},
            id="a dateline before a colon, of a listed place or with a date",
        ),
        pytest.param(
            "WASHINGTON and LONDON — It rained.\n\nMANILA/TOKYO — It rained too.",
            {"Washington": "place", "London": "place", "Manila": "place", "Tokyo": "place"},
            id="a dateline of two places",
        ),
        pytest.param(
            "LOIKAW, Kayah — Fighters came. Kayah waited.", {"Loikaw": "place", "Kayah": "place"}, id="the region of a dateline is a place"
        ),
        pytest.param("FARO, Portugal - It rained.", {"Faro": "place", "Portugal": "place"}, id="a dateline that is a common word"),
        pytest.param("SAN PEDRO DE ATACAMA — It rained.", {"San Pedro de Atacama": "place"}, id="a dateline of four words"),
        pytest.param(
            "MEXICO CITY (AP) _ Mexico's mayor left.", {"Mexico City": "place", "Mexico": "place"}, id="a dateline before an underscore"
        ),
        pytest.param(
            "EDITOR'S NOTE - It rained.\n\nIN PICTURES - It rained.\n\nHIV/AIDS - It rained.\n\nSHARES, Bonds - It rained.\n\n"
            "EXCLUSIVE, Nov 5: It rained.\n\nREADING: It rained.",
            {},
            id="headings that look like datelines",
        ),
        pytest.param(
            "XI JINPING - It rained when Xi Jinping spoke.\n\nMANCHESTER UNITED - It rained.\n\nAL JAZEERA - It rained.",
            {"Xi Jinping": "person", "Manchester United": "org", "Al Jazeera": "org"},
            id="people and bodies that look like datelines",
        ),
        pytest.param("EXCLUSIVE - It rained.\n\nWARNING: It rains.\n\nWHO - It rained.", {}, id="what opens a paragraph like a dateline"),
        pytest.param(
            "TTAA - it is an association - said so. The TTAA met.", {"TTAA": "org"}, id="an acronym that opens a paragraph like a dateline"
        ),
        pytest.param(
            "Those who joined the new cabinet on Monday came from all the parties:\n\n* Mary Jones, on leave from the Institute of Health\n"
            "* John Smith of the Labour Party, who is new to it",
            {"Mary Jones": "person", "Institute of Health": "org", "John Smith": "person", "Labour Party": "org"},
            id="names of two points of a list are two",
        ),
        pytest.param(
            "<ul><li>Mary Jones</li><li>John Smith</li></ul>\n<p>They met<br>Peter Miller</p>",
            {"Mary Jones": "person", "John Smith": "person", "Peter Miller": "person"},
            id="names on two sides of a tag that ends a line are two",
        ),
        pytest.param("They asked SEC's Bureau of Trade.", {"SEC": "org", "Bureau of Trade": "org"}, id="an office of an acronym's"),
        pytest.param(
            "The Intellectual Property Office of Singapore (IPOS) and the United Arab Emirates (UAE) signed the Basic Rights Act (BRA).",
            {"Intellectual Property Office of Singapore": "org", "United Arab Emirates": "place"},
            id="the acronym in brackets says where a body begins",
        ),
        pytest.param(
            "Then the Associated Press (AP) called it, as did Ban Ki-moon.",
            {"Associated Press": "org", "Ban Ki-moon": "person"},
            id="listed names, one before what is blanked",
        ),
        pytest.param("The Central Bank of Velmara held its rate.", {"Central Bank of Velmara": "org"}, id="a bank of somewhere is a body"),
        pytest.param("BEIJING (Reuters) - The party met.", {"Beijing": "place"}, id="the agency of a dateline is a source"),
        pytest.param("The army left.\n\n(Photo: Reuters)", {}, id="a photo credit"),
        pytest.param("FILE PHOTO: A man walks.\n\nREUTERS/Jason Lee", {}, id="an agency's photographer"),
        pytest.param("The army left.\n\nReporting by John Smith; editing by Jane Roe", {}, id="who reported and edited"),
        pytest.param("By Jane Roe\n\nThe army left.", {}, id="a byline"),
        pytest.param("The army left the city of Lyon. - AFP", {"Lyon": "place"}, id="an agency at the end"),
        pytest.param(
            "Mary Jones of Nexus Ltd was arrested with John Smith.",
            {"Mary Jones": "person", "Nexus Ltd": "org", "John Smith": "person"},
            id="a person of a company",
        ),
        pytest.param(
            "Moon Jae-in and Ban Ki-moon met Trump-backed candidates.",
            {"Moon Jae-in": "person", "Ban Ki-moon": "person", "Trump": "person"},
            id="small syllables stay, suffixes go",
        ),
        pytest.param(
            "Trinidad and Tobago, Bosnia and Herzegovina, Japan and South Korea voted.",
            {"Trinidad and Tobago": "place", "Bosnia and Herzegovina": "place", "Japan": "place", "South Korea": "place"},
            id="and within countries and between them",
        ),
        pytest.param("Rebels hold parts of Karen State in the east.", {"Karen State": "place"}, id="a state is not its people"),
        pytest.param("They told us so; who knows, it may march on, chad and all.", {}, id="small words that are names in capitals"),
        pytest.param("She moved to Washington, D.C. last year.", {"Washington": "place"}, id="a capital with its district is one"),
        pytest.param("However, shares fell. Meanwhile it rained. Officials met. Yesterday they left.", {}, id="words that open sentences"),
        pytest.param("Vancouver cheered. Berlin did not.", {"Vancouver": "place", "Berlin": "place"}, id="names that open sentences"),
        pytest.param(
            "Police met the Chamber. A chamber is a room, and every chamber was full.", {}, id="a word seen in lower case, written large"
        ),
        pytest.param(
            "Officials of the TTAA and the Association of Domestic Travel met in Bangkok on Monday.",
            {"TTAA": "org", "Association of Domestic Travel": "org", "Bangkok": "place"},
            id="an acronym and a body joined by and",
        ),
        pytest.param(
            "Pol Col Somchai Jaidee and Cap Thamanat Prompow met Lt Gen Apirat Kongsompong.",
            {"Somchai Jaidee": "person", "Thamanat Prompow": "person", "Apirat Kongsompong": "person"},
            id="short ranks come off",
        ),
        pytest.param("The NDF and the QRF said the talks would go on.", {"NDF": "org", "QRF": "org"}, id="acronyms of bodies"),
        pytest.param("He was seen on MRTV television.", {"MRTV": "org"}, id="an acronym that its noun makes a body"),
        pytest.param(
            "After the Treaty of Versailles and the Second World War came the Geneva Conventions Act.", {}, id="laws, treaties and wars"
        ),
        pytest.param("The Legal Profession Act 1966 (“LPA”) was amended. The LPA is old.", {}, id="the acronym of a law"),
        pytest.param("Spending on R&D and IP fell; see the Q&A (PDF, 0.02MB).", {}, id="abbreviations of common nouns, sizes of files"),
        pytest.param(
            "Partners of Allen & Overy and White &amp; Case met Jane Roe.",
            {"Allen & Overy": "org", "White &amp; Case": "org", "Jane Roe": "person"},
            id="firms joined by &",
        ),
        pytest.param(
            "Mr Tan Boon Khai met President Ma Ying-jeou.",
            {"Tan Boon Khai": "person", "Ma Ying-jeou": "person"},
            id="surnames that are titles elsewhere",
        ),
        pytest.param("Sir, Indranee Rajah S.C. spoke.", {"Indranee Rajah": "person"}, id="letters behind a name"),
        pytest.param("Officials in Naypyidaw refused.", {"Naypyidaw": "place"}, id="a capital is no person"),
        pytest.param(
            "Jordan, Georgia, Turkey and Chad voted at the UN, and the WHO spoke.",
            {
                "Jordan": "place",
                "Georgia": "place",
                "Turkey": "place",
                "Chad": "place",
                "United Nations": "org",
                "World Health Organization": "org",
            },
            id="names that are words in lower case",
        ),
        pytest.param("“A great day”, said Maria Lopez of ‘Operation Dawn’.", {"Maria Lopez": "person"}, id="quoted fragments"),
        pytest.param("(AB) What happened?\n\nJane Roe: I left.\n\n(AB) Why?", {"Jane Roe": "person"}, id="who asks in an interview"),
        pytest.param(
            "The Intellectual Property Office of Xanadu (IPOX) and the Law Society of Singapore spoke.",
            {"Intellectual Property Office of Xanadu": "org", "Law Society of Singapore": "org"},
            id="a body and the place it is of",
        ),
        pytest.param(
            "Shares of Petroliam Nasional Bhd and Maju Holdings Sdn Bhd fell.",
            {"Petroliam Nasional Bhd": "org", "Maju Holdings Sdn Bhd": "org"},
            id="companies of several words",
        ),
        pytest.param(
            "He flew in a Boeing 737 with an iPhone 12 to the Eurovision Song Contest and the World Cup, and won the Nobel Peace Prize.",
            {},
            id="products, events and prizes",
        ),
        pytest.param(
            "Officials in Xiangkhouang said that Vongsa had left the party.",
            {"Xiangkhouang": "place", "Vongsa": "person"},
            id="foreign names of one word, by what stands round them",
        ),
        pytest.param("Much of the West stood aside. In the West it rained.", {"West": "place"}, id="the West is nobody"),
        pytest.param("Staff of the West Wing met the West-facing side.", {"West Wing": "place"}, id="called after the west"),
        pytest.param(
            "Lawyers met at Maxwell Chambers, and at Maxwell Chambers they stayed. Jane Roe left.",
            {"Maxwell Chambers": "place", "Jane Roe": "person"},
            id="nobody is met in a person",
        ),
        pytest.param(
            "The Vorrin rose on Monday, and boats on the Vorrin were moored. Water from the Vorrin was pumped away.",
            {"Vorrin": "place"},
            id="a river",
        ),
        pytest.param(
            "Joe Biden and Jill Biden left with the Bidens.",
            {"Joe Biden": "person", "Jill Biden": "person", "Bidens": "person"},
            id="a family",
        ),
        pytest.param(
            "The first are Allen & Overy, Clifford Chance, Latham & Watkins and White & Case.",
            {"Allen & Overy": "org", "Clifford Chance": "org", "Latham & Watkins": "org", "White & Case": "org"},
            id="a firm in a list of firms",
        ),
        pytest.param(
            "The Committee to Strengthen Xanadu as an International Centre for Debt met Jane Roe.",
            {"Committee to Strengthen Xanadu as an International Centre for Debt": "org", "Jane Roe": "person"},
            id="a committee with all it is for",
        ),
        pytest.param(
            "We set up a Protection from Harassment Court, where Jane Roe from Harvard University works.",
            {"Protection from Harassment Court": "org", "Jane Roe": "person", "Harvard University": "org"},
            id="a court called from what it protects, a person from where she works",
        ),
        pytest.param(
            "It was said on Monday that changes to the Supreme Court of Judicature Act would come soon, and that they would be small.",
            {},
            id="an act on a court",
        ),
        pytest.param("There are nine QFLPs. QFLP licences went to LLPs and to NGOs.", {}, id="letters with a plural are common nouns"),
        pytest.param("A Moneylenders Credit Bureau opened.", {"Moneylenders Credit Bureau": "org"}, id="an A that opens a sentence"),
        pytest.param("The Select Committee met. The Assembly voted. In Parliament, the House rose.", {}, id="bodies without their names"),
        pytest.param(
            "The Ministry of Law and the Singapore Academy of Law met the Ministry of Trade and Industry.",
            {"Ministry of Law": "org", "Singapore Academy of Law": "org", "Ministry of Trade and Industry": "org"},
            id="two bodies of something joined by and",
        ),
        pytest.param(
            "TTAA and the Association of Thai Travel Agents met.",
            {"TTAA": "org", "Association of Thai Travel Agents": "org"},
            id="an acronym beside a body",
        ),
        pytest.param(
            "Cap Thamanat left with Assoc Prof Ho Peng Kee. The Associate Professor and the Coroner stayed.",
            {"Thamanat": "person", "Ho Peng Kee": "person"},
            id="a title before one name, titles before none",
        ),
        pytest.param("In Yangon, activist Ko Ko Gyi said so.", {"Yangon": "place", "Ko Ko Gyi": "person"}, id="a title that is a name"),
        pytest.param("The pro-Beijing DAB said so.", {"Beijing": "place", "DAB": "org"}, id="the body behind a compound"),
        pytest.param("KOUROU — The rocket left. It was seen from afar.", {"Kourou": "place"}, id="a dateline of an unlisted town"),
        pytest.param("SARS-CoV-2 spreads.\n\nBEIJING- It rained.", {"Beijing": "place"}, id="a dash within a word ends no dateline"),
        pytest.param("UAE - The rain left.", {"United Arab Emirates": "place"}, id="a dateline of initials"),
        pytest.param("ARMY CHIEF VISITS KUNMING\n\nIt rained all day.", {"Kunming": "place"}, id="a shouted line ends where it ends"),
        pytest.param("The _Xinhua News Agency_ said so.", {"Xinhua News Agency": "org"}, id="marks of emphasis"),
        pytest.param(
            "See [the page](https://london.example.com/Paris), `Madrid()`, https://Rome.example.com/Oslo or a@Berlin.example.\n\n"
            "```\nclass Vienna: pass\n```\n\n[1]: https://Prague.example",
            {},
            id="addresses and code",
        ),
    ],
)
def test_a_text_names_these_and_no_others(body: str, expected: dict[str, str]) -> None:
    assert names(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Li Qiang went to Kunming. Li said so.", {"Li Qiang": ["Li Qiang", "Li"]}),
        ("President Joe Biden spoke in Rome. Biden then left.", {"Joe Biden": ["Joe Biden", "Biden"]}),
        ("Charoen Wangananont spoke in Bangkok. Charoen said tourists came.", {"Charoen Wangananont": ["Charoen Wangananont", "Charoen"]}),
        ("Aung San Suu Kyi was jailed; Suu Kyi is 79.", {"Aung San Suu Kyi": ["Aung San Suu Kyi", "Suu Kyi"]}),
        ("Joe Biden met Hunter Biden. Biden left.", {"Joe Biden": ["Joe Biden"], "Hunter Biden": ["Hunter Biden", "Biden"]}),
        ("Min Aung Hlaing met Aung Hlaing Oo in Yangon.", {"Min Aung Hlaing": ["Min Aung Hlaing"]}),
        (
            "The National League for Democracy (NLD) won. The NLD was pleased.",
            {"National League for Democracy": ["National League for Democracy", "NLD", "NLD"]},
        ),
        (
            "The Bamar People's Liberation Army (BPLA) fought. The BPLA won.",
            {"Bamar People's Liberation Army": ["Bamar People's Liberation Army", "BPLA", "BPLA"]},
        ),
        (
            "The KNLA (Karen National Liberation Army) retreated.",
            {"Karen National Liberation Army": ["KNLA", "Karen National Liberation Army"]},
        ),
        (
            "The United States, the US, the U.S. and America agreed.",
            {"United States": ["United States", "US", "U.S.", "America"]},
        ),
        ("Britain and the UK left; Burma and Myanmar stayed.", {"United Kingdom": ["Britain", "UK"], "Myanmar": ["Burma", "Myanmar"]}),
        ("China's Ministry of Foreign Affairs spoke.", {"Ministry of Foreign Affairs (China)": ["Ministry of Foreign Affairs"]}),
        ("The Thai Ministry of Foreign Affairs spoke.", {"Ministry of Foreign Affairs (Thailand)": ["Ministry of Foreign Affairs"]}),
        (
            "The US Senate met in Washington. The Senate voted.",
            {"Senate (United States)": ["US Senate", "Senate"]},
        ),
        (
            "The Law Society of Singapore met. The Law Society voted.",
            {"Law Society of Singapore": ["Law Society of Singapore", "Law Society"]},
        ),
        ("Anwar Ibrahim spoke in Rome. Anwar then left.", {"Anwar Ibrahim": ["Anwar Ibrahim", "Anwar"]}),
        ("Nguyen Phu Trong spoke in Hanoi. Trong said so.", {"Nguyen Phu Trong": ["Nguyen Phu Trong", "Trong"]}),
        ("Moon Jae-in left Rome; Moon said so.", {"Moon Jae-in": ["Moon Jae-in", "Moon"]}),
        ("Prayut said so. Prime Minister Prayut Chan-o-cha left.", {"Prayut Chan-o-cha": ["Prayut", "Prayut Chan-o-cha"]}),
        (
            "The Law Society of Xan met its Law Society Council. The Law Society voted.",
            {"Law Society of Xan": ["Law Society of Xan", "Law Society"], "Law Society Council": ["Law Society Council"]},
        ),
        (
            "Singapore's Ministry of Law met the Supreme Court of India and the US Supreme Court.",
            {
                "Ministry of Law (Singapore)": ["Ministry of Law"],
                "Supreme Court (India)": ["Supreme Court of India"],
                "Supreme Court (United States)": ["US Supreme Court"],
            },
        ),
        ("Volodymyr Zelensky spoke in Rome. Zelensky left.", {"Volodymyr Zelenskyy": ["Volodymyr Zelensky", "Zelensky"]}),
        ("Paris Hilton spoke in Rome. Paris then left.", {"Paris Hilton": ["Paris Hilton", "Paris"]}),
        ("Min Aung Hlaing left. The junta chief said nothing, and the premier wept.", {"Min Aung Hlaing": ["Min Aung Hlaing"]}),
        ("The Ministry of Law (MinLaw) spoke. MinLaw said so.", {"Ministry of Law": ["Ministry of Law", "MinLaw", "MinLaw"]}),
        ("Soldiers left Rangoon.\n\nYANGON - More soldiers came.", {"Yangon": ["Rangoon", "YANGON"]}),
        ("Beijing and Naypyidaw disagreed with China.", {"Beijing": ["Beijing"], "Naypyidaw": ["Naypyidaw"]}),
    ],
)
def test_one_entity_has_one_name(body: str, expected: dict[str, list[str]]) -> None:
    mentions = found(body)
    assert {name: [text for entity, _, text in mentions if entity == name] for name in expected} == expected


def outside(one: Article) -> dict[str, str]:
    return {mention.entity: mention.kind for mention in load().find(one) if mention.start is None}


def test_a_title_case_headline_gives_only_what_the_body_or_the_lists_know() -> None:
    one = article("Officials met Li Qiang in Kunming on Monday.", "Biden To Meet Li Qiang As Myanmar Chaos Grows")
    assert outside(one) == {"Myanmar": "place"}


def test_a_shouted_headline_gives_listed_places() -> None:
    assert outside(article("Officials met.", "MYANMAR ARMY CHIEF TO VISIT CHINA")) == {"Myanmar": "place", "China": "place"}


def test_a_town_that_is_a_word_is_no_place_in_a_headline() -> None:
    assert outside(article("Sir, I beg to move.", "Second Reading Speech by the Law Minister on the Mediation Bill")) == {}


def test_names_that_only_the_headline_or_description_has_come_last_without_a_place() -> None:
    one = article("It rained in Rome.", "Premier meets Li Qiang in talks on trade", "YANGON - Soldiers fired.")
    mentions = load().find(one)
    assert [mention.start is None for mention in mentions] == sorted(mention.start is None for mention in mentions)
    assert outside(one) == {"Yangon": "place", "Li Qiang": "person"}


def test_declared_names_are_believed_first() -> None:
    declared = (
        DeclaredName("Li Qiang", "person"),
        DeclaredName("Kunming", "org"),
        DeclaredName("Zebra Project", None),
        DeclaredName("economy", None),
    )
    mentions = load().find(article("Officials met Li in Kunming.", declared=declared))
    assert [(one.entity, one.kind, one.text, one.start) for one in mentions] == [
        ("Li Qiang", "person", "Li", 14),
        ("Kunming", "org", "Kunming", 20),
        ("Zebra Project", "other", "Zebra Project", None),
    ]


@pytest.mark.parametrize(
    ("name", "kind", "body", "text"),
    [
        ("Harbour and Quay Workers’ Union", "org", "The Harbour and Quay Workers’ Union met.", "Harbour and Quay Workers’ Union"),
        ("The Harbour and Quay Workers’ Union", "org", "The Harbour and Quay Workers' Union met.", "Harbour and Quay Workers' Union"),
        ("O'Brien, Tern and Daughters", "org", "On Monday O’Brien, Tern and Daughters closed.", "O’Brien, Tern and Daughters"),
        ("Salt and Pepper Isles", "place", "Rain fell on the Salt and Pepper Isles.", "Salt and Pepper Isles"),
    ],
)
def test_a_declared_name_is_found_whole_where_it_would_be_cut(name: str, kind: Kind, body: str, text: str) -> None:
    (mention,) = load().find(article(body, declared=(DeclaredName(name, kind),)))
    assert (mention.kind, mention.text, mention.start) == (kind, text, body.index(text))


def test_a_declared_name_is_not_cut_out_of_a_longer_one() -> None:
    one = article("The Port Ansel Dockers met in Port Ansel.", declared=(DeclaredName("Port Ansel", "place"),))
    assert [(mention.kind, mention.text) for mention in load().find(one)] == [("org", "Port Ansel Dockers"), ("place", "Port Ansel")]


def test_a_caption_that_repeats_its_image_s_words_counts_once() -> None:
    body = "![Guards in Karen State](http://x.example/a.png)\n\nGuards in Karen State."
    assert [(one.entity, one.start) for one in load().find(article(body))] == [("Karen State", body.rindex("Karen"))]


def test_one_kind_a_name_and_article() -> None:
    mentions = found("Melania Trump spoke in Rome. Trump said so. Near Trump stood Donald Trump, and Trump left.")
    assert {kind for _, kind, text in mentions if "Trump" in text} == {"person"}


MARKS = "- – ( ) & . # * ` ] | > ' ’ 5 [x]( ![ 's ’s"
PIECES = f"{MARKS} the of and said Joe Biden President China UN U.S. O'Brien Ministry http://Rome 中国 มินอ่องหล่าย мир Россия İ ß".split()
CUES = sorted({word for cue in vars(cues).values() if isinstance(cue, (frozenset, set, dict)) for word in cue if isinstance(word, str)})
"""All words that some rule asks for."""
CUE_WORDS = st.tuples(st.sampled_from(CUES), st.sampled_from([str.title, str.title, str.upper, str])).map(lambda cue: cue[1](cue[0]))
WORDS = CUE_WORDS | st.sampled_from([*PIECES, "\n", "\n\n", "\u0301", "\u202e", "\ud800", "\x00"])
JOINING = ["of", "and", "&", "the", "'s", "U", "UN", "Bank", "Court", "Paris", "Ministry", "Mary", "Jones"]
JOINED = st.lists(st.sampled_from(JOINING), min_size=1, max_size=8)
"""What may go on and on without a name coming of it."""
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(WORDS, max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
    JOINED.map(lambda words: " ".join(words * 40)),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
@example("Le gouvernement n’a rien dit à University of Turkey.", "University of Turkey")
@example("Rain fell.", "Airways last Assoc U")
@example("Rain fell.", "BANK Ip Bureau & BAHAMIAN")
def test_mentions_lie_within_the_body_and_spell_what_they_say(body: str, headline: str) -> None:
    mentions = load().find(article(body, headline or "x"))
    placed = [mention for mention in mentions if mention.start is not None]
    assert all(
        mention.start is None or (mention.end is not None and body[mention.start : mention.end] == mention.text != "")
        for mention in mentions
    )
    assert [(one.start, one.end) for one in placed] == sorted((one.start, one.end) for one in placed)
    assert all(before.end <= after.start for before, after in pairwise(placed))  # type: ignore[operator]
    assert list(mentions[: len(placed)]) == placed
    assert all(mention.entity for mention in mentions)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_the_same_article_gives_the_same_entities_whatever_its_neighbours(body: str, other: str) -> None:
    recogniser = load()
    alone: tuple[Mention, ...] = recogniser.find(article(body))
    recogniser.find(article(other))
    assert recogniser.find(article(body)) == alone


def test_what_is_joined_without_end_is_no_name_and_hides_none() -> None:
    assert names(f"{'U of ' * 200}.\n\nJoe Biden spoke.") == {"Joe Biden": "person"}


LONG = {
    "names": "Anna Miller of Acme Bank (AB) met Bob Stone in Rome. ",
    "capitals": "Aa Bb ",
    "links": "[x](",
    "images": "![Aaa Bbb](",
    "addresses": "http://a.",
    "dashes": "ABCD - it x\n\n",
    "colons": "ABCD: it x\n\n",
    "brackets": "(ABC) ",
    "openings": "ABCD is short for the Xan of Yan.\n\n",
    "ticks": "`a",
    "Chinese": "中国人民李",
    "one word": "a",
    "mail": "a.b@",
    "tags": "<a ",
    "of": "Bank of U of ",
    "ands": "Paris and London & ",
    "acronyms": "the ZVS will (",
    "first names": "John § said. ",
    "last names": "§ Miller said. JOHN MILLER SAID.\n\n",
    "bodies": "the Bank of § said. ",
}
"""Pieces of a long text; `§` is another name each time."""


def long_text(kind: str, characters: int) -> str:
    spelled = str.maketrans("0123456789", "abcdefghij")
    numbers = (str(number).translate(spelled).title() for number in range(characters // len(LONG[kind])))
    return "".join(LONG[kind].replace("§", number) for number in numbers)


@pytest.mark.parametrize("kind", LONG)
def test_time_grows_with_length_and_no_faster(kind: str) -> None:
    def seconds(characters: int) -> float:
        one = article(long_text(kind, characters))
        start = time.process_time()
        load().find(one)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(160_000) < 24 * max(seconds(20_000), 0.02)


def test_many_declared_names_take_no_longer_than_few() -> None:
    def seconds(count: int) -> float:
        declared = tuple(DeclaredName(f"Bob Bill {number}", "person") for number in range(count))
        one = article("Bob Bill " * 11_000, declared=declared)
        start = time.process_time()
        load().find(one)
        return time.process_time() - start

    seconds(1)
    assert seconds(200) < 4 * max(seconds(1), 0.02)
