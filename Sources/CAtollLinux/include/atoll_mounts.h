// A container's program in a mount namespace of its own, with volumes of its pod mounted in it.
#ifndef ATOLL_MOUNTS_H
#define ATOLL_MOUNTS_H

#include <stddef.h>
#include <sys/types.h>

/// What one container sees of one volume, and where.
struct atoll_mount {
    /// The volume: a file or folder of the host.
    const char *source;
    /// A path in the volume to be mounted in place of the whole, made if missing; empty for the whole. Never leads out.
    const char *sub_path;
    /// Made if missing: a folder, or an empty file for a volume that is a file.
    const char *target;
    int read_only;
};

/// What the child was about when it failed.
enum atoll_spawn_step {
    ATOLL_SPAWN_FORK,
    /// Namespaces are refused.
    ATOLL_SPAWN_NAMESPACE,
    ATOLL_SPAWN_OPEN_SOURCE,
    ATOLL_SPAWN_OPEN_SUB_PATH,
    ATOLL_SPAWN_MAKE_TARGET,
    ATOLL_SPAWN_MOUNT,
    ATOLL_SPAWN_DIRECTORY,
    ATOLL_SPAWN_EXECUTE,
};

struct atoll_spawn_failure {
    enum atoll_spawn_step step;
    /// Index of the mount, for the steps that are about one.
    size_t mount;
    int error;
};

/// As `atoll_spawn`, but the child gets a mount namespace, these mounts in their order, and then its working directory
/// and program, which is looked up in the PATH of `environment`. Only for a process with one thread.
///
/// Returns 0, or an error number with `failure` filled; then no child is left. fork(2), mount_namespaces(7), open_tree(2),
/// openat2(2), mount_setattr(2), move_mount(2).
int atoll_spawn_mounted(
    pid_t *process, const char *program, char *const arguments[], char *const environment[], const char *directory,
    const int descriptors[3], const struct atoll_mount mounts[], size_t count, struct atoll_spawn_failure *failure
);

/// mount(2) of a new tmpfs that everybody may write to. `size` is its most bytes; 0 for the kernel's default.
int atoll_mount_memory(const char *target, unsigned long long size);

#endif
