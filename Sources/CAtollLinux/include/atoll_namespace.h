// What the supervisor of a pod asks of the kernel: namespaces, mounts, signals as a descriptor, reaping.
// Every function returns what the system call returns and leaves errno as the call left it.
#ifndef ATOLL_NAMESPACE_H
#define ATOLL_NAMESPACE_H

#include <sys/types.h>

/// unshare(CLONE_NEWUSER). Only for a process with one thread. user_namespaces(7).
int atoll_unshare_user(void);

/// unshare(CLONE_NEWNS), with CLONE_NEWUTS if `host_name` is not 0. unshare(2).
int atoll_unshare_mounts(int host_name);

/// mount(MS_SLAVE | MS_REC) on the root: mounts of the host still arrive, our own do not leave. mount(2).
int atoll_receive_mounts_only(void);

/// mount(MS_BIND) of one file over another. mount(2).
int atoll_bind_mount(const char *source, const char *target);

/// Blocks SIGTERM, SIGQUIT, SIGHUP and SIGCHLD, and gives them as a descriptor that does not block. signalfd(2).
int atoll_supervisor_signals(void);

/// The next signal of that descriptor; 0 when none is waiting.
int atoll_next_signal(int descriptor);

/// waitid(P_ALL, WEXITED | WNOHANG): reaps one child. Returns its number, 0 when none has ended, -1 with ECHILD when
/// there is none at all. `code` is CLD_EXITED, CLD_KILLED or CLD_DUMPED; `status` the exit code or signal. waitid(2).
pid_t atoll_reap(int *code, int *status);

/// True when the attribute exists and begins with '1': systemd marks a delegated control group so. getxattr(2).
int atoll_is_marked(const char *path, const char *attribute);

#endif
