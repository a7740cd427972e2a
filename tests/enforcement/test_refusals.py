"""A refusal is the same object on every surface."""

import pickle

import pytest

from enforcement.conditions.parse import ConditionError
from enforcement.errors import InvalidInput, NotPermitted, Refusal, StaleVersion
from enforcement.identifiers import IdentifierError


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal("closed", "本案已经结案"),
        NotPermitted("not_yours", "本案不在您的职权范围内", {"case": 7}),
        StaleVersion("stale", "此前已有他人修改，请重新打开后再改"),
        InvalidInput.from_problems("rows", ["第3行缺少名称", "第4行重复"]),
        ConditionError(["第1项：应为一个对象"]),
        IdentifierError("身份证号应为 18 位，现在是 17 位"),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
def test_a_refusal_survives_a_trip_to_a_worker_and_reads_as_its_message(refusal):
    returned = pickle.loads(pickle.dumps(refusal))
    assert type(returned) is type(refusal)
    assert returned.as_document() == refusal.as_document()
    assert str(returned) == refusal.message


def test_invalid_input_keeps_every_problem():
    refusal = InvalidInput.from_problems("rows", ["第3行缺少名称", "第4行重复"])
    assert refusal.problems == ["第3行缺少名称", "第4行重复"]
    assert refusal.message == "第3行缺少名称；第4行重复"
