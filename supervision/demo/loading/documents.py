"""Lists, standards and joint-inspection lists of the demonstration, through the same services as everybody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from discretion.content import BODY as STANDARD_BODY
from discretion.services.import_benchmarks import import_benchmarks
from enforcement.actors import Actor, Role, actor_for
from enforcement.documents import DocumentBody
from enforcement.models import DocumentKind, RuleVersion, Violation
from enforcement.models.documents import ReviewVerdict
from enforcement.services.draft_version import create_document, edit_draft, start_next_version
from enforcement.services.publish_version import publish_version, review_version, submit_version
from exemption_lists.content import BODY as LIST_BODY
from exemption_lists.models import ListEntry
from exemption_lists.serials import unique_slug
from joint_inspection.content import BODY as JOINT_BODY
from joint_inspection.reading import DraftScene, SceneReading
from joint_inspection.services.import_scenes import import_scenes
from supervision.demo.benchmark_content import benchmark_drafts, read_standards
from supervision.demo.list_content import (
    EntrySeed,
    ExemptionListSeed,
    JointInspectionListSeed,
    ListVersionSeed,
    read_exemption_lists,
    read_joint_inspection_lists,
)
from supervision.demo.loading.register import LoadedRegister

OPINION = "条件、依据与处理方式相符，未发现与上位法抵触，同意发布。"


def load_documents(loaded: LoadedRegister) -> None:
    """Draft, review and publish everything, with the dates of the seeds."""
    for exemption_list in read_exemption_lists():
        _load_exemption_list(loaded, exemption_list)
    for standard in read_standards():
        drafts = [benchmark_drafts()[code] for code in standard.violation_codes]
        actors = Actors(loaded, standard.agency_code)
        _, version = create_document(
            actor=actors.compiler,
            kind=DocumentKind.BENCHMARK_STANDARD,
            slug=standard.slug,
            title=standard.title,
            agency=loaded.agencies[standard.agency_code],
        )
        import_benchmarks(actor=actors.compiler, version_id=version.pk, drafts=drafts)
        actors.publish(
            STANDARD_BODY,
            version,
            document_number=standard.document_number,
            issued_on=standard.issued_on,
            effective_from=standard.effective_from,
            change_summary=standard.source_note,
        )
    for scenes in read_joint_inspection_lists():
        _load_joint_list(loaded, scenes)


class Actors:
    """Compiler, reviewer and publisher of an agency, three different people."""

    def __init__(self, loaded: LoadedRegister, agency_code: str) -> None:
        self._loaded, self._agency_code = loaded, agency_code

    @property
    def compiler(self) -> Actor:
        return self._actor(Role.COMPILER)

    def _actor(self, role: Role) -> Actor:
        return actor_for(self._loaded.accounts[f"{self._agency_code}-{role.value}"])

    def publish(
        self,
        body: DocumentBody,
        version: RuleVersion,
        *,
        document_number: str,
        issued_on: dt.date,
        effective_from: dt.date,
        change_summary: str = "",
    ) -> None:
        """Submit, review and publish as of the day it was issued."""
        submit_version(actor=self.compiler, body=body, version_id=version.pk, meant_for=effective_from)
        review_version(
            actor=self._actor(Role.LEGAL_REVIEWER),
            body=body,
            version_id=version.pk,
            verdict=ReviewVerdict.AGREE,
            text=OPINION,
        )
        publish_version(
            actor=self._actor(Role.PUBLISHER),
            body=body,
            version_id=version.pk,
            document_number=document_number,
            issued_on=issued_on,
            effective_from=effective_from,
            change_summary=change_summary,
            published_at=timezone.make_aware(dt.datetime.combine(issued_on, dt.time(9))),
        )


def _load_exemption_list(loaded: LoadedRegister, seed: ExemptionListSeed) -> None:
    actors = Actors(loaded, seed.agency_code)
    document = None
    for version_seed in seed.versions:
        if document is None:
            document, version = create_document(
                actor=actors.compiler,
                kind=DocumentKind.EXEMPTION_LIST,
                slug=seed.slug,
                title=seed.title,
                agency=loaded.agencies[seed.agency_code],
            )
        else:
            version = start_next_version(actor=actors.compiler, body=LIST_BODY, document_id=document.pk)
        _write_entries(loaded, actors.compiler, version, version_seed)
        if version_seed.issued_on is not None and version_seed.effective_from is not None:
            actors.publish(
                LIST_BODY,
                version,
                document_number=version_seed.document_number,
                issued_on=version_seed.issued_on,
                effective_from=version_seed.effective_from,
                change_summary=version_seed.change_summary,
            )


def _write_entries(
    loaded: LoadedRegister, compiler: Actor, version: RuleVersion, version_seed: ListVersionSeed
) -> None:
    def replace(draft: RuleVersion) -> None:
        draft.list_entries.all().delete()
        ListEntry.objects.bulk_create(_entry_rows(loaded, draft, version_seed.entries))
        draft.source_note = version_seed.source_note

    edit_draft(
        actor=compiler, version_id=version.pk, change=replace, what=f"写入 {len(version_seed.entries)} 条"
    )


def _entry_rows(loaded: LoadedRegister, version: RuleVersion, seeds: Sequence[EntrySeed]) -> list[ListEntry]:
    rows: list[ListEntry] = []
    taken: set[str] = set()
    for position, seed in enumerate(seeds, start=1):
        slug = unique_slug(serial=seed.serial, kind=seed.kind, taken=taken)
        taken.add(slug)
        rows.append(
            ListEntry(
                version=version,
                position=position,
                serial=seed.serial,
                slug=slug,
                kind=seed.kind,
                scope=seed.scope,
                mandate=seed.mandate,
                domain=seed.domain,
                category=seed.category,
                violation_name=seed.violation_name,
                violation=_violation(loaded, seed),
                violated_provisions=[citation.to_reference() for citation in seed.violated_provisions],
                penalty_provisions=[citation.to_reference() for citation in seed.penalty_provisions],
                condition_text=list(seed.condition_text),
                condition=seed.condition,
                declared_facts=list(seed.declared_facts),
                exclusions=[exclusion.to_document() for exclusion in seed.exclusions],
                follow_up=list(seed.follow_up),
                coercive_measure=seed.coercive_measure,
                note=seed.note,
                plain_words=seed.plain_words,
                example=seed.example,
                fine_rule=seed.fine_rule,
            )
        )
    return rows


def _violation(loaded: LoadedRegister, seed: EntrySeed) -> Violation | None:
    return loaded.violations[seed.violation_code] if seed.violation_code else None


def _load_joint_list(loaded: LoadedRegister, seed: JointInspectionListSeed) -> None:
    actors = Actors(loaded, seed.agency_code)
    _, version = create_document(
        actor=actors.compiler,
        kind=DocumentKind.JOINT_INSPECTION_LIST,
        slug=seed.slug,
        title=seed.title,
        agency=loaded.agencies[seed.agency_code],
    )
    scenes = tuple(
        DraftScene(
            serial=scene.serial,
            object_class=scene.object_class,
            lead_agency=scene.lead_agency,
            joint_agencies=scene.joint_agencies,
            items=scene.items,
            legal_basis=tuple(citation.text for citation in scene.legal_basis),
            item_class=scene.item_class,
            sampling=scene.sampling,
            level=scene.level,
            period=scene.period,
            note=scene.note,
            source=seed.source_note,
        )
        for scene in seed.scenes
    )
    import_scenes(actor=actors.compiler, version_id=version.pk, reading=SceneReading(scenes=scenes))
    actors.publish(
        JOINT_BODY,
        version,
        document_number=seed.document_number,
        issued_on=seed.issued_on,
        effective_from=seed.effective_from,
        change_summary=seed.source_note,
    )
