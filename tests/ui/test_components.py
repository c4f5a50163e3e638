"""The design system: what each component puts on the page, and that the page of all of them keeps the rules of the house."""

import datetime as dt
import re
import zipfile
from importlib import resources
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from qiao.ui.templatetags import ui

HOME = Path(ui.__file__).parents[1]
COMPONENTS = sorted((HOME / "templates" / "cotton").glob("*.html"))


class Letter(forms.Form):
    title = forms.CharField(label="Title", max_length=50, help_text="Short.")
    text = forms.CharField(label="Text", max_length=200, widget=forms.Textarea, required=False)
    day = forms.DateField(label="Day", required=False)
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "Advice"), ("b", "Complaint")])
    version = forms.IntegerField(widget=forms.HiddenInput)


def render(source, **context):
    """A piece of template with components, as a page would render it."""
    request = RequestFactory().get("/", **context.pop("headers", {}))
    with translation.override("en"):
        return engines["django"].from_string(CottonCompiler().process(source)).render({**context, "frame": {}}, request)


# --- the house rules ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_says_what_it_is_and_declares_its_attributes(path):
    text = path.read_text()
    assert text.startswith("{# ")
    assert "<c-vars " in text or path.stem in ("sortable",)


@pytest.mark.parametrize("path", sorted((HOME / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_carries_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\s(style|on[a-z]+)=\"", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "<style" not in text


def test_every_icon_named_in_a_template_exists():
    with resources.files("lucide").joinpath("lucide.zip").open("rb") as held, zipfile.ZipFile(held) as icons:
        known = {name.removesuffix(".svg") for name in icons.namelist()}
    named = set(ui.STATUS_ICONS.values())
    for path in (HOME / "templates").rglob("*.html"):
        named |= {a or b for a, b in re.findall(r"lucide \"([a-z0-9-]+)\"| icon=\"([a-z0-9-]+)\"", path.read_text())}
    assert named <= known, named - known


def test_every_component_is_shown_on_the_reference_page():
    shown = "".join(path.read_text() for path in (HOME / "templates" / "ui").glob("show_*.html"))
    inner = {"icon", "errors", "autosave", "meter", "stack", "tab"}  # parts of others, or without a look of their own
    missing = [p.stem for p in COMPONENTS if f"<c-{p.stem}" not in shown and p.stem not in inner | {"crumbs", "heading"}]
    assert missing == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_reference_page_is_open_to_all(client, db, language):
    client.cookies["qiao_language"] = language
    response = client.get("/ui/")
    assert response.status_code == 200
    page = response.content.decode()
    assert f'lang="{ui.bcp47(language)}"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


# --- buttons and links ----------------------------------------------------------------------------------------------------


def test_a_button_that_cannot_be_pressed_says_why():
    html = render('<c-button kind="main" why="Two opinions are missing.">Send</c-button>')
    described = re.search(r'aria-describedby="([^"]+)"', html)[1]
    assert 'aria-disabled="true"' in html
    assert 'type="button"' in html
    assert f'id="{described}"' in html
    assert "Two opinions are missing." in html


def test_a_button_passes_on_what_it_does_not_know():
    html = render('<c-button kind="danger" name="act" value="stop" hx-post="/x/">Stop</c-button>')
    assert 'name="act" value="stop"' in html
    assert 'hx-post="/x/"' in html


def test_what_people_typed_is_escaped():
    html = render('<c-card title="{{ title }}"><c-prose :text="text" /></c-card>', title='<b>"x"</b>', text="<i>one</i>\n\ntwo")
    assert "<b>" not in html
    assert "<i>" not in html
    assert html.count("<p>") == 2


def test_a_component_does_not_take_its_attributes_from_the_page_around_it():
    html = render('<c-card>Words</c-card><c-stat value="1" label="One" />', title="Page title", tone="bad", href="/x/")
    assert "Page title" not in html
    assert "/x/" not in html


# --- forms ----------------------------------------------------------------------------------------------------------------


def test_a_field_is_tied_to_its_help_and_error():
    html = render('<c-field :field="form.title" />', form=Letter({"title": ""}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert "Required" in html


def test_a_long_text_is_counted_and_never_cut_by_the_browser():
    html = render('<c-field :field="form.text" />', form=Letter())
    assert "maxlength" not in html
    assert 'data-limit="200"' in html
    assert "At most 200 characters." in html
    assert "Optional" in html


def test_a_date_is_given_to_the_browser_as_it_wants_it():
    html = render('<c-field :field="form.day" />', form=Letter(initial={"day": dt.date(2026, 3, 1)}))
    assert 'type="date"' in html
    assert 'value="2026-03-01"' in html


def test_a_group_of_radios_is_a_fieldset_with_a_legend():
    html = render('<c-field :field="form.kind" />', form=Letter())
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('class="radio"') == 2
    assert html.count('for="id_kind_') == 2


def test_the_summary_of_errors_leads_to_the_fields():
    html = render('<c-form :form="form" />', form=Letter({"version": "1"}))
    assert 'href="#id_title"' in html
    assert 'href="#id_kind_0"' in html
    assert 'role="alert"' in html
    assert 'type="hidden" name="version" value="1"' in html
    assert "csrfmiddlewaretoken" in html


def test_a_form_without_a_slot_shows_all_its_fields():
    html = render('<c-form :form="form" />', form=Letter())
    assert all(f'name="{name}"' in html for name in Letter.base_fields)
    assert "data-summary" not in html


# --- lists and dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [(-2, "2 days overdue", "bad"), (0, "Due today", "warn"), (1, "1 day left", "warn"), (30, "30 days left", "neutral")],
)
def test_a_date_says_how_long_it_is(days, words, tone):
    today = dt.date(2026, 3, 10)
    html = render('<c-due :date="due" :today="today" />', due=today + dt.timedelta(days=days), today=today)
    assert words in html
    assert f"q-tone-{tone}" in html


def test_a_date_carries_its_weekday():
    with translation.override("zh-hans"):
        assert ui.day(dt.date(2026, 9, 30)) == "2026年9月30日 星期三"
    with translation.override("en"):
        assert ui.day(dt.date(2026, 9, 30)) == "Wed 30 Sep 2026"


def test_a_sorted_column_says_so():
    heading = {"label": "Due", "url": "?order=-due", "direction": "ascending"}
    assert 'aria-sort="ascending"' in render('<c-sortable :heading="heading" />', heading=heading)


def test_filters_are_shut_on_phones_and_open_on_desks():
    assert " open>" not in render("<c-filters>x</c-filters>", headers={"HTTP_USER_AGENT": "Chrome Mobile"})
    assert " open>" in render("<c-filters>x</c-filters>", headers={"HTTP_USER_AGENT": "Chrome"})


def test_on_phones_filters_in_force_stay_folded_but_what_is_wrong_in_them_is_shown():
    source, phone = '<c-filters :form="form" :chips="chips" />', {"HTTP_USER_AGENT": "Chrome Mobile"}
    chips = [{"label": "Overdue", "url": "?"}]
    assert " open>" not in render(source, form=Letter(), chips=chips, headers=phone)
    assert " open>" in render(source, form=Letter({}), chips=chips, headers=phone)


def test_phones_get_one_link_back():
    html = render('<c-crumbs :items="items" />', items=[{"label": "Home", "url": "/"}, {"label": "List", "url": "/l/"}, {"label": "17"}])
    assert re.search(r'q-crumbs-back" href="/l/"', html)
    assert html.count("q-crumbs-back") == 1


def test_ids_of_parts_differ():
    source = '<c-copy value="a" label="A" /><c-copy value="b" label="B" />'
    ids = re.findall(r'<input class="input" id="([^"]+)"', render(source))
    later = re.findall(r'<input class="input" id="([^"]+)"', render(source, headers={"HTTP_HX_REQUEST": "true"}))
    assert len(set(ids + later)) == 4


# --- errors ---------------------------------------------------------------------------------------------------------------


def test_when_the_server_failed_the_error_page_asks_the_database_nothing():
    assert ui.error_base(500) == "ui/bare.html"
    assert ui.error_base(404) == "base.html"
    html = engines["django"].get_template("error.html").render({"status": 500, "title": "Broken", "reason": "Sorry.", "back": ""}, None)
    assert "data-reason" in html
