"""The pages: what families find on them, and what editors do with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lxml import html

from goldenthread.core.actors import System
from goldenthread.localoffer import actions as directory
from goldenthread.localoffer import terms
from goldenthread.localoffer.guidance import settings_lists
from goldenthread.localoffer.guidance.settings_lists import Wanted
from goldenthread.localoffer.models import GuidancePage
from goldenthread.people.enums import SettingGroup
from goldenthread.people.models import Setting
from tests.factories import localoffer as make
from tests.localoffer.views.test_editing import filled, signed_in

pytestmark = pytest.mark.django_db


def page(answer: Any) -> Any:
    """The answer as a tree."""
    assert answer.status_code == 200, answer.status_code
    return html.fromstring(answer.content.decode())


def school(name: str, kind: str, phase: str, urn: str = "", la: str = settings.COUNCIL_LA_CODE) -> None:
    """A published setting that answered one question, in the register where it has a number."""
    found = [(terms.SETTING, kind), (terms.PHASE, phase), (terms.NEED, terms.codes(terms.NEED)[0])]
    if urn:
        registered(name, urn, la=la)
    make.published(
        name=name,
        attributes=[{"taxonomy_term": terms.document(slug, code)} for slug, code in found],
        local_offer={"questions": {"staff": "All trained.", "support": " "}, **({"urn": urn} if urn else {})},
    )


def registered(name: str, urn: str, la: str = settings.COUNCIL_LA_CODE) -> None:
    """A school of the register."""
    Setting.objects.create(
        urn=urn,
        name=name,
        name_key=name.casefold(),
        la_code=la,
        la_name="Threadshire" if la == settings.COUNCIL_LA_CODE else "Spindleshire",
        group=SettingGroup.SPECIAL_MAINTAINED,
        phase="Not applicable",
        status="Open",
    )


def test_a_guide_has_numbered_steps_words_explained_and_who_answers_for_it(loaded: Path) -> None:
    tree = page(Client().get(reverse("lo_page", args=["ask"])))
    assert [one.get("id") for one in tree.xpath("//ol[@class='gt-steps']/li/h2")] == ["who", "when"]
    word = tree.xpath("//button[@popovertarget]")[0].get("popovertarget")
    assert "SENCO" in tree.xpath(f"//*[@id='{word}'][@popover]")[0].text_content()
    text = tree.text_content()
    assert "SEND Casework Manager answers for it" in text
    assert "Last reviewed on" in text
    assert tree.xpath(f"//a[@href='{reverse('lo_page_in', args=['ask', 'easy-read'])}']")
    assert settings.COUNCIL_NAME in page(Client().get(reverse("lo_page", args=["rules"]))).text_content()


def test_what_is_not_live_is_not_found(loaded: Path) -> None:
    GuidancePage.objects.filter(slug="rules").update(state="draft", live_number=None, published_on=None)
    for address in (reverse("lo_page", args=["rules"]), reverse("lo_page_in", args=["ask", "pl"])):
        assert Client().get(address).status_code == 404
    assert not page(Client().get(reverse("lo_page", args=["ask"]))).xpath("//a[text()='rules']")


def test_lists_tell_who_has_told_us_and_who_has_not() -> None:
    directory.load_shipped_taxonomies(by=System.COMMAND)
    school("Bobbin House", "special", "special", "900001")
    school("Far House", "special", "special", "900002", la="998")
    school("Loom College", "post-16", "post-16")
    registered("Silent School", "900003")
    wanted = Wanted("special", "special")
    told = settings_lists.settings_with_entries(wanted)
    assert [(one.name, one.answered, one.is_outside) for one in told] == [
        ("Bobbin House", 1, False),
        ("Far House", 1, True),
    ]
    assert [one.name for one in settings_lists.settings_without_entries(wanted)] == ["Silent School"]
    assert [one.name for one in settings_lists.settings_with_entries(Wanted(outside=True))] == ["Far House"]
    assert settings_lists.settings_without_entries(Wanted(need=terms.codes(terms.NEED)[0])) == []
    text = page(Client().get(reverse("lo_settings_of", args=["special"]))).text_content()
    assert "Has not told us yet" in text
    assert "1 of 7 questions answered by Bobbin House" in text
    assert "Kind" not in page(Client().get(reverse("lo_settings_of", args=["special"]))).xpath(
        "string(//thead)"
    )
    answer = Client().get(reverse("lo_settings_of", args=["all"]) + "?download=csv")
    assert b"Silent School" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    shown = page(Client().get(reverse("lo_setting", args=[told[0].id]))).text_content()
    assert (shown.count("Not answered yet"), "All trained." in shown) == (6, True)


def test_an_editor_previews_saves_and_publishes(loaded: Path) -> None:
    editor = signed_in(make.editor())
    address = reverse("lo_guidance_edit", args=["rules"])
    given = filled(editor.get(address), "body") | {"body": "Ask **us**.\n\n[a](page:none)"}
    preview = editor.post(address, given | {"then": "preview"})
    assert page(preview).xpath("//strong[text()='us']")
    assert "Line 3: There is no guidance page" in preview.content.decode()
    assert GuidancePage.objects.get(slug="rules").number == 1
    editor.post(address, given | {"body": "Ask **us**.", "then": "save"})
    decide = reverse("lo_guidance_do", args=["rules", "publish"])
    editor.post(decide, filled(editor.get(decide), "version"))
    assert GuidancePage.objects.get(slug="rules").body == "Ask **us**.\n"
    compared = page(editor.get(reverse("lo_guidance_version", args=["rules", 1])))
    assert [one.text_content() for one in compared.xpath("//del")] == ["Taken out: Ask {council}."]
    board = page(editor.get(reverse("lo_coverage") + "?cover=covered")).text_content()
    assert "S2.19" in board
