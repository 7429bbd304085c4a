// See CLibevent/shim.h for the first line. A module of its own: the agent has no use for HTTP.
#include <features.h>

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/listener.h>
