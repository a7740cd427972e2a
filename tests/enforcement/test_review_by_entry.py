"""Legal review entry by entry: opinions, the way back to the drafter, answers, and agreeing in the end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client

from enforcement.errors import InvalidInput, NotPermitted, Refusal
from enforcement.ledger.models import LedgerEntry
from enforcement.models import EntryOpinion, OpinionAnswer, RuleVersion
from enforcement.models.documents import ReviewVerdict
from enforcement.models.reviews import EntryVerdict
from enforcement.services.publish_version import review_version, submit_version
from enforcement.services.return_version import discard_draft, send_back_version
from enforcement.services.review_entries import EntryChoice, answer_opinion, give_entry_opinions
from exemption_lists.content import BODY
from exemption_lists.services.edit_entry import edit_entry
from tests.builders import draft_list, entry_fields, entry_of
from tests.cast import Cast, raise_cast

pytestmark = pytest.mark.django_db
PAGE = "/officer/lists/market-list/v1/"


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def in_review(cast: Cast) -> RuleVersion:
    entries = (entry_fields(), entry_fields(serial="2", violation_name="未亮照经营"))
    draft = draft_list(cast, entries=entries)
    return submit_version(actor=cast.actor("compiler"), body=BODY, version_id=draft.pk)


def say(
    cast: Cast, version: RuleVersion, verdict: EntryVerdict, text: str = "没有依据", who: str = "reviewer"
) -> EntryOpinion:
    choice = EntryChoice("1", "1", "经营者未按规定明码标价", verdict, text)
    return give_entry_opinions(actor=cast.actor(who), body=BODY, version_id=version.pk, choices=[choice])[0]


def agree(cast: Cast, version: RuleVersion) -> RuleVersion:
    return review_version(
        actor=cast.actor("reviewer"),
        body=BODY,
        version_id=version.pk,
        verdict=ReviewVerdict.AGREE,
        text="同意。",
    )


def send_back(cast: Cast, version: RuleVersion) -> None:
    review_version(
        actor=cast.actor("reviewer"),
        body=BODY,
        version_id=version.pk,
        verdict=ReviewVerdict.RETURN,
        text="见逐条意见。",
    )


def reword(cast: Cast, version: RuleVersion) -> None:
    edit_entry(
        actor=cast.actor("compiler"),
        version_id=version.pk,
        entry_id=entry_of(version).pk,
        fields=replace(entry_fields(), follow_up=["当场补齐价签并拍照"]),
    )


@pytest.mark.parametrize(
    ("verdict", "words"), [(EntryVerdict.DISAGREE, "不同意"), (EntryVerdict.CHANGE, "修改意见")]
)
def test_the_whole_is_not_agreed_while_an_entry_is_open(
    cast: Cast, in_review: RuleVersion, verdict: EntryVerdict, words: str
) -> None:
    say(cast, in_review, verdict)
    with pytest.raises(InvalidInput) as refused:
        agree(cast, in_review)
    assert any(words in problem and "第 1 条" in problem for problem in refused.value.problems)
    say(cast, in_review, EntryVerdict.AGREE, "")
    assert agree(cast, in_review).status == "reviewed"


def test_the_drafter_changes_the_entry_and_review_agrees(cast: Cast, in_review: RuleVersion) -> None:
    say(cast, in_review, EntryVerdict.DISAGREE)
    send_back(cast, in_review)
    reword(cast, in_review)
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=in_review.pk)
    assert agree(cast, in_review).status == "reviewed"


@pytest.mark.parametrize(("accepted", "may_agree"), [(False, True), (True, False)])
def test_a_wish_is_settled_by_reasons_but_not_by_a_promise(
    cast: Cast, in_review: RuleVersion, accepted: bool, may_agree: bool
) -> None:
    opinion = say(cast, in_review, EntryVerdict.CHANGE)
    send_back(cast, in_review)
    answer_opinion(
        actor=cast.actor("compiler"), body=BODY, version_id=in_review.pk, opinion_id=opinion.pk,
        accepted=accepted, reason="上位法就是这样规定的",
    )  # fmt: skip
    submit_version(actor=cast.actor("compiler"), body=BODY, version_id=in_review.pk)
    if may_agree:
        assert agree(cast, in_review).status == "reviewed"
    else:
        with pytest.raises(InvalidInput):
            agree(cast, in_review)


@pytest.mark.parametrize("person", ["compiler", "publisher", "neighbour", "officer"])
def test_only_legal_reviewers_give_opinions(cast: Cast, in_review: RuleVersion, person: str) -> None:
    with pytest.raises(NotPermitted):
        say(cast, in_review, EntryVerdict.AGREE, who=person)


@pytest.mark.parametrize("person", ["reviewer", "publisher", "neighbour"])
def test_only_compilers_answer(cast: Cast, in_review: RuleVersion, person: str) -> None:
    opinion = say(cast, in_review, EntryVerdict.CHANGE)
    send_back(cast, in_review)
    with pytest.raises(NotPermitted):
        answer_opinion(
            actor=cast.actor(person), body=BODY, version_id=in_review.pk, opinion_id=opinion.pk,
            accepted=True, reason="",
        )  # fmt: skip


def test_an_answer_needs_a_draft_reasons_and_comes_once(cast: Cast, in_review: RuleVersion) -> None:
    opinion = say(cast, in_review, EntryVerdict.CHANGE)
    values = {
        "actor": cast.actor("compiler"),
        "body": BODY,
        "version_id": in_review.pk,
        "opinion_id": opinion.pk,
    }
    with pytest.raises(Refusal, match="退回草稿"):
        answer_opinion(**values, accepted=True, reason="")
    send_back(cast, in_review)
    with pytest.raises(InvalidInput):
        answer_opinion(**values, accepted=False, reason=" ")
    answer_opinion(**values, accepted=True, reason="")
    with pytest.raises(Refusal, match="已经答复"):
        answer_opinion(**values, accepted=True, reason="")
    actions = set(LedgerEntry.objects.values_list("action", flat=True))
    assert {"entries_reviewed", "opinion_answered"} <= actions


def test_opinions_and_answers_are_never_changed(cast: Cast, in_review: RuleVersion) -> None:
    opinion = say(cast, in_review, EntryVerdict.CHANGE)
    send_back(cast, in_review)
    answer_opinion(
        actor=cast.actor("compiler"), body=BODY, version_id=in_review.pk, opinion_id=opinion.pk,
        accepted=True, reason="",
    )  # fmt: skip
    for rows, change in (
        (EntryOpinion.objects.all(), {"text": "改"}),
        (OpinionAnswer.objects.all(), {"reason": "改"}),
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            rows.update(**change)
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            rows._raw_delete("default")


def test_a_draft_with_an_opinion_on_an_entry_is_kept(cast: Cast, in_review: RuleVersion) -> None:
    say(cast, in_review, EntryVerdict.CHANGE)
    send_back_version(actor=cast.actor("compiler"), body=BODY, version_id=in_review.pk, reason="先改")
    with pytest.raises(Refusal, match="须留存备查"):
        discard_draft(actor=cast.actor("compiler"), body=BODY, version_id=in_review.pk, reason="不做了")


def test_the_pages_carry_opinions_there_and_answers_back(
    client: Client, cast: Cast, in_review: RuleVersion
) -> None:
    client.force_login(cast.reviewer)
    sent = {"save": "entries", "verdict-1": "disagree", "text-1": "", "verdict": "return", "text": "写到一半"}
    page = client.post(f"{PAGE}review/", sent).content.decode()
    assert "写明不同意的理由" in page and "写到一半" in page
    assert 'value="disagree" checked' in page
    assert client.post(f"{PAGE}review/", sent | {"text-1": "没有依据"}).status_code == 302
    assert "意见待处理" in client.get(f"{PAGE}review/").content.decode()
    page = client.post(
        f"{PAGE}review/", {"save": "whole", "verdict": "agree", "text": "同意"}
    ).content.decode()
    assert "不能整体同意" in page
    client.post(
        f"{PAGE}review/", {"save": "whole", "verdict": "return", "text": "请改", "verdict-2": "agree"}
    )
    assert EntryOpinion.objects.count() == 2
    client.force_login(cast.compiler)
    assert "逐条意见" in client.get(PAGE).content.decode()
    page = client.get(f"{PAGE}opinions/").content.decode()
    assert "没有依据" in page and "不采纳" in page
    opinion = EntryOpinion.objects.get(verdict="disagree")
    answer = {"opinion": str(opinion.pk), "answer": "declined", "reason": ""}
    assert "写明理由" in client.post(f"{PAGE}opinions/", answer).content.decode()
    assert client.post(f"{PAGE}opinions/", answer | {"reason": "上位法如此"}).status_code == 302
    assert "起草人不采纳" in client.get(f"{PAGE}opinions/").content.decode()


def test_a_version_without_opinions_says_so(client: Client, cast: Cast) -> None:
    draft_list(cast)
    client.force_login(cast.compiler)
    assert "还没有提出逐条意见" in client.get(f"{PAGE}opinions/").content.decode()
