/*
 * The portable form's launcher: starts the runtime with the entrypoint script
 * and hands the caller's environment through, byte for byte.
 *
 * The runtime reads its environment: DENO_*, NODE_*, OTEL_*, COMPLETE and others
 * would change, hijack or silence it. So each entry of the caller gets an "@" in
 * front, which makes it mean nothing to anybody; the entrypoint takes the "@"
 * away again (runner/start_state.ts). In front of them stand the launcher's own
 * entries, the last of which tells what the runtime changes in this process
 * before the entrypoint can look: the soft limit on open files, and whether
 * SIGPIPE is ignored.
 *
 * It is a program of its own, without a C library, because every interpreter
 * loses something on the way: shells drop or reorder variables, Perl and Bash
 * complain on standard error about a locale the image does not have. Nothing in
 * the environment steers it: no loader, no locale, no search path.
 *
 * Built by build.ts; the result is kept beside it and compared in the tests.
 */

#define NULL ((void *)0)

typedef unsigned long size_t;

#if defined(__x86_64__)
enum { SYS_write = 1, SYS_mmap = 9, SYS_rt_sigaction = 13, SYS_execve = 59, SYS_exit = 60, SYS_prlimit64 = 302 };

static long syscall6(long n, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

__asm__(".globl _start\n"
        "_start:\n"
        "  xor %ebp, %ebp\n"
        "  mov %rsp, %rdi\n"
        "  and $-16, %rsp\n"
        "  call launch\n");
#elif defined(__aarch64__)
enum { SYS_write = 64, SYS_exit = 93, SYS_rt_sigaction = 134, SYS_execve = 221, SYS_mmap = 222, SYS_prlimit64 = 261 };

static long syscall6(long n, long a, long b, long c, long d, long e, long f)
{
    register long x8 __asm__("x8") = n;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
}

__asm__(".globl _start\n"
        "_start:\n"
        "  mov x29, #0\n"
        "  mov x0, sp\n"
        "  and sp, x0, #-16\n"
        "  bl launch\n");
#else
#error "no system calls known for this machine"
#endif

enum { EX_SOFTWARE = 70, SIGPIPE = 13, RLIMIT_NOFILE = 7 };

#define RUNTIME "/usr/local/lib/runner/deno"
#define SCRIPT "/usr/local/lib/runner/runner.js"
#define SHIELD '@'

static const char *const RUNTIME_ARGUMENTS[] = {
    RUNTIME, "run", "--no-config", "--no-lock", "--no-remote", "--no-npm",
    "--no-prompt", "--cached-only", "--no-code-cache",
    "--v8-flags=--single-threaded", "-A", SCRIPT,
};

static const char *const OWN_ENTRIES[] = {
    "DENO_DIR=/dev/null/none", "DENO_NO_UPDATE_CHECK=1", "NO_COLOR=1",
};

#define COUNT(table) (sizeof(table) / sizeof(table[0]))

static size_t length(const char *text)
{
    size_t n = 0;
    while (text[n] != '\0')
        n++;
    return n;
}

static char *append(char *to, const char *text)
{
    while (*text != '\0')
        *to++ = *text++;
    return to;
}

static char *append_number(char *to, size_t number)
{
    char digits[20];
    int n = 0;
    do {
        digits[n++] = '0' + number % 10;
        number /= 10;
    } while (number != 0);
    while (n > 0)
        *to++ = digits[--n];
    return to;
}

__attribute__((noreturn)) static void fail(const char *message)
{
    syscall6(SYS_write, 2, (long)message, length(message), 0, 0, 0);
    for (;;)
        syscall6(SYS_exit, EX_SOFTWARE, 0, 0, 0, 0, 0);
}

/* 0, which no process could start with, if it cannot be read. */
static size_t soft_limit(void)
{
    size_t limit[2] = {0, 0};
    syscall6(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, (long)limit, 0, 0);
    return limit[0];
}

static int ignores_sigpipe(void)
{
    struct { void *handler; size_t flags; void *restorer; size_t mask; } action = {0};
    syscall6(SYS_rt_sigaction, SIGPIPE, 0, (long)&action, sizeof(action.mask), 0, 0);
    return action.handler == (void *)1;
}

static void *allocate(size_t bytes)
{
    enum { PROT_READ_WRITE = 3, MAP_PRIVATE_ANONYMOUS = 0x22 };
    long address = syscall6(SYS_mmap, 0, bytes, PROT_READ_WRITE,
                            MAP_PRIVATE_ANONYMOUS, -1, 0);
    if (address < 0 && address > -4096)
        fail("runner: Cannot start the runtime: cannot allocate memory\n");
    return (void *)address;
}

static const char **build_arguments(size_t count, const char **words)
{
    const char **table = allocate((COUNT(RUNTIME_ARGUMENTS) + count + 1) * sizeof(*table));
    const char **next = table;
    for (size_t i = 0; i < COUNT(RUNTIME_ARGUMENTS); i++)
        *next++ = RUNTIME_ARGUMENTS[i];
    for (size_t i = 0; i < count; i++)
        *next++ = words[i];
    return table;
}

static const char **build_environment(const char **entries)
{
    static char mark[64];
    size_t count = 0, bytes = 0;
    for (; entries[count] != NULL; count++)
        bytes += length(entries[count]) + 2;
    const char **table = allocate((COUNT(OWN_ENTRIES) + 1 + count + 1) * sizeof(*table));
    char *text = allocate(bytes + 1);
    const char **next = table;
    for (size_t i = 0; i < COUNT(OWN_ENTRIES); i++)
        *next++ = OWN_ENTRIES[i];
    char *end = append_number(append(mark, "RUNNER_LAUNCHER="), soft_limit());
    append(end, ignores_sigpipe() ? ":1" : ":0");
    *next++ = mark;
    for (size_t i = 0; i < count; i++) {
        *next++ = text;
        *text++ = SHIELD;
        text = append(text, entries[i]) + 1;
    }
    return table;
}

/* The kernel leaves: argument count, arguments, NULL, environment, NULL. */
__attribute__((used, noreturn)) static void launch(long *stack)
{
    size_t count = stack[0];
    const char **arguments = (const char **)(stack + 1);
    const char **environment = arguments + count + 1;
    const char **words = count > 0 ? arguments + 1 : arguments;
    size_t word_count = count > 0 ? count - 1 : 0;
    syscall6(SYS_execve, (long)RUNTIME,
             (long)build_arguments(word_count, words),
             (long)build_environment(environment), 0, 0, 0);
    fail("runner: Cannot start the runtime: " RUNTIME " cannot be executed\n"
         "The image is broken, or its arguments and environment are too large\n");
}
