#define _GNU_SOURCE
#include "atoll_mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// Not above `folder`, whatever links are on the way.
static int open_beneath(int folder, const char *path, int flags, int resolve) {
    struct open_how how = {.flags = O_PATH | O_CLOEXEC | flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | resolve};
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

/// Makes what is missing of a path below a folder, and opens its end. A link in a path that has to be made is not
/// followed: what it leads to may be anywhere.
static int make_beneath(int volume, const char *path) {
    int folder = dup(volume);
    while (folder >= 0 && *path) {
        char name[256];
        size_t length = strcspn(path, "/");
        if (length >= sizeof name) return close(folder), errno = ENAMETOOLONG, -1;
        memcpy(name, path, length);
        name[length] = 0;
        path += length + strspn(path + length, "/");
        if (!length) continue;
        if (mkdirat(folder, name, 0777) && errno != EEXIST) return close(folder), -1;
        int next = open_beneath(folder, name, O_DIRECTORY, RESOLVE_NO_SYMLINKS);
        close(folder);
        folder = next;
    }
    return folder;
}

/// Makes the folders above a path: all of it up to its last slash.
static int make_parents(const char *path) {
    char part[4096];
    if (strlen(path) >= sizeof part) return errno = ENAMETOOLONG, -1;
    for (size_t i = 1; path[i]; i++) {
        if (path[i] != '/') continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0755) && errno != EEXIST && errno != EROFS) return -1;
    }
    return 0;
}

static int make_target(const char *target, int is_folder) {
    struct stat status;
    if (!stat(target, &status)) return 0;
    if (make_parents(target)) return -1;
    if (is_folder) return mkdir(target, 0755) && errno != EEXIST ? -1 : 0;
    int file = open(target, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return -1;
    close(file);
    return 0;
}

/// A copy of what is mounted there, not yet attached anywhere: it can be made read-only before anybody sees it.
static int copy_tree(int source, int read_only) {
    int tree = open_tree(source, "", AT_EMPTY_PATH | AT_RECURSIVE | OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (tree < 0 || !read_only) return tree;
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
    if (mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes)) return -1;
    return tree;
}

/// Returns the step that failed, with errno; -1 when none did. What is opened is closed by the exec.
static int attach(const struct atoll_mount *mount) {
    int source = open(mount->source, O_PATH | O_CLOEXEC);
    if (source < 0) return ATOLL_SPAWN_OPEN_SOURCE;
    if (*mount->sub_path) {
        int part = open_beneath(source, mount->sub_path, 0, 0);
        if (part < 0 && errno == ENOENT) part = make_beneath(source, mount->sub_path);
        if (part < 0) return ATOLL_SPAWN_OPEN_SUB_PATH;
        source = part;
    }
    struct stat status;
    if (fstat(source, &status)) return ATOLL_SPAWN_OPEN_SOURCE;
    if (make_target(mount->target, S_ISDIR(status.st_mode))) return ATOLL_SPAWN_MAKE_TARGET;
    int tree = copy_tree(source, mount->read_only);
    if (tree < 0) return ATOLL_SPAWN_MOUNT;
    if (move_mount(tree, "", AT_FDCWD, mount->target, MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS))
        return ATOLL_SPAWN_MOUNT;
    return -1;
}

/// What POSIX_SPAWN_SETSID, SETSIGMASK and SETSIGDEF, and the file actions of `atoll_spawn` do.
static int begin_anew(const int descriptors[3]) {
    setsid();
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    for (int target = 0; target < 3; target++) {
        int source = descriptors[target] == -1 ? open("/dev/null", O_RDWR) : descriptors[target];
        if (source < 0 || (source != target && dup2(source, target) < 0)) return -1;
    }
    // The end of the report pipe included: that it is closed says that the program runs.
    return close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
}

static struct atoll_spawn_failure failed(int step, size_t mount) {
    return (struct atoll_spawn_failure){.step = step, .mount = mount, .error = errno};
}

/// Returns only when something failed.
static struct atoll_spawn_failure become(
    const char *program, char *const arguments[], char *const environment[], const char *directory,
    const int descriptors[3], const struct atoll_mount mounts[], size_t count
) {
    if (begin_anew(descriptors)) return failed(ATOLL_SPAWN_FORK, 0);
    if (unshare(CLONE_NEWNS) || mount(0, "/", 0, MS_SLAVE | MS_REC, 0)) return failed(ATOLL_SPAWN_NAMESPACE, 0);
    for (size_t i = 0; i < count; i++) {
        int step = attach(&mounts[i]);
        if (step >= 0) return failed(step, i);
    }
    if (chdir(directory)) return failed(ATOLL_SPAWN_DIRECTORY, 0);
    environ = (char **)environment;
    execvp(program, arguments);
    return failed(ATOLL_SPAWN_EXECUTE, 0);
}

int atoll_spawn_mounted(
    pid_t *process, const char *program, char *const arguments[], char *const environment[], const char *directory,
    const int descriptors[3], const struct atoll_mount mounts[], size_t count, struct atoll_spawn_failure *failure
) {
    int ends[2];
    *failure = (struct atoll_spawn_failure){.step = ATOLL_SPAWN_FORK};
    if (pipe2(ends, O_CLOEXEC)) return failure->error = errno;
    pid_t child = fork();
    if (child == 0) {
        *failure = become(program, arguments, environment, directory, descriptors, mounts, count);
        ssize_t written = write(ends[1], failure, sizeof *failure);
        _exit(written < 0 ? 126 : 127);
    }
    int error = errno;
    close(ends[1]);
    ssize_t length = 0;
    if (child > 0) {
        do length = read(ends[0], failure, sizeof *failure);
        while (length < 0 && errno == EINTR);
    }
    close(ends[0]);
    if (child < 0) return failure->error = error;
    if (length == sizeof *failure) {
        while (waitpid(child, 0, 0) < 0 && errno == EINTR) {}
        return failure->error;
    }
    *process = child;
    return 0;
}

int atoll_mount_memory(const char *target, unsigned long long size) {
    char options[64];
    snprintf(options, sizeof options, size ? "mode=0777,size=%llu" : "mode=0777", size);
    return mount("atoll", target, "tmpfs", MS_NOSUID | MS_NODEV, options);
}
