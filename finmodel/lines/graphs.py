"""Nodes that reach each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def strongly_connected(arrows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The nodes in groups that reach each other, each group after those that it points at; most are of one node.

    arrows: for each node, numbered from 0, the nodes that it points at. Without recursion, so that any depth will do
    (R. Tarjan, Depth-First Search and Linear Graph Algorithms, 1972).
    """
    order = [0] * len(arrows)
    lowest = [0] * len(arrows)
    waiting: list[int] = []
    is_waiting = bytearray(len(arrows))
    count = 0
    for root in range(len(arrows)):
        if order[root]:
            continue
        if all(order[target] for target in arrows[root]):  # all done before, as where lines follow what they need
            count += 1
            order[root] = lowest[root] = count
            yield [root]
            continue
        walk = [(root, 0)]
        while walk:
            node, at = walk.pop()
            if at == 0:
                count += 1
                order[node] = lowest[node] = count
                waiting.append(node)
                is_waiting[node] = 1
            targets = arrows[node]
            while at < len(targets):
                target = targets[at]
                at += 1
                if not order[target]:
                    walk.append((node, at))
                    walk.append((target, 0))
                    break
                if is_waiting[target] and lowest[target] < lowest[node]:
                    lowest[node] = lowest[target]
            else:
                if lowest[node] == order[node]:
                    yield _popped(waiting, is_waiting, node)
                if walk and lowest[node] < lowest[walk[-1][0]]:
                    lowest[walk[-1][0]] = lowest[node]


def _popped(waiting: list[int], is_waiting: bytearray, node: int) -> list[int]:
    group = []
    while True:
        last = waiting.pop()
        is_waiting[last] = 0
        group.append(last)
        if last == node:
            return group
