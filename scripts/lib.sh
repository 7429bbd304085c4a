# shellcheck shell=bash
# What scripts/demo, scripts/test and scripts/test-e2e share: packages, build, and a cluster on loopback.
# To be sourced by a bash that has set -euo pipefail.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The configuration that demo and tests build and run: debug builds in less time, release runs faster.
configuration=${ATOLL_CONFIGURATION:-debug}

# shellcheck disable=SC2034 # used by those who source this
packages=(libevent-dev libprotobuf-c-dev protobuf-c-compiler libsqlite3-dev libyaml-dev pkg-config python3)

# --- What people read ----------------------------------------------------------------------------------------------

if [[ -t 1 && -z ${NO_COLOR-} ]]; then
    bold=$'\e[1m' faint=$'\e[2m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' plain=$'\e[0m'
else
    bold='' faint='' red='' green='' yellow='' plain=''
fi

heading() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
say() { printf '%s\n' "$*"; }
good() { printf '%s%s%s\n' "$green" "$*" "$plain"; }
warn() { printf '%s%s%s\n' "$yellow" "$*" "$plain" >&2; }
complain() { printf '%s%s: %s%s\n' "$red" "$(basename "$0")" "$*" "$plain" >&2; }
die() {
    complain "$*"
    exit 1
}

# Shows a command and runs it.
show() {
    printf '%s$ %s%s\n' "$faint" "$*" "$plain"
    "$@"
}

# --- Packages and build --------------------------------------------------------------------------------------------

# Installs those of the named Debian packages that are missing, and says so.
install_packages() {
    command -v dpkg-query >/dev/null || {
        warn "this is no Debian system; I take it that the like of these is installed: $*"
        return 0
    }
    local package missing=()
    for package; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "Debian packages are missing and I am not root: apt install ${missing[*]}"
        as_root=(sudo)
        [[ -t 0 ]] || as_root+=(-n)
    fi
    say "installing Debian packages: ${missing[*]}"
    local log
    log=$(mktemp)
    as_root+=(env DEBIAN_FRONTEND=noninteractive)
    if ! { "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "they could not be installed; try it by hand: apt install ${missing[*]}"
    fi
    rm -f "$log"
}

# The Swift driver leaves an empty folder in TMPDIR each time it runs: give it one that can be removed.
swift() {
    local folder status=0
    folder=$(mktemp -d -t atoll-swift-XXXXXX)
    TMPDIR=$folder command swift "$@" || status=$?
    rm -rf "$folder"
    return "$status"
}

need_swift() {
    type -P swift >/dev/null || die "swift is not in PATH; install 6.3 from https://www.swift.org/install/linux"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    local major=${version% *} minor=${version#* }
    ((${major:-0} > 6 || (${major:-0} == 6 && ${minor:-0} >= 3))) ||
        die "Swift 6.3 or later is needed, found: $(swift --version 2>/dev/null | head -n 1)"
}

# Builds the package, with the given options of `swift build`, and sets `bin` to the folder of its programs. ATOLL_BIN
# names a folder where they have been built already.
build() {
    if [[ -n ${ATOLL_BIN-} ]]; then
        bin=$ATOLL_BIN
        say "using the programs in $bin"
        return
    fi
    local began=$SECONDS
    (cd "$repository" && swift build -c "$configuration" "$@") || die "the build failed"
    bin=$(cd "$repository" && swift build -c "$configuration" --show-bin-path)
    say "built in $((SECONDS - began)) s: $bin"
}

# --- A cluster on loopback -----------------------------------------------------------------------------------------
# One coordinator and some agents, each with an address, a root folder and a state folder of its own, all below one
# temporary folder, `cluster`. Every process that belongs to it has that folder's path in its arguments or variables.

cluster=''
hosts=8
coordinator_pid=''
declare -A agent_pids=()

new_cluster() {
    cluster=$(mktemp -d -t atoll-XXXXXX)
    # A Unix socket's path has at most 107 bytes. unix(7)
    ((${#cluster} < 90)) || die "the path $cluster is too long for a socket; set TMPDIR to a shorter one"
    mkdir "$cluster/hosts" "$cluster/state" "$cluster/log"
    port=$(free_port)
    # Started by hand and not by systemd: nobody waits for our notifications.
    unset NOTIFY_SOCKET WATCHDOG_USEC WATCHDOG_PID
    ATOLL_SOCKET=$cluster/socket
    export ATOLL_SOCKET
}

free_port() {
    python3 -c 'import socket
with socket.create_server(("127.0.0.1", 0)) as s: print(s.getsockname()[1])'
}

atollctl() { "$bin/atollctl" "$@"; }

# Host n is tpu-n at 127.0.1.n; two after one another make an island.
make_hosts() {
    local n
    for ((n = 1; n <= hosts; n++)); do
        "$bin/atoll-agent" make-host tpu-v5e --into "$cluster/hosts/tpu-$n" --name "tpu-$n" \
            --island "cloud.google.com/gke-nodepool=slice-$(((n + 1) / 2))" --worker $(((n + 1) % 2)) >/dev/null ||
            die "host tpu-$n could not be made"
    done
}

start_coordinator() {
    "$bin/atoll-coordinator" --data "$cluster/data" --listen "127.0.0.1:$port" --socket "$ATOLL_SOCKET" \
        </dev/null >>"$cluster/log/coordinator.log" 2>&1 &
    coordinator_pid=$!
}

# start_agent N [NAME] [STATE]: host N's agent, under its own name unless another is given, with `agent_options`.
agent_options=()
start_agent() {
    local name=${2:-tpu-$1} state=${3:-tpu-$1}
    "$bin/atoll-agent" run --root "$cluster/hosts/tpu-$1" --coordinator "127.0.0.1:$port" --host "$name" \
        --address "127.0.1.$1" --state "$cluster/state/$state" "${agent_options[@]}" </dev/null >>"$cluster/log/$state.log" 2>&1 &
    # shellcheck disable=SC2034 # used by those who source this
    agent_pids[$state]=$!
}

start_cluster() {
    local n
    make_hosts
    start_coordinator
    for ((n = 1; n <= hosts; n++)); do start_agent "$n"; done
    wait_until 15 "the coordinator answers on its socket" coordinator_answers
    wait_until 15 "all $hosts hosts are ready" all_hosts_ready
}

coordinator_answers() {
    kill -0 "$coordinator_pid" 2>/dev/null || {
        complain "the coordinator has ended"
        show_logs
        exit 1
    }
    atollctl get hosts -o name >/dev/null 2>&1
}

all_hosts_ready() { [[ $(query hosts 'sum(get(o, "status.state") == "Ready" for o in items)') == "$hosts" ]]; }

# query KIND EXPRESSION: prints a Python expression over `items`, the list of all objects of the kind.
# In it, get(object, "a.b") is None where there is no such field, and item("name") is one object.
query() {
    atollctl get "$1" -o json | python3 -c '
import json, sys

def get(value, path):
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value

def item(name):
    return next((o for o in items if get(o, "metadata.name") == name), {})

document = json.load(sys.stdin)
items = document["items"] if "items" in document else [document]
print(eval(f"({sys.argv[1]})", {"items": items, "get": get, "item": item}))' "$2"
}

# wait_until SECONDS WHAT COMMAND...: tries the command every tenth of a second; shows the logs if time runs out.
wait_until() {
    local seconds=$1 what=$2 deadline=$((SECONDS + $1))
    shift 2
    until "$@"; do
        if ((SECONDS > deadline)); then
            complain "waited $seconds s in vain until $what"
            show_logs
            return 1
        fi
        sleep 0.1
    done
}

# The ends of the daemons' logs.
show_logs() {
    local log
    for log in "$cluster"/log/*.log; do
        [[ -s $log ]] || continue
        printf '%s--- %s%s\n' "$faint" "$(basename "$log")" "$plain" >&2
        tail -n 12 "$log" >&2
    done
}

# Process ids of all that belongs to a cluster's folder, pods and their supervisors included.
processes_of() {
    # Listed before grep and the others start, which would find themselves.
    local files=(/proc/[0-9]*/cmdline /proc/[0-9]*/environ)
    grep -lsF -- "$1/" "${files[@]}" | cut -d / -f 3 | sort -un || true
}

# What pods of this cluster run, one `<pod uid> <process id>` on a line. The process is the container's first.
pod_processes() {
    local pid uid parent files=(/proc/[0-9]*/environ)
    grep -lszF -- "HOME=$cluster/" "${files[@]}" | cut -d / -f 3 | while read -r pid; do
        uid=$(tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | sed -n 's/^ATOLL_POD=//p') || continue
        parent=$(sed -n 's/^PPid:\t//p' "/proc/$pid/status" 2>/dev/null) || continue
        # A child of the pod's own process is no news.
        [[ -z $uid ]] || grep -qszF -- "HOME=$cluster/" "/proc/$parent/environ" || printf '%s %s\n' "$uid" "$pid"
    done | sort || true
}

# Kills a daemon that we started.
kill_and_wait() {
    kill "-$1" "$2" 2>/dev/null || true
    wait "$2" 2>/dev/null || true
}

# Stops all processes of the cluster and removes its folder. May be called at any time, and twice.
remove_cluster() {
    [[ -n $cluster ]] || return 0
    local pid signal tries
    # The shell need not report how they end.
    disown -a
    # Pods outlive their agents, as they should, so they are told as well: their supervisors stop them on SIGTERM.
    for signal in TERM KILL; do
        for pid in $(processes_of "$cluster"); do kill "-$signal" "$pid" 2>/dev/null || true; done
        for ((tries = 0; tries < 40; tries++)); do
            [[ -n $(processes_of "$cluster") ]] || break 2
            sleep 0.05
        done
    done
    rm -rf "$cluster"
    cluster=''
}
