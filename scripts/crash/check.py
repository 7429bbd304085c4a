#!/usr/bin/env python3
"""check.py FOLDER | --self-test

Decides whether a run of scripts/crash-test was clean, from what it left in FOLDER: the journals of all hosts
(state/*/journal), what the pods saw (witness/), what atollctl answered (answers), what was to become of each JobSet
(jobsets), what became of it (final, from `atollctl get jobsets -o json`), and what was killed (kills). Prints figures,
and each rule that was broken; exits 1 if there is any, or if too little has happened to mean anything.
"""

import collections
import copy
import glob
import json
import os
import sys

# One pod's life by its host's journal. Times are CLOCK_BOOTTIME, which all hosts of one machine have in common.
Life = collections.namedtuple("Life", "pod job jobset name host island start end cause")


# What atollctl says when there is no coordinator, or when one goes away in the middle.
OUTAGE = ("cannot reach the coordinator", "the connection to the coordinator")


def job_of(pod):
    """The id of the Job object, one for each attempt: pods are named <job>-<index>-<replacement>."""
    return pod.split("-")[0]


# --- What was written ----------------------------------------------------------------------------------------------


def lines(path):
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return file.read().splitlines()


def read(folder):
    """All records, as one dictionary of plain values."""
    islands = {name: os.readlink(f"{folder}/witness/{name}") for name in os.listdir(f"{folder}/witness")
               if os.path.islink(f"{folder}/witness/{name}")}
    journal = []
    for path in sorted(glob.glob(f"{folder}/state/*/journal.1")) + sorted(glob.glob(f"{folder}/state/*/journal")):
        journal += [json.loads(line) for line in lines(path)]
    with open(f"{folder}/final") as file:
        final = json.load(file)
    return {
        "islands": islands,
        "journal": journal,
        "seen": [line.split() for line in lines(f"{folder}/witness/seen")],
        "violations": lines(f"{folder}/witness/violations"),
        "jobsets": [json.loads(line) for line in lines(f"{folder}/jobsets")],
        "answers": [json.loads(line) for line in lines(f"{folder}/answers")],
        "final": final["items"] if "items" in final else [final],
        "kills": [line.split() for line in lines(f"{folder}/kills")],
        "lost hosts": sum("host lost" in line for line in lines(f"{folder}/log/coordinator.log")),
    }


# --- The rules -----------------------------------------------------------------------------------------------------
# Each takes the records, or what was made of them, and gives one sentence for each time it is broken.


def lives_of(records):
    """Every pod that was started, and the rules that a journal by itself can break."""
    starts, ends, broken = {}, {}, []
    for line in sorted(records["journal"], key=lambda line: line["boottime"]):
        pod = line["pod"]
        if line["event"] == "start":
            if pod in starts:
                broken.append(f"pod {pod} was started twice, on {starts[pod]['host']} and on {line['host']}")
            starts.setdefault(pod, line)
        else:
            # Somebody was killed between this and the pod's record, so that it was written once more: the first counts.
            ends.setdefault(pod, line)
    lives = []
    for pod, start in starts.items():
        end = ends.get(pod)
        if end is None:
            broken.append(f"pod {pod} on {start['host']} has no end")
        elif end["boottime"] < start["boottime"]:
            broken.append(f"pod {pod} ended before it was started")
        lives.append(
            Life(pod, job_of(pod), start["jobSet"].split("/")[1], start["job"], start["host"],
                 records["islands"][start["host"]], start["boottime"], end["boottime"] if end else float("inf"),
                 end["cause"] if end else "none")
        )
    for pod, end in ends.items():
        if pod not in starts and end["cause"] != "lost":
            broken.append(f"pod {pod} has an end, {end['cause']}, and no start")
    return lives, broken


def shared_islands(lives):
    broken, present = [], {}
    for life in sorted(lives, key=lambda life: life.start):
        others = [other for other in present.get(life.island, []) if other.end > life.start]
        for other in others:
            pods = f"pods {other.pod} and {life.pod} of"
            if other.jobset != life.jobset or other.name != life.name:
                broken.append(f"{life.island} was shared: {pods} {other.name} and {life.name} ran at once")
            elif other.job != life.job:
                broken.append(f"two attempts of {life.name} ran at once on {life.island}: {other.pod}, {life.pod}")
            elif other.host == life.host:
                broken.append(f"{life.host} had two pods at once: {other.pod}, {life.pod}")
        present[life.island] = others + [life]
    return broken


def unlike_witnesses(records, lives):
    """What the pods said themselves must fit what the journals say."""
    broken = [f"a witness says: {violation}" for violation in records["violations"]]
    by_pod = {life.pod: life for life in lives}
    for event, pod, host, time in records["seen"]:
        life = by_pod.get(pod)
        if life is None or life.host != host:
            broken.append(f"pod {pod} ran on {host}, whose journal knows nothing of it")
        elif not life.start <= int(time) <= life.end:
            broken.append(f"pod {pod} ran ({event}) when it did not by the journal of {host}")
    return broken


def unexplained_ends(records, lives):
    """No pod is killed or lost but by us: killed daemons leave pods alone."""
    killed = {(kind, target) for _, kind, target in records["kills"]}
    broken = []
    for life in lives:
        if life.cause == "lost" and ("supervisor", life.pod) not in killed:
            broken.append(f"pod {life.pod} was lost on {life.host} although its supervisor was not killed")
        if life.cause == "signaled 9" and ("pod", life.pod) not in killed:
            broken.append(f"pod {life.pod} was killed on {life.host}, and not by us")
    return broken


def forgotten_jobsets(records):
    """What was accepted is remembered, whatever happened since."""
    broken, accepted, uncertain = [], set(), set()
    for answer in records["answers"]:
        name, verb, status = answer["name"], answer["verb"], answer["status"]
        if status > 0 and not (verb == "delete" and status == 4) and not any(sign in answer["said"] for sign in OUTAGE):
            broken.append(f"{verb} {name} was refused: {answer['said'].strip()}")
        if status == 0 and verb != "delete":
            if name in accepted and " created" in answer["said"]:
                broken.append(f"JobSet {name} was accepted, and then created once more by {verb}")
            accepted.add(name)
        if verb == "delete":
            if status == 4 and name not in uncertain:
                broken.append(f"JobSet {name} was accepted and not there to be deleted")
            uncertain.add(name)
    for jobset in records["jobsets"]:
        if jobset["name"] not in accepted:
            broken.append(f"JobSet {jobset['name']} was never accepted")
    return broken


def wrong_fates(records, lives):
    """Every JobSet came to the end that it should."""
    broken = []
    final = {item["metadata"]["name"]: item.get("status", {}) for item in records["final"]}
    succeeded = {(life.name, life.pod.split("-")[1]) for life in lives if life.cause == "exited 0"}
    for jobset in records["jobsets"]:
        name, fate = jobset["name"], jobset["fate"]
        status = final.pop(name, None)
        if fate == "deleted":
            if status is not None:
                broken.append(f"JobSet {name} was deleted and is still there")
            continue
        if status is None:
            broken.append(f"JobSet {name} is lost")
            continue
        state, restarts = status.get("terminalState"), status.get("restarts", 0)
        if state != fate:
            broken.append(f"JobSet {name} is {state} and should be {fate}")
        elif fate == "Failed" and restarts != jobset["restartsMax"]:
            broken.append(f"JobSet {name} failed after {restarts} restarts of {jobset['restartsMax']}")
        elif fate == "Completed":
            if restarts < jobset["failures"]:
                broken.append(f"JobSet {name} completed after {restarts} restarts, {jobset['failures']} are needed")
            for job in range(jobset["jobs"]):
                for index in "01":
                    if (f"{name}-w-{job}", index) not in succeeded:
                        broken.append(f"JobSet {name} completed, and pod {name}-w-{job}-{index} never did")
    broken += [f"JobSet {name} is there and was never applied" for name in final]
    return broken


def busy(lives, islands):
    """Of the time from the first start to the last end, on average over the islands."""
    if not lives:
        return 0
    begin, end, total, until = min(life.start for life in lives), max(life.end for life in lives), 0, {}
    for life in sorted(lives, key=lambda life: life.start):
        since = max(life.start, until.get(life.island, begin))
        total += max(0, life.end - since)
        until[life.island] = max(since, life.end)
    return round(100 * total / (end - begin) / islands) if end < float("inf") else 0


def figures(records, lives):
    kills = collections.Counter(kind for _, kind, _ in records["kills"])
    survivors = 0
    for life in lives:
        # Times of kills are in seconds.
        during = [kill for kill in records["kills"] if life.start < float(kill[0]) * 1e9 < life.end]
        daemons = [kind for _, kind, target in during if kind == "coordinator" or target == life.host]
        survivors += life.cause == "exited 0" and bool(daemons)
    return {
        "kills": sum(kills.values()),
        "by kind": ", ".join(f"{count} {kind}" for kind, count in sorted(kills.items())),
        "JobSets": len(records["jobsets"]),
        "pods": len(lives),
        "restarts": sum(item.get("status", {}).get("restarts", 0) for item in records["final"]),
        "deleted": sum(jobset["fate"] == "deleted" for jobset in records["jobsets"]),
        "answers lost or late": sum(answer["status"] != 0 for answer in records["answers"]),
        "pods that outlived a daemon's kill": survivors,
        "hosts given up": records["lost hosts"],
        "lost pods": sum(life.cause == "lost" for life in lives),
        "percent of the time with a pod on an island": busy(lives, len(set(records["islands"].values()))),
    }


def idle(found):
    """A run in which nothing happened shows nothing."""
    least = {
        "kills": 1,
        "JobSets": max(5, found["kills"] // 4),
        "pods": max(10, found["kills"] // 2),
        "restarts": 1,
        "pods that outlived a daemon's kill": 1,
        "hosts given up": found["kills"] // 50,
    }
    return [f"too little has happened: {found[what]} {what}, at least {count} expected"
            for what, count in least.items() if found[what] < count]


def check(records):
    """Figures, and a sentence for each rule that was broken."""
    lives, broken = lives_of(records)
    found = figures(records, lives)
    broken += shared_islands(lives) + unlike_witnesses(records, lives) + unexplained_ends(records, lives)
    broken += forgotten_jobsets(records) + wrong_fates(records, lives) + idle(found)
    return found, broken


# --- Does it find anything? ----------------------------------------------------------------------------------------


def made_up():
    """A clean run: eight JobSets after one another on an island of two hosts, the first of them restarted once."""
    records = {"islands": {"h1": "slice-1", "h2": "slice-1", "h3": "slice-2"}, "journal": [], "seen": [],
               "violations": [], "jobsets": [], "answers": [], "final": [], "kills": [["1.5e-7", "agent", "h1"]],
               "lost hosts": 0}
    for number in range(8):
        name, failures = f"js-{number}", int(number == 0)
        records["jobsets"].append({"name": name, "kind": "quick", "jobs": 1, "failures": failures, "restartsMax": 3,
                                   "fate": "Completed"})
        records["answers"].append({"name": name, "verb": "apply", "status": 0, "said": f"{name} created"})
        records["final"].append({"metadata": {"name": name},
                                 "status": {"terminalState": "Completed", "restarts": failures}})
        for attempt in range(failures + 1):
            for index in range(2):
                pod, host = f"{number}{attempt}-{index}-0", f"h{index + 1}"
                line = {"pod": pod, "host": host, "jobSet": f"default/{name}", "job": f"{name}-w-0"}
                start = 200 * number + 100 * attempt
                cause = "exited 0" if attempt == failures else "exited 1"
                records["journal"].append(dict(line, event="start", boottime=start + index))
                records["journal"].append(dict(line, event="end", boottime=start + 90, cause=cause))
                records["seen"].append(["begin", pod, host, str(start + 50)])
    return records


def line_of(records, event, pod):
    return next(line for line in records["journal"] if line["event"] == event and line["pod"] == pod)


BREAKS = {
    "was shared": lambda r: line_of(r, "end", "10-1-0").update(boottime=401),
    "two attempts of js-0-w-0 ran at once": lambda r: line_of(r, "end", "00-0-0").update(boottime=100.5),
    "had two pods at once": lambda r: [l.update(host="h1") for l in r["journal"] if l["pod"] == "20-1-0"],
    "started twice": lambda r: r["journal"].append(dict(line_of(r, "start", "10-0-0"), host="h3", boottime=999)),
    "has no end": lambda r: r["journal"].remove(line_of(r, "end", "70-0-0")),
    "before it was started": lambda r: line_of(r, "end", "30-0-0").update(boottime=599),
    "and no start": lambda r: r["journal"].remove(line_of(r, "start", "30-0-0")),
    "a witness says": lambda r: r["violations"].append("pod x found pod y alive on slice-1"),
    "knows nothing of it": lambda r: r["seen"].append(["begin", "10-0-0", "h3", "250"]),
    "did not by the journal": lambda r: r["seen"].append(["stop", "10-0-0", "h1", "291"]),
    "its supervisor was not killed": lambda r: line_of(r, "end", "00-0-0").update(cause="lost"),
    "not by us": lambda r: line_of(r, "end", "00-0-0").update(cause="signaled 9"),
    "was refused": lambda r: r["answers"][3].update(status=1, said="js-3 was refused"),
    "never accepted": lambda r: r["answers"].pop(),
    "created once more": lambda r: r["answers"].append(dict(r["answers"][3], verb="resume")),
    "not there to be deleted": lambda r: r["answers"].append(
        {"name": "js-3", "verb": "delete", "status": 4, "said": "there is no jobset"}),
    "is lost": lambda r: r["final"].pop(),
    "is Failed and should be Completed": lambda r: r["final"][0]["status"].update(terminalState="Failed"),
    "is None and should be Completed": lambda r: r["final"][0]["status"].pop("terminalState"),
    "restarts, 1 are needed": lambda r: r["final"][0]["status"].update(restarts=0),
    "failed after 1 restarts of 3": lambda r: (r["jobsets"][0].update(fate="Failed"),
                                               r["final"][0]["status"].update(terminalState="Failed")),
    "never did": lambda r: line_of(r, "end", "50-1-0").update(cause="exited 1"),
    "still there": lambda r: r["jobsets"][4].update(fate="deleted"),
    "never applied": lambda r: r["final"].append({"metadata": {"name": "ghost"}}),
    "too little has happened: 0 kills": lambda r: r["kills"].clear(),
    "0 pods that outlived": lambda r: r["kills"][0].__setitem__(2, "h3"),
    "0 hosts given up": lambda r: r["kills"].extend([r["kills"][0]] * 50),
    "4 JobSets": lambda r: [r[part].__delitem__(slice(4, None)) for part in ("jobsets", "answers", "final")],
}


def self_test():
    clean = made_up()
    _, broken = check(copy.deepcopy(clean))
    wrong = [f"a clean run is said to be none: {sentence}" for sentence in broken]
    for expected, change in BREAKS.items():
        records = copy.deepcopy(clean)
        change(records)
        _, broken = check(records)
        if not any(expected in sentence for sentence in broken):
            wrong.append(f"'{expected}' was not found, but: {broken}")
    for sentence in wrong:
        print(f"check.py --self-test: {sentence}", file=sys.stderr)
    print(f"check.py --self-test: {len(BREAKS)} broken rules, {len(wrong)} mistakes")
    return 1 if wrong else 0


def main(folder):
    found, broken = check(read(folder))
    print(", ".join(f"{what} {count}" if what == "by kind" else f"{count} {what}" for what, count in found.items()))
    for sentence in broken:
        print(f"VIOLATION {sentence}", file=sys.stderr)
    print(f"{len(broken)} violations")
    return 1 if broken else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(self_test() if sys.argv[1] == "--self-test" else main(sys.argv[1]))
