// A program that calls the functions of USES and leaves (x86-64 Linux: exit is system call 60).
#define U(name) extern void name(void);
USES

#undef U
#define U(name) name();
void _start(void) {
    USES
    __asm__ volatile("mov $60, %eax\n\txor %edi, %edi\n\tsyscall");
}
