#!/usr/bin/python3
"""Write a seccomp filter for the static program to standard output, in the form that bwrap --seccomp reads.

It lets pass the system calls that an audit with one job makes; any other ends the process. Nothing is opened for
writing, and no memory becomes code. It needs python3-seccomp of Debian.
"""
import os
import sys

import seccomp

# What the program calls, on x86_64 and on aarch64 alike but for arch_prctl and readlink.
CALLS = [
    # It starts and ends; bwrap calls the first, and waits for it with the last.
    'execve', 'arch_prctl', 'set_tid_address', 'set_robust_list', 'rseq', 'prlimit64', 'getrandom', 'readlink',
    'readlinkat', 'sched_getaffinity', 'exit', 'exit_group', 'wait4',
    # Memory.
    'brk', 'munmap', 'mremap', 'madvise',
    # Files that are open, and what they are.
    'read', 'pread64', 'write', 'close', 'newfstatat', 'fstat', 'getdents64', 'ioctl', 'lseek',
    # Clocks, locks and signals.
    'clock_gettime', 'futex', 'gettid', 'getpid', 'rt_sigaction', 'rt_sigprocmask', 'tgkill',
]
PROT_EXEC = 4


def main():
    rules = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for call in CALLS:
        # A call that the processor's Linux does not have needs no rule.
        if seccomp.resolve_syscall(seccomp.Arch(), call) >= 0:
            rules.add_rule(seccomp.ALLOW, call)
    writing = os.O_WRONLY | os.O_RDWR
    rules.add_rule(seccomp.ALLOW, 'openat', seccomp.Arg(2, seccomp.MASKED_EQ, writing, 0))
    for call in ('mmap', 'mprotect'):
        rules.add_rule(seccomp.ALLOW, call, seccomp.Arg(2, seccomp.MASKED_EQ, PROT_EXEC, 0))
    rules.export_bpf(sys.stdout)


if __name__ == '__main__':
    main()
