// What the kernel says about devices that come, go and change.
#ifndef ATOLL_UEVENT_H
#define ATOLL_UEVENT_H

#include <stddef.h>
#include <sys/types.h>

/// A socket for the kernel's device events, which does not block. Needs no privilege; in a network namespace that is
/// not owned by the first user namespace nothing ever comes. netlink(7), NETLINK_KOBJECT_UEVENT.
int atoll_open_uevents(void);

/// Receives one event: its length, 0 for a message that another process sent, -1 with errno. EAGAIN: none is waiting;
/// ENOBUFS: some were lost. An event that does not fit is cut.
ssize_t atoll_receive_uevent(int descriptor, void *buffer, size_t size);

#endif
