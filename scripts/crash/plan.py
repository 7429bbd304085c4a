#!/usr/bin/env python3
"""plan.py SEED HOSTS

What scripts/crash-test kills and starts again, and when: without end, the same for the same seed. One deed on a line,
by seconds since the beginning:

    1.52 kill agent 3
    1.97 kill pod 48213        the one that this number chooses among those that there are then
    2.80 start agent 3
"""

import heapq
import itertools
import random
import sys

# How often each is killed, in two kinds of times that take turns. In the second the coordinator is spared and agents
# are away for longer than they are waited for: a coordinator that has just started is more patient than one that has
# been there, and would seldom give a host up.
PHASE = 15
KINDS = [
    {"coordinator": 5, "agent": 4, "several": 1, "pod": 3, "supervisor": 4},
    {"agent": 6, "pod": 2, "supervisor": 2},
]
LONG_ABSENCES = [0.1, 0.6]


def deeds(seed, hosts):
    chance = random.Random(seed)
    agents = [f"agent {number}" for number in range(1, hosts + 1)]
    starts, down, now = [], set(), 1.0

    def kill(daemon, longest):
        absence = chance.uniform(0, 4) * chance.choice([0, 1, 1])
        if chance.random() < LONG_ABSENCES[phase]:
            absence = chance.uniform(6, longest)
        heapq.heappush(starts, (now + absence, daemon))
        down.add(daemon)
        return f"{now:.2f} kill {daemon}"

    while True:
        now += chance.uniform(0.5, 2.5)
        while starts and starts[0][0] <= now:
            time, daemon = heapq.heappop(starts)
            down.discard(daemon)
            yield f"{time:.2f} start {daemon}"
        phase = int(now / PHASE) % 2
        kind = chance.choices(list(KINDS[phase]), list(KINDS[phase].values()))[0]
        up = [agent for agent in agents if agent not in down]
        if kind in ("pod", "supervisor"):
            yield f"{now:.2f} kill {kind} {chance.randrange(10**6)}"
        if kind in ("coordinator", "several") and "coordinator" not in down:
            yield kill("coordinator", 8)
        count = {"agent": 1, "several": chance.randint(2, 4)}.get(kind, 0)
        for agent in chance.sample(up, min(count, len(up))):
            yield kill(agent, 15)


def main(seed, hosts):
    # As many as any reader could want, who takes what it needs.
    for deed in itertools.islice(deeds(seed, hosts), 1_000_000):
        try:
            print(deed, flush=True)
        except BrokenPipeError:
            # Python would complain once more when it closes it.
            sys.stdout = None
            return


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(int(sys.argv[1]), int(sys.argv[2]))
