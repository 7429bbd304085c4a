"""What the pods of scripts/crash-test run: a witness of its own to who is on which island.

    pod.py WITNESS SECONDS FAILURES [detached] [stubborn]

Runs for some SECONDS and fails in the first FAILURES attempts of its JobSet. A detached one leaves a child behind that
wants to live on; a stubborn one takes a second to die of SIGTERM.

It locks a file of its own in WITNESS/<host>, a link to the folder of the host's island, which the kernel unlocks when the last process of the pod is gone and
not before, however that went. Then it looks who else holds one there: nobody but pods of the same job may. Since each
locks first and looks then, of two that share an island at least one finds the other. What it finds goes to
WITNESS/violations, and WITNESS/seen says when it was there, by CLOCK_BOOTTIME.
"""

import fcntl
import os
import signal
import sys
import time


def say(file, text):
    descriptor = os.open(f"{witness}/{file}", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{text}\n".encode())
    os.close(descriptor)


def seen(event):
    say("seen", f"{event} {pod} {host} {time.clock_gettime_ns(time.CLOCK_BOOTTIME)}")


def hold(path):
    """The descriptor, which children inherit, holds the lock."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        say("violations", f"pod {pod} was started twice")
        descriptor = os.open(path, os.O_RDWR)
    # Blocks no longer than others need to look.
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def look_around():
    for other in os.listdir(island):
        if other == pod:
            continue
        with open(f"{island}/{other}") as file:
            try:
                # Shared, so that two who look do not take each other for the one that is looked for.
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                # <job>-<index>-<replacement>
                (job, index), (own_job, own_index) = other.split("-")[:2], pod.split("-")[:2]
                if job != own_job or index == own_index:
                    say("violations", f"pod {pod} found pod {other} alive on {os.path.basename(island)}")


def leave_a_child(seconds):
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(seconds)
        os._exit(0)


def stop(*_):
    if "stubborn" in habits:
        time.sleep(1)
    seen("stop")
    os._exit(143)


witness, seconds, failures, *habits = sys.argv[1:]
pod, host = os.environ["ATOLL_POD"], os.environ["NODE_NAME"]
island = os.path.realpath(f"{witness}/{host}")
signal.signal(signal.SIGTERM, stop)
hold(f"{island}/{pod}")
seen("begin")
look_around()
if "detached" in habits:
    leave_a_child(60)
time.sleep(float(seconds))
# Again: whoever came meanwhile without looking.
look_around()
seen("stop")
sys.exit(1 if int(os.environ["JOBSET_RESTART_ATTEMPT"]) < int(failures) else 0)
