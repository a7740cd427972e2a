"""Adding, editing and removing scenes of a draft list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from enforcement.errors import Refusal
from enforcement.models import RuleVersion
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.documents.addresses import OfficerAddresses, officer_version
from enforcement.web.documents.officer_views import version_context, version_or_404
from enforcement.web.documents.refusals import add_to_form, add_to_messages
from joint_inspection.models import InspectionScene
from joint_inspection.selectors import find_scene
from joint_inspection.services.edit_scene import add_scene, edit_scene, remove_scene
from joint_inspection.web.scene_form import SceneForm, initial_of
from joint_inspection.web.surface import JOINT_LISTS


@working_page
def create(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """A new scene behind the last one."""
    version = version_or_404(request, JOINT_LISTS, slug, number)
    form = SceneForm(request.POST or None, initial={"lock_version": version.lock_version})
    if request.method == "POST" and form.is_valid():
        fields, lock = form.fields_of_scene(), form.cleaned_data["lock_version"]
        try:
            scene = add_scene(actor=request.actor, version_id=version.pk, fields=fields, expected_lock=lock)
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return _saved(request, version, scene)
    return _form_page(request, version, form, None)


@working_page
def edit(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """The fields of a scene; read-only once the version left the draft stage."""
    version, scene = _scene_or_404(request, slug, number, entry_slug)
    initial = initial_of(scene) | {"lock_version": version.lock_version}
    form = SceneForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields, lock = form.fields_of_scene(), form.cleaned_data["lock_version"]
        try:
            scene = edit_scene(
                actor=request.actor,
                version_id=version.pk,
                scene_id=scene.pk,
                fields=fields,
                expected_lock=lock,
            )
        except Refusal as refusal:
            add_to_form(form, refusal)
        else:
            return _saved(request, version, scene)
    return _form_page(request, version, form, scene)


@working_page
@require_POST
def remove(request: ActorRequest, slug: str, number: int, entry_slug: str) -> HttpResponse:
    """Take a scene out of the draft."""
    version, scene = _scene_or_404(request, slug, number, entry_slug)
    try:
        remove_scene(actor=request.actor, version_id=version.pk, scene_id=scene.pk, serial=scene.serial)
    except Refusal as refusal:
        add_to_messages(request, refusal)
    else:
        messages.success(request, f"第 {scene.serial} 项已删除。")
    return redirect(officer_version(JOINT_LISTS, version))


def _scene_or_404(
    request: ActorRequest, slug: str, number: int, entry_slug: str
) -> tuple[RuleVersion, InspectionScene]:
    version = version_or_404(request, JOINT_LISTS, slug, number)
    scene = find_scene(version=version, slug=entry_slug)
    if scene is None:
        raise Http404("这个版本里没有这一项。")
    return version, scene


def _saved(request: ActorRequest, version: RuleVersion, scene: InspectionScene) -> HttpResponse:
    messages.success(request, f"第 {scene.serial} 项已保存。")
    return redirect(OfficerAddresses(JOINT_LISTS, version).entry(scene.slug))


def _form_page(
    request: ActorRequest, version: RuleVersion, form: SceneForm, scene: InspectionScene | None
) -> HttpResponse:
    form.renew_lock(version.lock_version)
    step = f"第 {scene.serial} 项" if scene else "增加一项"
    context = version_context(request, JOINT_LISTS, version, step=step) | {"form": form, "scene": scene}
    return render(request, "joint_inspection/scene_edit.html", context)
