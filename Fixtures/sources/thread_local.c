// A Python extension with thread-local variables of SIZE bytes, of the initial-exec model.
extern void memcpy(void);
static __thread char block[SIZE] __attribute__((tls_model("initial-exec")));
char *INIT(void) { memcpy(); return block; }
