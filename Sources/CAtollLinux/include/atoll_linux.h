// Linux calls that Swift cannot import: variadic ones (prctl, syscall) and those behind _GNU_SOURCE.
// Every function returns what the system call returns and leaves errno as the call left it.
#ifndef ATOLL_LINUX_H
#define ATOLL_LINUX_H

#include <sys/socket.h>
#include <sys/types.h>

#include "atoll_mounts.h"
#include "atoll_namespace.h"
#include "atoll_uevent.h"

/// prctl(PR_SET_CHILD_SUBREAPER, 1): orphaned descendants become children of the caller. prctl(2).
int atoll_become_subreaper(void);

/// accept4(SOCK_NONBLOCK | SOCK_CLOEXEC). accept4(2).
int atoll_accept(int listener, struct sockaddr *address, socklen_t *length);

/// getsockopt(SO_PEERCRED): who connected to a Unix socket, as of its connect. unix(7).
int atoll_peer_credentials(int descriptor, pid_t *process, uid_t *user, gid_t *group);

/// posix_spawn(3) in a new session, every signal unblocked and at its default action, and no descriptor above 2.
///
/// `descriptors` become 0, 1 and 2 of the child: each is -1 for /dev/null, its own number to be inherited, or
/// above 2. `directory` may be null. Returns 0 or an error number, as posix_spawn does; errno means nothing.
int atoll_spawn(
    pid_t *process, const char *path, char *const arguments[], char *const environment[], const char *directory,
    const int descriptors[3]
);

/// pidfd_open(2); the descriptor is close-on-exec.
int atoll_pidfd_open(pid_t process);

/// pidfd_send_signal(2) to the process alone, not to its group.
int atoll_pidfd_signal(int pidfd, int signal);

/// waitid(P_PIDFD, WEXITED | WNOHANG): reaps the child. `code` is CLD_EXITED, CLD_KILLED or CLD_DUMPED, or 0
/// while it runs; `status` is its exit code or signal. waitid(2).
int atoll_pidfd_wait(int pidfd, int *code, int *status);

#endif
