#!/usr/bin/env python3
"""load.py FOLDER ATOLLCTL SEED

The load of scripts/crash-test: applies, suspends, resumes and deletes small JobSets, so that every island is busy and
some JobSets wait, until FOLDER/stop exists; then it sees to it that what it began is accepted, and ends.

Each JobSet and what should become of it is a line of JSON in FOLDER/jobsets, each answer of atollctl one in
FOLDER/answers. What is not accepted, because there is no coordinator just then, is tried again.
"""

import json
import os
import random
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WAITING = 3

# kind: how often, jobs, seconds, attempts that fail, restarts allowed, habits of the pods, what becomes of it
KINDS = {
    "quick": (3, 1, (0.1, 0.5), 0, 200, [], "Completed"),
    "steady": (4, 1, (1, 4), 0, 200, ["detached"], "Completed"),
    "wide": (2, 2, (0.5, 3), 0, 200, [], "Completed"),
    "flaky": (2, 1, (0.2, 1), 2, 200, ["detached"], "Completed"),
    "hopeless": (1, 1, (0.2, 0.5), 1000, 2, [], "Failed"),
    "stubborn": (2, 2, (1, 3), 1, 200, ["stubborn"], "Completed"),
    "paused": (2, 1, (2, 5), 0, 200, ["stubborn", "detached"], "Completed"),
    # Those that live longest: some of them for longer than a host is waited for.
    "dropped": (7, 1, (20, 40), 0, 200, ["stubborn"], "deleted"),
}


def manifest(jobset, witness):
    limits = {"limits": {"google.com/tpu": 4}}
    node = {"name": "NODE_NAME", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}
    words = [witness, str(jobset["seconds"]), str(jobset["failures"]), *jobset["habits"]]
    command = ["/usr/bin/env", "python3", "-I", "-S", f"{HERE}/pod.py", *words]
    container = {"name": "main", "command": command, "env": [node], "resources": limits}
    pod = {"spec": {"terminationGracePeriodSeconds": 4, "containers": [container]}}
    job = {"spec": {"parallelism": 2, "completions": 2, "backoffLimit": 0, "template": pod}}
    exclusive = {"alpha.jobset.sigs.k8s.io/exclusive-topology": "cloud.google.com/gke-nodepool"}
    return {
        "apiVersion": "jobset.x-k8s.io/v1alpha2",
        "kind": "JobSet",
        "metadata": {"name": jobset["name"], "annotations": exclusive},
        "spec": {
            "suspend": jobset["suspended"],
            "failurePolicy": {"maxRestarts": jobset["restartsMax"]},
            "replicatedJobs": [{"name": "w", "replicas": jobset["jobs"], "template": job}],
        },
    }


class Load:
    def __init__(self, folder, atollctl, seed):
        self.folder, self.atollctl = folder, atollctl
        self.chance = random.Random(f"load {seed}")
        self.answers = open(f"{folder}/answers", "a", buffering=1)
        self.jobsets = open(f"{folder}/jobsets", "a", buffering=1)
        self.count = 0
        # What is to be done: (seconds after the JobSet was accepted, verb, JobSet).
        self.intents = []
        # Name: when it was accepted.
        self.accepted = {}

    def atoll(self, *words, text=None):
        """Exit status and output; -1 when it did not end."""
        try:
            done = subprocess.run(
                [self.atollctl, *words], input=text, capture_output=True, text=True, timeout=20
            )
        except subprocess.TimeoutExpired:
            return -1, "", "no answer"
        return done.returncode, done.stdout, done.stderr

    def invent(self):
        """A JobSet, and what is to be done with it."""
        self.count += 1
        kind = self.chance.choices(list(KINDS), [row[0] for row in KINDS.values()])[0]
        _, jobs, seconds, failures, restarts, habits, fate = KINDS[kind]
        jobset = {
            "name": f"{kind}-{self.count}",
            "kind": kind,
            "jobs": jobs,
            "seconds": round(self.chance.uniform(*seconds), 2),
            "failures": failures,
            "restartsMax": restarts,
            "habits": habits,
            "fate": fate,
            "suspended": False,
        }
        # Waiting, starting, running or over: all of it happens.
        self.intents.append((0, "apply", jobset))
        if kind == "dropped":
            self.intents.append((self.chance.uniform(0, 16), "delete", jobset))
        later = self.chance.uniform(0, 6)
        if kind == "paused":
            self.intents.append((later, "suspend", jobset))
            self.intents.append((later + self.chance.uniform(0, 3), "resume", jobset))
        self.jobsets.write(json.dumps(jobset) + "\n")

    def attempt(self, verb, jobset):
        """True when it was accepted."""
        if verb == "delete":
            status, out, error = self.atoll("delete", "--no-wait", "jobset", jobset["name"])
        else:
            jobset = dict(jobset, suspended=verb == "suspend")
            text = json.dumps(manifest(jobset, f"{self.folder}/witness"))
            status, out, error = self.atoll("apply", "-f", "-", text=text)
        answer = {"time": time.time(), "verb": verb, "name": jobset["name"], "status": status, "said": out + error}
        self.answers.write(json.dumps(answer) + "\n")
        # An earlier attempt may have been heard although its answer was lost.
        return status == 0 or (verb == "delete" and status == 4)

    def pursue(self, hurry=False):
        """Tries what is due; with `hurry`, all that is left."""
        for intent in list(self.intents):
            after, verb, jobset = intent
            since = self.accepted.get(jobset["name"])
            if verb != "apply" and (since is None or not hurry and time.monotonic() < since + after):
                continue
            # In their order: a JobSet is not resumed before it was suspended.
            if next(other for other in self.intents if other[2] is jobset) is not intent:
                continue
            if not self.attempt(verb, jobset):
                return
            self.accepted.setdefault(jobset["name"], time.monotonic())
            self.intents.remove(intent)

    def waiting(self):
        """How many JobSets wait for islands; enough of them when there is nobody to ask."""
        status, out, _ = self.atoll("get", "jobsets", "-o", "json")
        if status != 0:
            return WAITING
        document = json.loads(out)
        states = [item.get("status", {}) for item in document.get("items", [document])]
        return sum(1 for state in states if (state.get("placement") or {}).get("state") == "Waiting")

    def run(self):
        while not os.path.exists(f"{self.folder}/stop"):
            for _ in range(max(0, WAITING - self.waiting())):
                self.invent()
            self.pursue()
            time.sleep(0.3)
        while self.intents:
            self.pursue(hurry=True)
            time.sleep(0.1)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    Load(*sys.argv[1:]).run()
