#define _GNU_SOURCE
#include "atoll_linux.h"

#include <sys/prctl.h>

int atoll_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
