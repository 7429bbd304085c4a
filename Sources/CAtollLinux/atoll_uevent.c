#define _GNU_SOURCE
#include "atoll_uevent.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

// The kernel's own group; udev sends what it has made of the events to another.
enum { kernel_group = 1, receive_buffer = 1 << 20 };

int atoll_open_uevents(void) {
    int descriptor = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
    if (descriptor < 0) return -1;
    // A driver that is loaded announces hundreds of devices at once. Where the limit is lower, that one holds.
    int size = receive_buffer;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = kernel_group};
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0) return descriptor;
    int error = errno;
    close(descriptor);
    errno = error;
    return -1;
}

ssize_t atoll_receive_uevent(int descriptor, void *buffer, size_t size) {
    struct sockaddr_nl sender = {0};
    struct iovec piece = {.iov_base = buffer, .iov_len = size};
    struct msghdr message = {
        .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &piece, .msg_iovlen = 1,
    };
    ssize_t length = recvmsg(descriptor, &message, 0);
    if (length < 0) return -1;
    return sender.nl_pid == 0 ? length : 0;
}
