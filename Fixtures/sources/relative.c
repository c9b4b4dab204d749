// A Python extension with a pointer to its own data: one relative relocation, which DT_RELR packs.
extern void memcpy(void);
static int target;
__attribute__((used)) static int *own = &target;
void INIT(void) { memcpy(); }
