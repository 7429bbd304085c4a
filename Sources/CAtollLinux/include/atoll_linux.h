// Linux calls that Swift cannot import: variadic ones (prctl, syscall) and those behind _GNU_SOURCE.
// Every function returns what the system call returns and leaves errno as the call left it.
#ifndef ATOLL_LINUX_H
#define ATOLL_LINUX_H

/// prctl(PR_SET_CHILD_SUBREAPER, 1): orphaned descendants become children of the caller. prctl(2).
int atoll_become_subreaper(void);

#endif
