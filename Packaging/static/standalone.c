/* What makes a static program stand alone: it must do the same on every system, one with nothing else in it included.
 */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdlib.h>

/* Where the Swift runtime takes the arguments from, when somebody says so. */
extern void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc);

/* Before main the Swift runtime looks for the program that would print the backtrace of a crash, and when it is asked for
 * the arguments it goes by what /proc says of the stack: where there is no /proc the one ends the process, the other
 * finds none. So it is told both. It reads the variable in a constructor without a priority, and those with one come
 * first (GCC manual, "constructor"); the C library hands constructors the arguments of main. There is no such program:
 * the name is only there so that none is looked for.
 */
__attribute__((constructor(101))) static void tell_the_runtime(int argc, char **argv, char **environment) {
  setenv("SWIFT_BACKTRACE", "enable=no,swift-backtrace=/nonexistent", 1);
  _swift_stdlib_overrideUnsafeArgvArgc(argv, argc);
}

/* Functions of the C library that open shared libraries of the very glibc that they were linked with: a static program
 * would find another one, or none. Nothing of an audit calls them; Swift's libraries mention them for the home folders
 * of other users, for the owners of files, and for debugging the runtime. Here they say that there is nothing.
 */
int getpwuid_r(uid_t user, struct passwd *entry, char *buffer, size_t size, struct passwd **result) {
  *result = NULL;
  return 0;
}

int getpwnam_r(const char *name, struct passwd *entry, char *buffer, size_t size, struct passwd **result) {
  *result = NULL;
  return 0;
}

int getgrgid_r(gid_t group, struct group *entry, char *buffer, size_t size, struct group **result) {
  *result = NULL;
  return 0;
}

int getgrnam_r(const char *name, struct group *entry, char *buffer, size_t size, struct group **result) {
  *result = NULL;
  return 0;
}

void *dlopen(const char *file, int mode) { return NULL; }

/* Nor does it write temporary files, for which Swift's libraries would choose a name that another process could take. */
char *mktemp(char *template) {
  *template = '\0';
  errno = EPERM;
  return template;
}
