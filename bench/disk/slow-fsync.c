/* Adds a delay to every fsync and fdatasync, to see what a slower disk does. Preloaded by the benchmark; KONFIG_FSYNC_MICROSECONDS sets it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_a_little(void) {
  const char *given = getenv("KONFIG_FSYNC_MICROSECONDS");
  if (given) usleep((useconds_t)atoi(given));
}

int fsync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_a_little();
  return real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_a_little();
  return real(file);
}
