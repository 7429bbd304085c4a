/* The least that a coordinator can cost: libevent takes length-prefixed frames from N connections and counts them.
 *
 *   floor [--connections N] [--frame-bytes N] [--frames-per-write N] [--seconds N] [--in-memory 1]
 *
 * The server runs in this process and the driver, which writes as fast as it can, in a child; each is held to a core of
 * its own where there are two. Prints one line of JSON: frames taken and the server's CPU time while it took them, and
 * the resident memory of one idle connection.
 *
 * With --in-memory there is one thread and no socket: what is written is put into each connection's buffer in turn, and
 * then taken out of each. How fast that goes says how fast the machine is, whatever its kernel and its other cores do.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HEADER_BYTES = 4 };

static struct {
    int connections;
    int frame_bytes; /* header included */
    int frames_per_write;
    double seconds;
    int in_memory;
} options = {.connections = 1000, .frame_bytes = 36, .frames_per_write = 1, .seconds = 2};

static struct {
    struct event_base *base;
    int connected;
    unsigned long frames;
    /* Written once when all have connected and the idle memory has been read: the driver begins. */
    int begin;
    long resident_before, resident_idle;
    unsigned long frames_at_start;
    double cpu_at_start, wall_at_start;
} server;

static void die(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long resident_bytes(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) die("/proc/self/statm");
    if (fscanf(file, "%*s %ld", &pages) != 1) die("/proc/self/statm");
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

/* With one core the two share it, and the figure in CPU time still holds. */
static void pin_to(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core % sysconf(_SC_NPROCESSORS_ONLN), &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

static void raise_descriptor_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static size_t burst_bytes(void) { return (size_t)(options.frame_bytes * options.frames_per_write); }

/* What is written at once, twice: a write may begin inside a frame. */
static unsigned char *two_bursts(void) {
    unsigned char *frames = calloc(2, burst_bytes());
    if (!frames) die("calloc");
    for (size_t frame = 0; frame < 2 * (size_t)options.frames_per_write; frame++) {
        uint32_t length = htonl((uint32_t)(options.frame_bytes - HEADER_BYTES));
        memcpy(frames + frame * (size_t)options.frame_bytes, &length, sizeof length);
    }
    return frames;
}

/* --- Driver ------------------------------------------------------------------------------------------------------ */

static int connect_to(const struct sockaddr_in *address) {
    int one = 1;
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) die("socket");
    if (connect(connection, (const struct sockaddr *)address, sizeof *address)) die("connect");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return connection;
}

/* Writes for ever: the server ends it. */
static void drive(const struct sockaddr_in *address, int begin) {
    int count = options.connections;
    int *connections = calloc((size_t)count, sizeof *connections);
    size_t *offsets = calloc((size_t)count, sizeof *offsets);
    size_t burst = burst_bytes();
    unsigned char *frames = two_bursts();
    char byte;
    if (!connections || !offsets) die("calloc");
    for (int i = 0; i < count; i++) connections[i] = connect_to(address);
    if (read(begin, &byte, 1) != 1) exit(0);
    for (;;) {
        int sent = 0;
        for (int i = 0; i < count; i++) {
            /* A write may end inside a frame; the next one goes on from there. */
            ssize_t taken = send(connections[i], frames + offsets[i], burst, MSG_DONTWAIT | MSG_NOSIGNAL);
            if (taken < 0 && errno != EAGAIN) exit(0);
            if (taken <= 0) continue;
            offsets[i] = (offsets[i] + (size_t)taken) % (size_t)options.frame_bytes;
            sent++;
        }
        if (!sent) poll(NULL, 0, 1);
    }
}

/* --- Server ------------------------------------------------------------------------------------------------------ */

static void take_frames(struct evbuffer *input) {
    uint32_t length;
    while (evbuffer_copyout(input, &length, sizeof length) == sizeof length) {
        size_t frame = HEADER_BYTES + ntohl(length);
        if (evbuffer_get_length(input) < frame) break;
        evbuffer_drain(input, frame);
        server.frames++;
    }
}

static void readable(struct bufferevent *connection, void *unused) {
    (void)unused;
    take_frames(bufferevent_get_input(connection));
}

static void ended(struct bufferevent *connection, short events, void *unused) {
    (void)events, (void)unused;
    bufferevent_free(connection);
}

static void report(void) {
    double cpu = cpu_seconds() - server.cpu_at_start;
    double wall = now() - server.wall_at_start;
    printf("{\"connections\": %d, \"frameBytes\": %d, \"frames\": %lu, \"wallSeconds\": %.6f, \"cpuSeconds\": %.6f, "
           "\"idleBytesPerConnection\": %ld}\n",
        options.connections, options.frame_bytes, server.frames - server.frames_at_start, wall, cpu,
        (server.resident_idle - server.resident_before) / options.connections);
}

static void finish(evutil_socket_t unused, short events, void *argument) {
    (void)unused, (void)events, (void)argument;
    report();
    event_base_loopbreak(server.base);
}

static void count_from_here(void) {
    server.frames_at_start = server.frames;
    server.cpu_at_start = cpu_seconds();
    server.wall_at_start = now();
}

/* The first frames fill the sockets' and the allocator's buffers. */
static void start_counting(evutil_socket_t unused, short events, void *argument) {
    struct timeval duration = {(time_t)options.seconds, (suseconds_t)((options.seconds - (time_t)options.seconds) * 1e6)};
    (void)unused, (void)events, (void)argument;
    count_from_here();
    event_base_once(server.base, -1, EV_TIMEOUT, finish, NULL, &duration);
}

static void accepted(
    struct evconnlistener *listener, evutil_socket_t descriptor, struct sockaddr *peer, int size, void *unused) {
    struct bufferevent *connection = bufferevent_socket_new(server.base, descriptor, BEV_OPT_CLOSE_ON_FREE);
    struct timeval warm_up = {0, 200000};
    (void)listener, (void)peer, (void)size, (void)unused;
    if (!connection) die("bufferevent_socket_new");
    bufferevent_setcb(connection, readable, NULL, ended, NULL);
    bufferevent_enable(connection, EV_READ);
    if (++server.connected < options.connections) return;
    server.resident_idle = resident_bytes();
    if (write(server.begin, "", 1) != 1) die("pipe");
    event_base_once(server.base, -1, EV_TIMEOUT, start_counting, NULL, &warm_up);
}

static void serve(int begin, struct sockaddr_in *address, pid_t *driver, int driver_begin) {
    struct evconnlistener *listener;
    socklen_t size = sizeof *address;
    server.begin = begin;
    server.base = event_base_new();
    if (!server.base) die("event_base_new");
    listener = evconnlistener_new_bind(server.base, accepted, NULL, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
        options.connections, (struct sockaddr *)address, sizeof *address);
    if (!listener) die("listen");
    getsockname(evconnlistener_get_fd(listener), (struct sockaddr *)address, &size);
    *driver = fork();
    if (*driver < 0) die("fork");
    if (*driver == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        pin_to(1);
        drive(address, driver_begin);
    }
    pin_to(0);
    server.resident_before = resident_bytes();
    event_base_dispatch(server.base);
    evconnlistener_free(listener);
}

/* --- Without sockets --------------------------------------------------------------------------------------------- */

static void take_from_memory(void) {
    int count = options.connections;
    struct evbuffer **inputs = calloc((size_t)count, sizeof *inputs);
    const unsigned char *frames = two_bursts();
    if (!inputs) die("calloc");
    for (int i = 0; i < count; i++) {
        inputs[i] = evbuffer_new();
        if (!inputs[i]) die("evbuffer_new");
    }
    /* The first round fills the allocator's pools. */
    for (int round = 0; !round || cpu_seconds() - server.cpu_at_start < options.seconds; round++) {
        for (int i = 0; i < count; i++)
            if (evbuffer_add(inputs[i], frames, burst_bytes())) die("evbuffer_add");
        for (int i = 0; i < count; i++) take_frames(inputs[i]);
        if (!round) count_from_here();
    }
    report();
}

static void read_options(int count, char **arguments) {
    for (int i = 1; i + 1 < count; i += 2) {
        double value = atof(arguments[i + 1]);
        if (!strcmp(arguments[i], "--connections")) options.connections = (int)value;
        else if (!strcmp(arguments[i], "--frame-bytes")) options.frame_bytes = (int)value;
        else if (!strcmp(arguments[i], "--frames-per-write")) options.frames_per_write = (int)value;
        else if (!strcmp(arguments[i], "--seconds")) options.seconds = value;
        else if (!strcmp(arguments[i], "--in-memory")) options.in_memory = value != 0;
        else options.connections = 0;
    }
    if (options.connections < 1 || options.frame_bytes < HEADER_BYTES || options.frames_per_write < 1
        || options.seconds <= 0 || count % 2 == 0) {
        fprintf(stderr,
            "usage: floor [--connections N] [--frame-bytes N] [--frames-per-write N] [--seconds N] [--in-memory 1]\n");
        exit(2);
    }
}

int main(int count, char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int begin[2];
    pid_t driver;
    read_options(count, arguments);
    if (options.in_memory) {
        take_from_memory();
        return 0;
    }
    raise_descriptor_limit();
    if (pipe(begin)) die("pipe");
    serve(begin[1], &address, &driver, begin[0]);
    kill(driver, SIGKILL);
    waitpid(driver, NULL, 0);
    return 0;
}
