"""Themes in YAML: those that ship can be read by everyone, a person's own are checked line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from reader.settings import load, packaged, theme_file
from reader.settings.themes import TEXTUAL_THEMES, ThemeFile, load_theme, parse_theme
from reader.tui.look import look_for
from tests.builders import environment

LOADED = [load_theme(path) for path in sorted(packaged("styles/themes").glob("*.yaml"))]
OWN = {theme.name: theme for theme, _ in LOADED if theme is not None}
TEXTS = ("foreground", "text-muted", "text-primary", "text-secondary", "text-accent", "text-success", "text-warning", "text-error")


def test_the_list_of_textual_s_themes_is_textual_s() -> None:
    assert set(TEXTUAL_THEMES) == set(BUILTIN_THEMES)


def test_the_themes_that_ship_are_whole() -> None:
    assert all(theme is not None and not problems for theme, problems in LOADED)
    assert {"high-contrast-dark", "high-contrast-light"} <= set(OWN)
    assert {theme.is_dark for theme in OWN.values()} == {True, False}
    assert not set(OWN) & set(TEXTUAL_THEMES)


@pytest.mark.parametrize("file", OWN.values(), ids=lambda file: file.name)
def test_every_text_of_a_theme_can_be_read(file: ThemeFile) -> None:
    theme = look_for(file.name, {}, file).own
    assert theme is not None
    colours = {name: Color.parse(colour) for name, colour in theme.to_color_system().generate().items() if colour.startswith("#")}
    least = 7.0 if "contrast" in theme.name else 4.5
    pairs = [(text, ground) for text in TEXTS for ground in ("background", "surface", "panel")]
    pairs += [(f"block-cursor{kind}-foreground", f"block-cursor{kind}-background") for kind in ("", "-blurred")]
    assert not [(text, ground, ratio) for text, ground in pairs if (ratio := contrast(colours[text], colours[ground])) < least]


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG: 1 for the same colour, 21 for black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("primary: '#00f'\nacent: '#fff'\n", 2, "did you mean 'accent'"),
        ("primary: '#00f'\naccent: #fff\n", 2, "in quotes"),
        ("primary: '#00f'\naccent: red\n", 2, "in quotes"),
        ("primary: '#00f'\naccent: ['#fff']\n", 2, "in quotes"),
        ("primary: '#00f'\ndark: dusk\n", 2, "true or false"),
        ("accent: '#00f'\n", None, "needs a `primary`"),
        ("- primary\n", 1, "name: colour"),
        ("", 1, "name: colour"),
        ("primary: [\n", 2, "expected"),
    ],
)
def test_what_is_wrong_in_a_theme_is_told_with_its_line(text: str, line: int | None, said: str) -> None:
    _, problems = parse_theme(text, "mine", "mine.yaml")
    assert [(problem.line, said in problem.what) for problem in problems] == [(line, True)]


@given(st.text(max_size=80))
def test_no_text_stops_the_reading_of_themes(text: str) -> None:
    theme, problems = parse_theme(text, "mine", "mine.yaml")
    assert theme is not None or problems


def test_a_person_s_own_theme_is_found_beside_the_settings(tmp_path: Path) -> None:
    environ = environment(tmp_path / "home")
    folder = tmp_path / "home/config/dateline"
    (folder / "themes").mkdir(parents=True)
    (folder / "themes/mine.yaml").write_text("dark: false\nprimary: '#036'\ntext-muted: 445566\n")
    (folder / "themes/broken.yaml").write_text("primary: [\n")
    (folder / "settings.yaml").write_text("theme: mine\n")
    settings, problems = load(environ)
    assert (settings.theme, problems) == ("mine", ())
    theme, _ = theme_file("mine", environ)
    look = look_for("mine", {}, theme)
    assert look.own is not None
    assert (look.theme, look.own.primary, look.own.dark, look.own.variables) == ("mine", "#003366", False, {"text-muted": "#445566"})
    (folder / "settings.yaml").write_text("theme: broken\n")
    settings, problems = load(environ)
    assert settings.theme == "textual-dark"
    assert [(Path(problem.path).name, problem.line) for problem in problems] == [("broken.yaml", 2)]


@pytest.mark.parametrize(
    ("wanted", "theme"),
    [("nord", "ansi-dark"), ("textual-light", "ansi-light"), ("high-contrast-light", "ansi-light"), ("ansi-light", "ansi-light")],
)
def test_a_slow_line_gets_sixteen_colours_as_light_or_dark_as_wished(wanted: str, theme: str) -> None:
    assert look_for(wanted, {}, OWN.get(wanted), is_low=True).theme == theme
