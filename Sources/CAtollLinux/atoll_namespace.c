#define _GNU_SOURCE
#include "atoll_namespace.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

int atoll_unshare_user(void) { return unshare(CLONE_NEWUSER); }

int atoll_unshare_mounts(int host_name) { return unshare(CLONE_NEWNS | (host_name ? CLONE_NEWUTS : 0)); }

int atoll_receive_mounts_only(void) { return mount(0, "/", 0, MS_SLAVE | MS_REC, 0); }

int atoll_bind_mount(const char *source, const char *target) { return mount(source, target, 0, MS_BIND, 0); }

int atoll_supervisor_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGQUIT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &set, 0)) return -1;
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int atoll_next_signal(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

pid_t atoll_reap(int *code, int *status) {
    siginfo_t info = {0};
    int result = waitid(P_ALL, 0, &info, WEXITED | WNOHANG | __WALL);
    *code = info.si_code;
    *status = info.si_status;
    return result ? -1 : info.si_pid;
}

int atoll_is_marked(const char *path, const char *attribute) {
    char value = 0;
    char buffer[16];
    ssize_t count = getxattr(path, attribute, buffer, sizeof buffer);
    if (count > 0) value = buffer[0];
    return value == '1';
}
