// A shared object that defines the symbols of DEFINES and calls those of USES (W: weakly),
// for example -DDEFINES='D(PyInit_demo)' -DUSES='U(memcpy) W(pthread_create)'.
#define D(name) void name(void) {}
DEFINES

#define U(name) extern void name(void);
#define W(name) extern void name(void) __attribute__((weak));
USES

#undef U
#undef W
#define U(name) name();
#define W(name) name();
__attribute__((used)) static void use(void) { USES }
