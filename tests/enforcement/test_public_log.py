"""The Merkle tree of public acts: root and paths as RFC 6962 defines them, whatever the size."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from enforcement.ledger.canonical import canonical_json
from enforcement.ledger.merkle import (
    EMPTY_ROOT,
    audit_path,
    leaf_hash,
    node_hash,
    root_from_path,
    root_of,
    subtrees_completed_by,
)
from enforcement.ledger.models import PublicLogEntry
from enforcement.ledger.public_log import log_path, log_root, log_size
from tests.enforcement.ledger_writing import publish

SIZES = range(1, 41)


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(by_definition(leaves[:k]), by_definition(leaves[k:]))


class Tree:
    def __init__(self, size: int) -> None:
        self.leaves = [leaf_hash(str(number).encode()) for number in range(size)]
        self.nodes: dict[tuple[int, int], bytes] = {}
        for index, leaf in enumerate(self.leaves):
            for level, node in enumerate(subtrees_completed_by(index, leaf, self.lookup)):
                self.nodes[level, ((index + 1) >> level) - 1] = node

    def lookup(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]


@pytest.mark.parametrize("size", SIZES)
def test_root_and_every_path_are_those_of_the_definition(size: int) -> None:
    tree = Tree(size)
    root = by_definition(tree.leaves)
    assert root_of(size, tree.lookup) == root
    for index, leaf in enumerate(tree.leaves):
        path = audit_path(index, size, tree.lookup)
        assert root_from_path(leaf, index, size, path) == root


def test_known_vectors_of_the_transparency_log_tests() -> None:
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [leaf_hash(bytes.fromhex(text)) for text in inputs]
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert by_definition(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_a_changed_leaf_index_size_or_path_does_not_lead_to_the_root(size: int) -> None:
    tree = Tree(size)
    root = by_definition(tree.leaves)
    for index, leaf in enumerate(tree.leaves):
        path = audit_path(index, size, tree.lookup)
        assert root_from_path(b"\x01" * 32, index, size, path) != root
        assert root_from_path(leaf, index, size, [*path, b"\x01" * 32]) != root
        if path:
            assert root_from_path(leaf, index, size, path[:-1]) != root
            assert root_from_path(leaf, index, size, [b"\x01" * 32, *path[1:]]) != root
        for other in range(size):
            if other != index:
                assert root_from_path(leaf, other, size, path) != root
    assert root_from_path(tree.leaves[0], size, size, []) is None


@pytest.mark.django_db
class TestStoredLog:
    def test_stored_subtrees_give_the_root_and_the_paths_of_every_size(self) -> None:
        acts = [publish(f"list/{number}") for number in range(1, 14)]
        leaves = [leaf_hash(canonical_json(act.leaf_content()).encode()) for act in acts]
        assert log_size() == 13
        for size in range(1, 14):
            root = by_definition(leaves[:size])
            assert log_root(size) == root.hex()
            for index in range(size):
                path = [bytes.fromhex(one) for one in log_path(index, size)]
                assert root_from_path(leaves[index], index, size, path) == root

    def test_a_path_costs_one_query(self, django_assert_num_queries: object) -> None:
        for number in range(1, 12):
            publish(f"list/{number}")
        with django_assert_num_queries(1):  # type: ignore[operator]
            log_path(2, 11)

    def test_rows_are_never_changed_and_an_act_is_public_once(self) -> None:
        publish("list/1")
        for change in (lambda rows: rows.update(label="x"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                change(PublicLogEntry.objects.all())
        with pytest.raises(DatabaseError, match="public_log_once"):
            publish("list/1")
