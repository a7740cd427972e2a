"""The Merkle tree of RFC 6962 over an append-only list, read through its complete subtrees.

`lookup(level, index)` gives the hash of the complete subtree over the leaves [index·2^level, (index+1)·2^level). Such a
subtree never changes once its last leaf is there, so root and paths of any size need only a logarithmic number of
lookups. Pure: no database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Lookup = Callable[[int, int], bytes]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtrees_completed_by(index: int, leaf: bytes, lookup: Lookup) -> list[bytes]:
    """Hashes of the complete subtrees that end with leaf `index`, from level 0 (the leaf itself) upwards."""
    hashes = [leaf]
    while (index + 1) % (1 << len(hashes)) == 0:
        left = lookup(len(hashes) - 1, ((index + 1) >> (len(hashes) - 1)) - 2)
        hashes.append(node_hash(left, hashes[-1]))
    return hashes


def root_of(size: int, lookup: Lookup) -> bytes:
    """The root of the first `size` leaves."""
    return _hash_of_range(0, size, lookup) if size else EMPTY_ROOT


def audit_path(index: int, size: int, lookup: Lookup) -> list[bytes]:
    """What is hashed onto leaf `index`, bottom first, to reach the root of `size` leaves (RFC 6962, 2.1.1)."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            path.append(_hash_of_range(middle, end, lookup))
            end = middle
        else:
            path.append(_hash_of_range(start, middle, lookup))
            start = middle
    return path[::-1]


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that leaf, index and path lead to (RFC 9162, 2.1.3.2); None when their shape is impossible."""
    if not 0 <= index < size:
        return None
    node, last, current = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node % 2 or node == last:
            current = node_hash(sibling, current)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return current if last == 0 else None


def _hash_of_range(start: int, end: int, lookup: Lookup) -> bytes:
    width = end - start
    if width & (width - 1) == 0 and start % width == 0:
        level = width.bit_length() - 1
        return lookup(level, start >> level)
    middle = start + _largest_power_below(width)
    return node_hash(_hash_of_range(start, middle, lookup), _hash_of_range(middle, end, lookup))


def _largest_power_below(width: int) -> int:
    return 1 << ((width - 1).bit_length() - 1)
