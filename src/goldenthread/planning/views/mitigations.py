"""Building a mitigation: what it is, and what it changes, one effect at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.core.access import signed_in
from goldenthread.core.refusals import InvalidInput, NotAllowedNow, NotFound
from goldenthread.forecast.errors import ForecastError
from goldenthread.forecast.mitigation import Kind, Mitigation
from goldenthread.forecast.mitigation_data import as_dict, from_dict
from goldenthread.forecast.space import Space
from goldenthread.planning import actions, queries
from goldenthread.planning.forms.effects import KINDS, EffectForm, KindForm
from goldenthread.planning.forms.scenarios import MitigationForm
from goldenthread.planning.models import Scenario
from goldenthread.planning.presenters import results
from goldenthread.planning.presenters import scenarios as presenter
from goldenthread.planning.queries.previews import Preview, preview
from goldenthread.planning.views.parts import add_refusal, editors, rooms, status_of

Plain = dict[str, Any]


class Place:
    """A mitigation of a scenario by its number, 0 for a new one; an effect of it by its own."""

    def __init__(self, request: HttpRequest, scenario_id: UUID, number: int = 0) -> None:
        """Raise NotPermitted, or NotFound where the scenario has no such mitigation."""
        self.by = signed_in(request)
        self.scenario: Scenario = queries.scenario_for(self.by, scenario_id)
        version = queries.scenario_version(self.by, self.scenario)
        self.all: list[Mitigation] = queries.forecast_mitigations(version)
        self.number = number
        if not 0 <= number <= len(self.all):
            raise NotFound("There is no such mitigation.", "Go back to the scenario.")

    @property
    def now(self) -> Plain:
        """The mitigation as plain data."""
        return as_dict(self.all[self.number - 1])

    def with_(self, plain: Plain) -> list[Mitigation]:
        """All mitigations, this one as `plain` says. Raises ForecastError for one that cannot be."""
        made = from_dict(plain)
        if self.number == 0:
            return [*self.all, made]
        return [made if at == self.number else one for at, one in enumerate(self.all, start=1)]

    def save(self, mitigations: Sequence[Mitigation], version: int) -> None:
        """Save the scenario with these. Raises what `edit_scenario` raises."""
        actions.edit_scenario(
            by=self.by,
            scenario_id=self.scenario.pk,
            version=version,
            title=self.scenario.title,
            notes=self.scenario.notes,
            mitigations=mitigations,
        )

    def href(self, *, effect: bool = False, number: int = 0) -> str:
        """The scenario's page at this mitigation, with what all change where asked."""
        query = "?effect=1" if effect else ""
        at = number or self.number or len(self.all) + 1
        return f"{reverse('planning_scenario', args=[self.scenario.pk])}{query}#mitigation-{at}"

    def context(self, **more: Any) -> Plain:
        """What every page here needs."""
        return {"rooms": rooms("planning_scenarios"), "scenario": self.scenario, "number": self.number} | more

    @classmethod
    def there(cls, request: HttpRequest, scenario_id: UUID, number: int) -> Place:
        """The place of a mitigation that is there. Raises NotPermitted or NotFound."""
        return cls(request, scenario_id, number or -1)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """A new mitigation."""
    return _edit(request, Place(request, scenario_id))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, scenario_id: UUID, number: int) -> HttpResponse:
    """What a mitigation is: its start, its ramp, its evidence, its owner."""
    return _edit(request, Place.there(request, scenario_id, number))


def _edit(request: HttpRequest, place: Place) -> HttpResponse:
    number = place.number
    form = MitigationForm(request.POST or None, initial=_initial(place))
    if request.method == "POST" and form.is_valid():
        try:
            place.save(place.with_(_plain(form, place)), form.cleaned_data["version"])
        except ForecastError as refused:
            form.add_error(None, str(refused))
        except InvalidInput as refused:
            add_refusal(form, refused)
        else:
            if number == 0:
                at = len(place.all) + 1
                href = reverse("planning_effect_new", args=[place.scenario.pk, at])
                return HttpResponseRedirect(href)
            return HttpResponseRedirect(place.href())
    heading = "Change the mitigation" if number else "New mitigation"
    context = place.context(form=form, heading=heading)
    return render(request, "planning/mitigation_form.html", context, status=status_of(form))


def _initial(place: Place) -> Plain:
    found: Plain = {"version": place.scenario.version, "reference": str(len(place.all) + 1)}
    if place.number:
        one = place.all[place.number - 1]
        found |= place.now | {"starts": one.starts, "ramp": one.ramp, "one_off": dict(one.one_off)}
    return found


def _plain(form: MitigationForm, place: Place) -> Plain:
    data = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    effects = place.now["effects"] if place.number else []
    data["confidence"] = data["confidence"] or "to_be_confirmed"
    return data | {"starts": data["starts"].isoformat(), "effects": effects, "ramp": list(data["ramp"])}


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, scenario_id: UUID, number: int) -> HttpResponse:
    """Take a mitigation out of a scenario."""
    place = Place.there(request, scenario_id, number)
    if request.method == "POST":
        left = [one for at, one in enumerate(place.all, start=1) if at != number]
        place.save(left, _version(request))
        messages.success(
            request, "The mitigation was taken out. Older versions of the scenario still have it."
        )
        return HttpResponseRedirect(reverse("planning_scenario", args=[place.scenario.pk]))
    context = place.context(mitigation=place.all[number - 1])
    return render(request, "planning/mitigation_remove.html", context)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@editors
@require_http_methods(["GET", "HEAD"])
def effect_new(request: HttpRequest, scenario_id: UUID, number: int) -> HttpResponse:
    """Which kind of effect to add."""
    place = Place.there(request, scenario_id, number)
    form = KindForm(request.GET if "kind" in request.GET or "go" in request.GET else None)
    if form.is_bound and form.is_valid():
        kind = form.cleaned_data["kind"]
        href = reverse("planning_effect_add", args=[place.scenario.pk, number, kind.replace("_", "-")])
        return HttpResponseRedirect(href)
    context = place.context(form=form, mitigation=place.all[number - 1])
    context["does"] = {kind.value: asks.does for kind, asks in KINDS.items()}
    return render(request, "planning/effect_new.html", context, status=status_of(form))


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def effect_add(request: HttpRequest, scenario_id: UUID, number: int, kind: str) -> HttpResponse:
    """Add an effect of a kind: look what it changes first, or save it."""
    place = Place.there(request, scenario_id, number)
    if kind.replace("-", "_") not in list(Kind):
        raise NotFound("There is no such kind of effect.", "Go back to the scenario.")
    return _effect(request, place, Kind(kind.replace("-", "_")), None)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def effect_edit(request: HttpRequest, scenario_id: UUID, number: int, effect: int) -> HttpResponse:
    """Change an effect, or take it away."""
    place = Place.there(request, scenario_id, number)
    effects = place.now["effects"]
    if not 1 <= effect <= len(effects):
        raise NotFound("There is no such effect.", "Go back to the scenario.")
    return _effect(request, place, Kind(effects[effect - 1]["kind"]), effect - 1)


def _effect(request: HttpRequest, place: Place, kind: Kind, at: int | None) -> HttpResponse:
    before = place.now["effects"]
    initial = EffectForm.initial_of(before[at]) if at is not None else None
    form = EffectForm(request.POST or None, kind=kind, space=Space(), initial=initial)
    context = place.context(form=form, asks=KINDS[kind], at=at, mitigation=place.all[place.number - 1])
    if request.method == "POST":
        if "remove" in request.POST and at is not None:
            left = [one for n, one in enumerate(before) if n != at]
            place.save(place.with_(place.now | {"effects": left}), _version(request))
            return HttpResponseRedirect(place.href(effect=True))
        if form.is_valid():
            shown = _tried(request, place, form, at)
            if shown is None:
                return HttpResponseRedirect(place.href(effect=True))
            context |= shown
    return render(request, "planning/effect_form.html", context, status=status_of(form))


def _tried(request: HttpRequest, place: Place, form: EffectForm, at: int | None) -> Plain | None:
    """Save the effect, or show what it changes; None once it is saved. What is refused the form says."""
    effects: list[Plain] = list(place.now["effects"])
    effects[len(effects) if at is None else at :] = [form.plain(), *([] if at is None else effects[at + 1 :])]
    try:
        wanted = place.with_(place.now | {"effects": effects})
        found = _preview(place, wanted, needed="look" in request.POST)
        if "look" not in request.POST or found is None:
            place.save(wanted, _version(request))
            return None
    except ForecastError as refused:
        form.add_error(None, str(refused))
    except (InvalidInput, NotAllowedNow) as refused:
        form.add_error(None, f"{refused.message} {refused.mend}".strip())
    else:
        return {
            "effect": presenter.effect_table(found.as_is, found.mitigated),
            "chart": results.deficit_fan(found.as_is, 0.0, ("With mitigations", found.mitigated)),
            "remarks": found.remarks,
        }
    return {}


def _preview(place: Place, wanted: Sequence[Mitigation], *, needed: bool) -> Preview | None:
    """What the mitigations change, which also finds out whether they can be. A scenario may be built before
    there are plans on record: then there is nothing to try it on, which is refused only where `needed`.
    """
    try:
        return preview(place.by, wanted)
    except NotAllowedNow:
        if needed:
            raise
        return None
