// Debian's event2/event-config.h defines _GNU_SOURCE; without this line first, fd_set differs from the one that
// Swift's Glibc module saw, and no file importing both compiles.
#include <features.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <event2/thread.h>
#include <event2/util.h>
