/* A wrong clock for one program and its children, by LD_PRELOAD: the time of day is CLOCK_AHEAD seconds from the true one.
   How long things take stays true, so waits and timeouts work as ever. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

int clock_gettime(clockid_t which, struct timespec *now) {
    static int (*asked)(clockid_t, struct timespec *);
    if (!asked)
        asked = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int failed = asked(which, now);
    const char *ahead = getenv("CLOCK_AHEAD");
    if (!failed && ahead && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        now->tv_sec += atol(ahead);
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec found;
    int failed = clock_gettime(CLOCK_REALTIME, &found);
    if (!failed && now) {
        now->tv_sec = found.tv_sec;
        now->tv_usec = found.tv_nsec / 1000;
    }
    return failed;
}

time_t time(time_t *where) {
    struct timespec found;
    if (clock_gettime(CLOCK_REALTIME, &found))
        return -1;
    if (where)
        *where = found.tv_sec;
    return found.tv_sec;
}
