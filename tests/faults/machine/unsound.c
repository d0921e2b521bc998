/* A machine that may be unsound: its clock jumps and its disk cannot make anything durable, as a shared file says at every moment.
   Preloaded by the fault suite; FAULTS_CONTROL names the file: two numbers of eight bytes, milliseconds that the clock is wrong by, and
   whether every fsync fails. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
  volatile int64_t clock_millis;
  volatile int64_t fsync_fails;
};

static struct control sound;
static struct control *control = &sound;

__attribute__((constructor)) static void look(void) {
  const char *path = getenv("FAULTS_CONTROL");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *found = mmap(0, sizeof sound, PROT_READ, MAP_SHARED, file, 0);
  if (found != MAP_FAILED) control = found;
  close(file);
}

static int fail(void) {
  errno = EIO;
  return -1;
}

int fsync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  return control->fsync_fails ? fail() : real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  return control->fsync_fails ? fail() : real(file);
}

int clock_gettime(clockid_t which, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(which, at);
  if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) {
    int64_t wrong = control->clock_millis;
    int64_t nanos = at->tv_nsec + (wrong % 1000) * 1000000;
    at->tv_sec += wrong / 1000;
    if (nanos < 0) { nanos += 1000000000; at->tv_sec -= 1; }
    if (nanos >= 1000000000) { nanos -= 1000000000; at->tv_sec += 1; }
    at->tv_nsec = nanos;
  }
  return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  (void)zone;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to) *to = now.tv_sec;
  return now.tv_sec;
}
