#define _GNU_SOURCE
#include "atoll_linux.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>

int atoll_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int atoll_accept(int listener, struct sockaddr *address, socklen_t *length) {
    return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int atoll_peer_credentials(int descriptor, pid_t *process, uid_t *user, gid_t *group) {
    struct ucred credentials = {0};
    socklen_t length = sizeof credentials;
    int result = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length);
    *process = credentials.pid;
    *user = credentials.uid;
    *group = credentials.gid;
    return result;
}

static int set_attributes(posix_spawnattr_t *attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(attributes, &all);
    short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (!error) error = posix_spawnattr_setflags(attributes, flags);
    return error;
}

static int add_actions(posix_spawn_file_actions_t *actions, const char *directory, const int descriptors[3]) {
    int error = 0;
    for (int target = 0; target < 3 && !error; target++) {
        if (descriptors[target] == -1)
            error = posix_spawn_file_actions_addopen(actions, target, "/dev/null", O_RDWR, 0);
        else
            error = posix_spawn_file_actions_adddup2(actions, descriptors[target], target);
    }
    // What a library opened without close-on-exec must not reach the child either.
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    if (!error && directory) error = posix_spawn_file_actions_addchdir_np(actions, directory);
    return error;
}

int atoll_spawn(
    pid_t *process, const char *path, char *const arguments[], char *const environment[], const char *directory,
    const int descriptors[3]
) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    int error = posix_spawnattr_init(&attributes);
    if (error) return error;
    error = posix_spawn_file_actions_init(&actions);
    if (!error) {
        error = set_attributes(&attributes);
        if (!error) error = add_actions(&actions, directory, descriptors);
        if (!error) error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
        posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawnattr_destroy(&attributes);
    return error;
}

int atoll_pidfd_open(pid_t process) { return pidfd_open(process, 0); }

int atoll_pidfd_signal(int pidfd, int signal) { return pidfd_send_signal(pidfd, signal, 0, 0); }

int atoll_pidfd_wait(int pidfd, int *code, int *status) {
    siginfo_t info = {0};
    int result = waitid(P_PIDFD, pidfd, &info, WEXITED | WNOHANG);
    *code = info.si_code;
    *status = info.si_status;
    return result;
}
