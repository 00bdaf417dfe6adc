"""A* with a coin per comparison on CPython's own heapq: the peer the Swift heap is held to.

  python3 coin.py > coin.json        traces with the coins and shuffles of CounterRandom
  python3 coin.py mean 10 15000      mean trace tokens of accepted mazes, its standard error, share accepted
"""

import heapq
import json
import random
import sys

MASK = (1 << 64) - 1


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Counter:
    """CounterRandom(key: key)."""

    def __init__(self, key):
        self.key, self.count, self.coins, self.left = key, 0, 0, 0

    def next(self):
        self.count += 1
        return mix((self.key + self.count * 0x9E3779B97F4A7C15) & MASK)

    def uniform(self, bound):
        product = self.next() * bound
        while (product & MASK) < (1 << 64) % bound:
            product = self.next() * bound
        return product >> 64

    def coin(self):
        if self.left == 0:
            self.coins, self.left = self.next(), 64
        coin = self.coins & 1
        self.coins, self.left = self.coins >> 1, self.left - 1
        return coin == 1

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.uniform(last + 1)
            items[last], items[other] = items[other], items[last]


class Python:
    """Python's own draws, for means that owe nothing to CounterRandom."""

    coin = staticmethod(lambda: random.random() < 0.5)
    shuffle = staticmethod(random.shuffle)


class Node:
    def __init__(self, cell, g, h, parent, draws):
        self.cell, self.g, self.h, self.parent, self.draws = cell, g, h, parent, draws

    def __lt__(self, other):
        f, other_f = self.g + self.h, other.g + other.h
        return f < other_f if f != other_f else self.draws.coin()


def search(width, height, walls, start, goal, draws):
    """The log as (word, cell, g, h) and the plan as cells; None without a solution."""

    def distance(cell):
        return abs(cell % width - goal % width) + abs(cell // width - goal // width)

    heap, opened, closed, log = [], {}, {}, []

    def create(node):
        heapq.heappush(heap, node)
        opened[node.cell] = node
        log.append(("create", node.cell, node.g, node.h))

    create(Node(start, 0, distance(start), None, draws))
    while heap:
        node = heapq.heappop(heap)
        del opened[node.cell]
        closed[node.cell] = node
        log.append(("close", node.cell, node.g, node.h))
        if node.cell == goal:
            plan = []
            while node:
                plan.append(node.cell)
                node = node.parent
            return log, plan[::-1]
        x, y = node.cell % width, node.cell // width
        children = []
        for a, b in ((x, y + 1), (x, y - 1), (x - 1, y), (x + 1, y)):
            cell = b * width + a
            if 0 <= a < width and 0 <= b < height and cell not in walls:
                children.append(Node(cell, node.g + 1, distance(cell), node, draws))
        draws.shuffle(children)
        for child in children:
            if child.cell in opened:
                old = opened[child.cell]
                if old.g <= child.g:
                    continue
                heap[:] = [entry for entry in heap if entry is not old]
                heapq.heapify(heap)
                del opened[child.cell]
            if child.cell in closed and closed[child.cell].g <= child.g:
                continue
            create(child)
    return None


def draw(width, height, wall_rule=(3, 5)):
    cells = list(range(width * height))
    random.shuffle(cells)
    count = random.randint(len(cells) // 10 * wall_rule[0], len(cells) // 10 * wall_rule[1])
    return set(cells[:count]), cells[count:]


def goldens():
    random.seed(1)
    entries = []
    for width, height, wanted in ((4, 4, 2), (7, 5, 2), (10, 10, 4), (20, 20, 2)):
        found = 0
        while found < wanted:
            walls, free = draw(width, height)
            start, goal = random.sample(free, 2)
            key = len(entries) + 1
            result = search(width, height, walls, start, goal, Counter(key))
            if result is None or len(result[1]) < max(width, height):
                continue
            creates = [entry[1] for entry in result[0] if entry[0] == "create"]
            if width >= 10 and len(creates) == len(set(creates)):
                continue  # only searches that improve an open node
            place = lambda cell: f"{cell % width} {cell // width}"
            prompt = [f"start {place(start)} goal {place(goal)}"] + [f"wall {place(c)}" for c in sorted(walls)]
            trace = [f"{word} {place(cell)} c{g} c{h}" for word, cell, g, h in result[0]]
            entries.append(
                {
                    "width": width,
                    "height": height,
                    "order": "coin",
                    "key": key,
                    "prompt": " ".join(prompt),
                    "trace": " ".join(trace),
                    "plan": " ".join(f"plan {place(cell)}" for cell in result[1]),
                }
            )
            found += 1
    print(json.dumps(entries, indent=1))


def mean(side, tasks):
    random.seed(side)
    lengths, attempts = [], 0
    while sum(map(len, lengths)) < tasks:
        walls, free = draw(side, side)
        layout = []
        for _ in range(4):
            random.shuffle(free)
            attempts += 1
            result = search(side, side, walls, free[0], free[1], Python)
            if result and len(result[1]) >= side:
                layout.append(5 * len(result[0]))
        lengths.append(layout)
    count = sum(map(len, lengths))
    average = sum(map(sum, lengths)) / count
    error = sum((sum(one) - average * len(one)) ** 2 for one in lengths) ** 0.5 / count
    print(f"{side}x{side}: {average:.2f} tokens, standard error {error:.2f}, {count / attempts:.3f} accepted")


if __name__ == "__main__":
    mean(int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1:2] == ["mean"] else goldens()
