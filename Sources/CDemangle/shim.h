#pragma once
#include <stddef.h>

/* Of the C++ runtime (Itanium C++ ABI, 3.4 "Demangler API"): the readable form of a mangled name in memory of malloc's,
 * or NULL. With neither a buffer nor a place for the status all that it needs is the name. */
char *__cxa_demangle(const char *mangled, char *buffer, size_t *length, int *status);
