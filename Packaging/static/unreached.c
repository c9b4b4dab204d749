/* Functions of the C library that open shared libraries of the very glibc they were linked with: in a static program
 * that runs anywhere they would find another one, or none. Nothing of an audit calls them; Swift's libraries mention
 * them for the home folders of other users, for the owners of files, and for debugging the Swift runtime. Here they
 * say that there is nothing, so that the answer is the same on every system.
 */
#include <grp.h>
#include <pwd.h>
#include <stddef.h>

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
