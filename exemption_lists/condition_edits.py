"""Changing the form of a condition: adding, removing, moving, grouping. Pure; every act answers with the new form and
the place that was touched, where the focus goes. An act that cannot be done leaves the form as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from exemption_lists.condition_nodes import (
    DEEPEST,
    FIRST_TIME,
    MOST_NODES,
    GroupNode,
    Join,
    Node,
    Path,
    RowNode,
    nodes_of,
)

Edited = tuple[GroupNode, Path]


def node_at(root: GroupNode, path: Path) -> Node | None:
    """The node at a place, None when there is none."""
    node: Node = root
    for position in path:
        if not isinstance(node, GroupNode) or not 0 <= position < len(node.children):
            return None
        node = node.children[position]
    return node


def add_row(root: GroupNode, path: Path) -> Edited:
    """A blank row at the end of the group."""
    return _added(root, path, RowNode())


def add_first_time(root: GroupNode, path: Path) -> Edited:
    """A row for the first time within a window at the end of the group."""
    return _added(root, path, FIRST_TIME)


def add_group(root: GroupNode, path: Path) -> Edited:
    """A group with a blank row at the end of the group; inside 同时满足 it is 满足其一 and the other way round."""
    group = node_at(root, path)
    if not isinstance(group, GroupNode) or len(path) + 2 > DEEPEST:
        return root, path
    return _added(root, path, GroupNode(_other(group), (RowNode(),), "single"))


def remove(root: GroupNode, path: Path) -> Edited:
    """Without the row or group; the outermost group is never removed."""
    if not path or node_at(root, path) is None:
        return root, path
    return _without(root, path), path[:-1]


def wrap(root: GroupNode, path: Path) -> Edited:
    """The row or group inside a new group of its own."""
    node = node_at(root, path)
    if not path or node is None or len(path) + 1 + height_of(node) > DEEPEST:
        return root, path
    join = _other(node_at(root, path[:-1]))
    return _changed(root, path, lambda _node: GroupNode(join, (node,), "single")), path


def unwrap(root: GroupNode, path: Path) -> Edited:
    """The members of the group in its place."""
    group = node_at(root, path)
    if not path or not isinstance(group, GroupNode):
        return root, path
    at = path[-1]

    def spread(parent: Node) -> Node:
        assert isinstance(parent, GroupNode)
        members = (*parent.children[:at], *group.children, *parent.children[at + 1 :])
        return replace(parent, children=members)

    return _changed(root, path[:-1], spread), path[:-1]


def move_up(root: GroupNode, path: Path) -> Edited:
    """One line up: past the row before it, into the end of a group before it, or out of its own group."""
    node = node_at(root, path)
    if not path or node is None:
        return root, path
    *above, at = path
    if at == 0:
        return (root, path) if not above else _moved(root, path, node, tuple(above))
    before = node_at(root, (*above, at - 1))
    if isinstance(before, GroupNode) and _fits(node, len(above) + 1):
        return _moved(root, path, node, (*above, at - 1, len(before.children)))
    return _moved(root, path, node, (*above, at - 1))


def move_down(root: GroupNode, path: Path) -> Edited:
    """One line down: past the row behind it, into the front of a group behind it, or out of its own group."""
    node = node_at(root, path)
    if not path or node is None:
        return root, path
    *above, at = path
    parent = node_at(root, tuple(above))
    assert isinstance(parent, GroupNode)
    if at == len(parent.children) - 1:
        if not above:
            return root, path
        # Taking the last member out removes an emptied group, and its place moves up by one.
        leaves_empty = len(parent.children) == 1
        return _moved(root, path, node, (*above[:-1], above[-1] + (0 if leaves_empty else 1)))
    behind = parent.children[at + 1]
    if isinstance(behind, GroupNode) and _fits(node, len(above) + 1):
        return _moved(root, path, node, (*above, at, 0))
    return _moved(root, path, node, (*above, at + 1))


def height_of(node: Node) -> int:
    """Levels of groups in the node; a row has none."""
    if isinstance(node, RowNode):
        return 0
    return 1 + max((height_of(child) for child in node.children), default=0)


def _other(parent: Node | None) -> Join:
    """How the members of a new group inside `parent` belong together."""
    return "all" if isinstance(parent, GroupNode) and parent.join == "any" else "any"


def _fits(node: Node, groups_above: int) -> bool:
    return isinstance(node, RowNode) or groups_above + 1 + height_of(node) <= DEEPEST


def _moved(root: GroupNode, path: Path, node: Node, target: Path) -> Edited:
    """Taken out at `path` and put at `target`, a place in the form without it. A group left empty goes."""
    taken = _without(root, path)
    emptied = node_at(taken, path[:-1])
    if len(path) > 1 and isinstance(emptied, GroupNode) and not emptied.children:
        taken = _without(taken, path[:-1])
    return _put(taken, target, node), target


def _put(root: GroupNode, path: Path, node: Node) -> GroupNode:
    def insert(parent: Node) -> Node:
        assert isinstance(parent, GroupNode)
        at = path[-1]
        return replace(parent, children=(*parent.children[:at], node, *parent.children[at:]))

    return _changed(root, path[:-1], insert)


def _without(root: GroupNode, path: Path) -> GroupNode:
    def drop(parent: Node) -> Node:
        assert isinstance(parent, GroupNode)
        at = path[-1]
        return replace(parent, children=(*parent.children[:at], *parent.children[at + 1 :]))

    return _changed(root, path[:-1], drop)


def _added(root: GroupNode, path: Path, node: Node) -> Edited:
    group = node_at(root, path)
    if not isinstance(group, GroupNode) or sum(1 for _ in nodes_of(root)) + 2 > MOST_NODES:
        return root, path
    if group.children == (RowNode(),) and node != RowNode():
        # The blank row a group begins with makes room for what is asked for.
        return _changed(root, path, lambda _group: replace(group, children=(node,))), (*path, 0)
    place = (*path, len(group.children))
    return _put(root, place, node), place


def _changed(root: GroupNode, path: Path, change: Callable[[Node], Node]) -> GroupNode:
    changed = _changed_node(root, path, change)
    assert isinstance(changed, GroupNode)
    return changed


def _changed_node(node: Node, path: Path, change: Callable[[Node], Node]) -> Node:
    if not path:
        return change(node)
    assert isinstance(node, GroupNode)
    at, *below = path
    child = _changed_node(node.children[at], tuple(below), change)
    return replace(node, children=(*node.children[:at], child, *node.children[at + 1 :]))
