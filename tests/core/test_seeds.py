"""The sample archive is what its README says: two formats, many languages, every quirk, and each file read as it was meant."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.intake.decode import decode
from reader.intake.parse import parse
from reader.model import Article

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ENDINGS = {".md", ".markdown", ".txt"}
PATHS = sorted(path.relative_to(SEEDS).as_posix() for path in SEEDS.rglob("*") if path.suffix in ENDINGS)

HARBOUR, MERIDIAN, ORBIT = "harbourpost.example", "meridianwire.example", "orbitandfield.example"
COURRIER, BANGKOK = "courrier-du-large.example", "bangkokpost.com"


@dataclass(frozen=True)
class Meant:
    """What one file is meant to give; the language and the categories in lower case."""

    headline: str
    day: str | None
    categories: str | None
    language: str | None
    source: str | None


MEANT = {
    "2024/10/2024-10-25-port-ansel-dockers-vote-to-strike.md": Meant(
        "Port Ansel dockers vote to strike over driverless cranes", "2024-10-25", "business", "en", HARBOUR
    ),
    "2024/10/2024-10-27-orrin-breaks-its-banks.md": Meant(
        "Orrin breaks its banks at Brackwater, thousands leave their homes", "2024-10-27", "world", "en", MERIDIAN
    ),
    "2024/10/2024-10-28-strike-closes-four-terminals.md": Meant(
        'Strike closes four terminals; Calloway says "the door is open"', "2024-10-28", "politics business", "en", HARBOUR
    ),
    "2024/10/debat-quais.fr.md": Meant(
        "Vu du Havre, la grève de Port Ansel « n’est pas une affaire de machines »", "2024-10-31", "business", "fr", COURRIER
    ),
    "2024/10/where-the-boxes-wait.md": Meant(
        "Where the boxes wait: a guide to the queue outside Port Ansel", "2024-10-30", "business", "en-gb", HARBOUR
    ),
    "2024/11/000_c41d7be0925fa8e3.txt": Meant(
        "Min Aung Hlaing sets out for Kunming and three regional meetings while fighting nears China’s border.",
        "2024-11-05", None, None, None,
    ),
    "2024/11/002_7f03b95ad18e64c2.txt": Meant(
        "Beijing offers Myanmar’s generals a hand as Li Qiang receives Min Aung Hlaing", "2024-11-07", "world", "en", BANGKOK
    ),
    "2024/11/2024-11-01-the-dykes-that-held.md": Meant(
        "The dykes that held: how a village of nine hundred kept the Orrin out", "2024-11-01", "world", "en", MERIDIAN
    ),
    "2024/11/2024-11-05-เรือไฟฟ้า/index.md": Meant(
        "เรือไฟฟ้าลำแรกของคลองบางหลวงออกวิ่งแล้ว ผู้โดยสารบอกว่าเงียบจนได้ยินเสียงนก", "2024-11-05", "business", "th", MERIDIAN
    ),
    "2024/11/2024-11-06-deal-ends-port-strike.markdown": Meant(
        "Cranes to move again at Port Ansel as dockers accept seven-year deal", "2024-11-06", "business", "en", HARBOUR
    ),
    "2024/11/2024-11-09-amman-book-fair.md": Meant(
        "معرض للكتب في عمّان يبيع الكتاب بوزنه، والشعر مجانًا", "2024-11-09", "culture", "ar", MERIDIAN
    ),
    "2024/11/2024-11-10-election-night.md": Meant(
        "Velmara votes for change: Civic Accord comes first, Verhagen concedes", "2024-11-10", "politics", "en", HARBOUR
    ),
    "2024/11/2024-11-13-cabinet.md": Meant(
        "Stanc's cabinet: a banker at the Treasury, a surveyor for the river", "2024-11-13", "politics", "en", HARBOUR
    ),
    "2024/11/2024-11-14-rail-tunnel.md": Meant(
        "Rail tunnel under the Saint Brannoc strait wins a second study", "2024-11-14", "business", "en", MERIDIAN
    ),
    "2024/11/central-bank-brief.md": Meant(
        "Central Bank of Velmara leaves its key rate at 3.75 per cent for a fifth meeting in a row, says that the flood and the"
        " strike will cost the country a tenth of a year's growth, and promises to look again in December",
        "2024-11-07", "business", "en", MERIDIAN,
    ),
    "2024/11/civic-accord-river-league.md": Meant(
        "Stanc asked to form government as River League names its price", "2024-11-11", "world", "en", MERIDIAN
    ),
    "2024/11/ferge-bergen.md": Meant(
        "Verdens minste bilferge går på strøm – og på dugnad", "2024-11-13", "business", "no", COURRIER
    ),
    "2024/11/grippe-nantes.md": Meant("Grippe : à Nantes, le vaccin s’invite au marché", "2024-11-03", "health", "fr", COURRIER),
    "2024/11/lorimer-interview.md": Meant(
        'Hedwig Lorimer: "A bank that is never boring has a problem"', "2024-11-12", "business", "en", HARBOUR
    ),
    "2024/11/verhagen-stanc-debate.md": Meant(
        "Verhagen and Stanc trade figures, then stories, in last debate before vote", "2024-11-04", "politics", "en", HARBOUR
    ),
    "2024/11/龙井秋茶.md": Meant(
        "杭州茶农试采秋茶：春天太热，便向秋天借一季", "2024-11-08", "business", "zh-cn", MERIDIAN
    ),
    "culture/1912.md": Meant("1912", "2024-10-26", "culture", "en", HARBOUR),
    "culture/2024-11-03-washi.md": Meant(
        "川の水が決める白――山あいの紙すき工房、百年目の冬支度", "2024-11-03", "culture", "ja", MERIDIAN
    ),
    "culture/feira-ouro-preto.md": Meant(
        "Feira de livros usados de Ouro Preto vende quarenta mil volumes e devolve um", "2024-10-30", "culture", "pt-br", COURRIER
    ),
    "culture/museum-of-misprints.md": Meant(
        "Museum of Misprints opens in Ghent, two days late by its own poster", "2024-11-03", "culture", "en", COURRIER
    ),
    "culture/nachtzug-lesung.de.md": Meant(
        "Zwischen Leipzig und Triest: ein Roman, der nur im Nachtzug gelesen wird", "2024-11-04", "culture", "de", COURRIER
    ),
    "health/after-the-flood-water.md": Meant(
        "After the flood, how to make water safe to drink", None, "health", "en", ORBIT
    ),
    "health/he/2024-11-10-haifa-clinic.md": Meant(
        "בחיפה פתחו מרפאה לכאבי גב – על הספסל בגן", "2024-11-10", "health", "he", MERIDIAN
    ),
    "health/leptospirosis-watch.md": Meant(
        "Doctors in the Orrin valley watch for a fever that follows floods", "2024-11-12", "health", "en", ORBIT
    ),
    "science/2024-11-07-tide-gauge.md": Meant(
        "The tide gauge that has not missed a day since 1888", "2024-11-07", "science", "en", ORBIT
    ),
    "science/2024-11-08-first-light/index.md": Meant(
        "First light: new radar finds the flood that is no longer there", "2024-11-08", "science", "en", ORBIT
    ),
    "science/_posts/2024-10-31-lighthouse-3-reaches-orbit.md": Meant(
        "Lighthouse\u20113, a satellite that sees water at night, reaches orbit", "2024-10-31", "science", "en", ORBIT
    ),
    "science/observatorio-atacama.md": Meant("Un anillo donde no debía haberlo", "2024-11-01", "science", "es", ORBIT),
    "science/sponge-reef.md": Meant(
        "A reef of glass: divers & robots map Aphrocallistes gardens off the Azores", "2024-11-03", "science", "en", ORBIT
    ),
    "sport/2024-10-27-marejada-campeon.md": Meant(
        "Marejada, el club de los pescadores, gana la Copa del Estuario en el último suspiro", "2024-10-28", "sport", "es", COURRIER
    ),
    "sport/2024-11-14-supercup-preview.md": Meant(
        "Supercup in Faro: what Rovers can expect, and who is fit", "2024-11-14", "sport", "en", HARBOUR
    ),
    "sport/[report] cup final & the penalty that wasn't #2.md": Meant(
        "[Match report] Ansel Athletic 1-1 Tessel Rovers (3-4 on penalties): sixty years and a post",
        "2024-11-09", "sport", "en", HARBOUR,
    ),
    "translated/20241029 Second night in the school halls of Brackwater.md": Meant(
        "Second night in the school halls of Brackwater", "2024-10-29", None, None, MERIDIAN
    ),
    "wire/2024-10-29-coastguard.txt": Meant(
        "Coastguard lifts crew of nine from freighter adrift off Cold Harbour", "2024-10-29", None, None, None
    ),
    "wire/2024-11-02 Strike day eight.txt": Meant(
        "Talks to end Port Ansel strike run past midnight, then resume over soup", "2024-11-02", None, None, None
    ),
    "wire/2024-11-12-chess-almaty.md": Meant(
        "Пятнадцатилетняя школьница выиграла «Яблочный мемориал» в Алма-Ате", "2024-11-12", "sport", "ru", MERIDIAN
    ),
    "wire/Rovers come from behind 26Oct2024.txt": Meant(
        "Rovers come from behind in the mud to reach Meridian Cup final", "2024-10-26", None, None, None
    ),
    "wire/brackwater-bridge.md": Meant("One lane across the Orrin again at Brackwater", "2024-11-04", None, None, MERIDIAN),
    "wire/my/2024-11-13 ရေပေါ်စာကြည့်တိုက်.txt": Meant(
        "အင်းလေးကန်ထဲက ရေပေါ်စာကြည့်တိုက် စာအုပ်တစ်သောင်း ပြည့်ပြီ", "2024-11-13", None, "my", None
    ),
}


QUIRKS = {
    "bare URL": ("2024/10/where-the-boxes-wait.md", r"at https://\S+ every"),
    "autolink": ("2024/10/where-the-boxes-wait.md", r"<mailto:"),
    "reference links": ("2024/11/2024-11-06-deal-ends-port-strike.markdown", r"\]\[1\](.|\n)*^\[1\]: /"),
    "link without a scheme": ("2024/11/2024-11-06-deal-ends-port-strike.markdown", r"^\[2\]: //"),
    "no front matter, a URL first": ("wire/brackwater-bridge.md", r"\Ahttps://\S+/2024/11/04/"),
    "[#] lines": ("translated/20241029 Second night in the school halls of Brackwater.md", r'\A\[#\]: subject: "'),
    "setext title": ("translated/20241029 Second night in the school halls of Brackwater.md", r"^Second night .*\n=+$"),
    "closed heading": ("science/sponge-reef.md", r"^## .* ##$"),
    "heading without a space": ("science/sponge-reef.md", r"^##Why"),
    "empty heading": ("science/sponge-reef.md", r"^#$"),
    "math": ("science/sponge-reef.md", r"\$\$ t = "),
    "entities and tags in a title": ("science/sponge-reef.md", r"^title: .*&amp;.*<em>"),
    "ctime date": ("science/sponge-reef.md", r"^date: Sun Nov  3 10:12:45 2024$"),
    "date with two offsets": ("science/2024-11-08-first-light/index.md", r"^date: \S+ 16:30-:00\+16:30$"),
    "date only in the file's name": ("science/_posts/2024-10-31-lighthouse-3-reaches-orbit.md", r'^date: ""$'),
    "date only in the address": ("2024/11/龙井秋茶.md", r"^permalink: /2024/11/08/"),
    "date that is none": ("health/after-the-flood-water.md", r"^date: unknown$"),
    "category null": ("science/_posts/2024-10-31-lighthouse-3-reaches-orbit.md", r"^categories:$"),
    "categories with a comma": ("2024/10/2024-10-28-strike-closes-four-terminals.md", r'^categories: "Politics, Business"'),
    "section": ("2024/11/2024-11-01-the-dykes-that-held.md", r"^section: WORLD"),
    "topics": ("health/after-the-flood-water.md", r"^topics: \["),
    "TOML": ("health/leptospirosis-watch.md", r"\A\+\+\+\n"),
    "JSON": ("2024/11/civic-accord-river-league.md", r"\A\{\n"),
    "unfenced header": ("2024/11/verhagen-stanc-debate.md", r"\ATitle: "),
    "fence after blank lines": ("2024/11/lorimer-interview.md", r"\A\n\n---\n"),
    "title folded over lines": ("2024/11/central-bank-brief.md", r"^title: >-$"),
    "two titles": ("2024/11/2024-11-10-election-night.md", r"^title: .*\ntitle: "),
    "unquoted colon in a title": ("2024/11/2024-11-13-cabinet.md", r"^title: Stanc's cabinet: "),
    "tab after a key": ("2024/11/2024-11-14-rail-tunnel.md", r"^title:\t"),
    "front matter never closed": ("sport/2024-11-14-supercup-preview.md", r"\A---\n(?!(.|\n)*^---$)"),
    "authors as mappings": ("science/sponge-reef.md", r"^  - \{name: "),
    "authors empty": ("2024/10/2024-10-27-orrin-breaks-its-banks.md", r"^authors: \[\]$"),
    "Liquid": ("2024/11/2024-11-01-the-dykes-that-held.md", r"^\{% include(.|\n)*\{% raw %\}"),
    "highlight": ("science/_posts/2024-10-31-lighthouse-3-reaches-orbit.md", r"^\{% highlight text %\}$"),
    "kramdown": ("2024/11/2024-11-01-the-dykes-that-held.md", r"^\{: \.lead #intro\}"),
    "Hugo shortcodes": ("health/leptospirosis-watch.md", r"^\{\{< note >\}\}$"),
    "[caption]": ("science/observatorio-atacama.md", r"^\[caption "),
    "::: block": ("2024/11/2024-11-14-rail-tunnel.md", r"^::: note$"),
    "JSX": ("2024/11/2024-11-14-rail-tunnel.md", r"^<Chart data=\{"),
    "body in HTML": ("2024/10/2024-10-27-orrin-breaks-its-banks.md", r"^<figure>(.|\n)*<table>(.|\n)*<iframe (.|\n)*<script>"),
    "ruby": ("culture/2024-11-03-washi.md", r"<ruby>和紙<rt>わし</rt></ruby>"),
    "linked image": ("2024/11/lorimer-interview.md", r"^\[!\[.*\]\(.*\)\]\("),
    "Obsidian image": ("sport/[report] cup final & the penalty that wasn't #2.md", r"^!\[\[.*\]\]$"),
    "escaped angle brackets": ("culture/museum-of-misprints.md", r"\\<nick>"),
    "characters nobody sees": ("culture/museum-of-misprints.md", "\u202e(.|\n)*\u202c(.|\n)*\u2060"),
    "controls": ("culture/museum-of-misprints.md", "\x92(.|\n)*\x0c(.|\n)*\x08"),
    "comment and more": ("2024/11/2024-11-10-election-night.md", r"<!-- subs(.|\n)*<!-- more -->"),
    "line of over 2,000 characters": ("2024/11/2024-11-10-election-night.md", r"^.{2001}"),
    "code fence": ("science/2024-11-08-first-light/index.md", r"^```json$"),
    "indented code": ("science/2024-11-08-first-light/index.md", r"^    SCENE "),
    "footnotes": ("science/2024-11-08-first-light/index.md", r"^\[\^2\]: "),
    "table": ("2024/10/where-the-boxes-wait.md", r"^\|:-+\|-+:\|"),
    "struck out": ("2024/10/where-the-boxes-wait.md", r"~~.+~~"),
    "definition list": ("health/after-the-flood-water.md", r"^Boiling\n: "),
    "task list": ("health/after-the-flood-water.md", r"^- \[x\] "),
    "nested list": ("2024/10/2024-10-28-strike-closes-four-terminals.md", r"^2\. .*\n   - "),
    "hard breaks": ("2024/10/2024-10-28-strike-closes-four-terminals.md", r"talks  $"),
    "emoji": ("sport/[report] cup final & the penalty that wasn't #2.md", "🏆"),
}
"""What real archives hold: one file that shows it, and what to look for there once line ends are `\\n`."""


def read(path: str) -> Article:
    article = parse((SEEDS / path).read_bytes(), path)
    assert isinstance(article, Article), article
    return article


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [read(path) for path in PATHS]


def test_the_table_names_every_article() -> None:
    assert set(MEANT) == set(PATHS)
    assert len(PATHS) == 44


@pytest.mark.parametrize("path", PATHS)
def test_each_article_is_read_as_it_was_meant(path: str) -> None:
    article, meant = read(path), MEANT[path]
    day = article.published.day.isoformat() if article.published else None
    categories = " ".join(article.categories).lower() or None
    language = article.language.lower() if article.language else None
    assert Meant(article.headline, day, categories, language, article.source) == meant


def test_dates_keep_the_form_they_were_written_in() -> None:
    written = {
        "2024/11/002_7f03b95ad18e64c2.txt": "2024-11-07T03:40:41.985+00:00",
        "2024/11/000_c41d7be0925fa8e3.txt": "2024-11-05",
        "2024/10/2024-10-25-port-ansel-dockers-vote-to-strike.md": "2024-10-25T07:45:00+02:00",
        "2024/11/verhagen-stanc-debate.md": "2024-11-04T21:50:00",
        "science/2024-11-07-tide-gauge.md": "2024-11-07T07:00:00-04:00",
        "science/2024-11-08-first-light/index.md": "2024-11-08",
        "wire/2024-11-12-chess-almaty.md": "2024-11-12",
    }
    assert {path: found.written for path in written if (found := read(path).published)} == written


def test_three_weeks_seven_categories_five_sources_and_thirteen_languages(articles: list[Article]) -> None:
    days = [article.published.day.isoformat() for article in articles if article.published]
    assert (min(days), max(days)) == ("2024-10-25", "2024-11-14")
    categories = {category.casefold() for article in articles for category in article.categories}
    assert categories == {"world", "politics", "business", "science", "health", "culture", "sport"}
    assert {article.source for article in articles if article.source} == {HARBOUR, MERIDIAN, ORBIT, COURRIER, BANGKOK}
    languages = {article.language.split("-")[0].lower() for article in articles if article.language}
    assert languages == {"ar", "de", "en", "es", "fr", "he", "ja", "my", "no", "pt", "ru", "th", "zh"}


def test_one_category_is_spelled_in_several_ways(articles: list[Article]) -> None:
    assert {"WORLD", "World"} <= {category for article in articles for category in article.categories}


def test_both_formats_are_there(articles: list[Article]) -> None:
    plain = {article.path for article in articles if article.body_form == "plain"}
    assert plain == {path for path in PATHS if path.endswith(".txt")} - {"2024/11/002_7f03b95ad18e64c2.txt"}


def test_only_the_brief_is_without_a_text_and_it_has_a_description(articles: list[Article]) -> None:
    empty = [article for article in articles if not article.body.strip()]
    assert [article.path for article in empty] == ["2024/11/central-bank-brief.md"]
    assert empty[0].description is not None
    assert empty[0].description.startswith("PORT ANSEL (Meridian Wire) - ")


def test_only_the_preview_is_a_draft(articles: list[Article]) -> None:
    assert [article.path for article in articles if article.is_draft] == ["sport/2024-11-14-supercup-preview.md"]


def test_broken_front_matter_is_named(articles: list[Article]) -> None:
    broken = {problem.path for article in articles for problem in article.problems}
    assert broken >= {"2024/11/2024-11-13-cabinet.md", "sport/2024-11-14-supercup-preview.md"}
    assert "skipped" not in {problem.effect for article in articles for problem in article.problems}


def test_no_template_or_html_is_left_in_what_is_read(articles: list[Article]) -> None:
    left_over = re.compile(r"\{%|\{\{[<%]|\{: |<!--|</?(?:p|div|table|script|style|ruby|figure|details|iframe|Chart)\b|advertisement")
    shows_code = "science/2024-11-08-first-light/index.md"
    assert [article.path for article in articles if left_over.search(article.body)] == [shows_code]


def test_the_plain_story_has_the_form_of_the_wire() -> None:
    lines = (SEEDS / "2024/11/000_c41d7be0925fa8e3.txt").read_bytes().decode().split("\n")
    assert lines[0].startswith(" date 2024-11-05 Min Aung Hlaing ")
    assert all((line == "") == (number % 2 == 1) for number, line in enumerate(lines))
    assert "‘Friendship and cooperation’" in lines
    assert lines[-1] != ""


def test_the_markdown_story_has_the_form_of_the_feed() -> None:
    text = (SEEDS / "2024/11/002_7f03b95ad18e64c2.txt").read_bytes().decode()
    for part in ('\ntitle: ""\n', '\ncategory: "WORLD"\n', "985Z\n---\n\n# \n\nBeijing offers", " _Xinhua News Agency_ "):
        assert part in text
    caption = "A fighter of the Bamar People's Liberation Army (BPLA) keeps watch in Karen State"
    assert text.count(caption) == 2
    assert not text.endswith("\n")


@pytest.mark.parametrize("quirk", QUIRKS)
def test_each_quirk_is_shown_somewhere(quirk: str) -> None:
    path, pattern = QUIRKS[quirk]
    decoded = decode((SEEDS / path).read_bytes(), path)
    assert isinstance(decoded, tuple)
    assert re.search(pattern, decoded[0], re.MULTILINE)


def test_encodings_and_line_ends_are_as_in_real_archives() -> None:
    def data(path: str) -> bytes:
        return (SEEDS / path).read_bytes()

    assert data("wire/2024-11-12-chess-almaty.md").startswith(codecs.BOM_UTF8)
    assert data("science/2024-11-07-tide-gauge.md").startswith(codecs.BOM_UTF16_LE)
    assert b"s\x92invite" in data("2024/11/grippe-nantes.md")
    strike = data("2024/10/2024-10-28-strike-closes-four-terminals.md")
    assert strike.count(b"\n") == strike.count(b"\r\n") > 0
    dykes = data("2024/11/2024-11-01-the-dykes-that-held.md")
    assert dykes.count(b"\n") > dykes.count(b"\r\n") > 0
    coastguard = data("wire/2024-10-29-coastguard.txt")
    assert b"\n" not in coastguard
    assert b"\r" in coastguard
    assert "* -text" in data(".gitattributes").decode()


def test_a_third_of_the_files_or_so_ends_without_a_newline() -> None:
    unended = [path for path in PATHS if not (SEEDS / path).read_bytes().endswith((b"\n", b"\r", b"\n\x00"))]
    assert len(unended) >= 12


def test_the_readme_is_no_article() -> None:
    assert not (SEEDS / "README.md").exists()
    assert "Nearly all of it is invented" in (SEEDS / "README").read_text(encoding="utf-8")
