/// What `atoll-agent help` prints.
let usage = """
    atoll-agent reads what accelerators this host has, reports them to a coordinator and runs the pods it is given.

    Usage: atoll-agent COMMAND [OPTION...]

      run        serve until SIGTERM; pods outlive the agent
                   --config FILE             default: etc/atoll/agent.yaml below the root
                   --root DIR                whose sys, proc and etc to read, default /; or a capture of a host
                   --coordinator HOST:PORT   may be repeated; default 127.0.0.1:7420
                   --host NAME               unique name of this host, default: its host name
                   --address IP              where peers reach its pods, default: the way to the coordinator
                   --state DIR               what must outlive the agent, default /var/lib/atoll-agent
                   --pod-lease TIME          without an answer for so long pods end by themselves, default: they run on
                   --volume-claims DIR       the folder of all volume claims, default: pods can have none
                   --log-level LEVEL         trace, debug, info, notice, warning or error; default info
      topology   show what this host has, and which rule gave each label
                   --config FILE, --root DIR, --host NAME
                   --matrix                  how near devices and network cards are, as a matrix
                   -o json|yaml|dot|svg      default: a tree for people
                   --save FILE.tar           keep the files that were read; another host shows them with --root.
                                             A folder if the name ends in a slash
                   --anonymous               without serial numbers, UUIDs, addresses and names in what is kept
      make-host  write a folder tree that looks like the host of some accelerator
                   KIND                      tpu-v5e, h100, mi300x or gaudi3
                   --into DIR                required
                   --name NAME               default: the kind
                   --count N                 that many hosts, NAME-0, NAME-1, ... each in a folder of its own
                   --island KEY=VALUE        a label of the host; may be repeated
                   --worker N                position in its slice, default 0
                   --seed N                  other serial numbers, default 1
      version    print the version
      help       print this

    Options win over the configuration file. Exit status: 0 done, 1 failed, 2 wrong use.

    """
