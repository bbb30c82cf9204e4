/*
 * The portable form's launcher: starts the runtime with the entrypoint script
 * and hands the caller's environment through, byte for byte.
 *
 * The runtime reads its environment: DENO_*, NODE_*, OTEL_*, COMPLETE and others
 * would change, hijack or silence it. So each entry of the caller gets an "@" in
 * front, which makes it mean nothing to anybody; the entrypoint takes the "@"
 * away again (runner/start_state.ts). In front of them stand the launcher's own
 * entries, the last of which tells what the runtime changes in this process
 * before the entrypoint can look: the soft limit on open files, whether SIGPIPE
 * is ignored, which of the standard descriptors are closed, and a descriptor of
 * the working directory if the runtime could not start in it.
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
enum {
    SYS_write = 1, SYS_close = 3, SYS_mmap = 9, SYS_rt_sigaction = 13,
    SYS_execve = 59, SYS_exit = 60, SYS_fcntl = 72, SYS_getcwd = 79,
    SYS_chdir = 80, SYS_openat = 257, SYS_prlimit64 = 302,
};

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
enum {
    SYS_getcwd = 17, SYS_fcntl = 25, SYS_chdir = 49, SYS_openat = 56,
    SYS_close = 57, SYS_write = 64, SYS_exit = 93, SYS_rt_sigaction = 134,
    SYS_execve = 221, SYS_mmap = 222, SYS_prlimit64 = 261,
};

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
enum { AT_FDCWD = -100, O_PATH = 010000000, F_DUPFD = 0, F_GETFD = 1 };

#define RUNTIME "/usr/local/lib/runner/deno"
#define SCRIPT "/usr/local/lib/runner/runner.js"
#define SHIELD '@'

static const char *const RUNTIME_ARGUMENTS[] = {
    RUNTIME, "run", "--no-config", "--no-lock", "--no-remote", "--no-npm",
    "--no-prompt", "--cached-only", "--no-code-cache", "--quiet",
    "--v8-flags=--single-threaded,--jitless", "-A", SCRIPT,
};

/*
 * On a terminal the runtime would complain that it has no cache. Without HOME
 * it would ask the user database, and end if the .npmrc there is not to its
 * liking. Without TZ it would compare /etc/localtime, or its absence, with every
 * file below /usr/share/zoneinfo, as soon as it looks at the time of a file.
 */
static const char *const OWN_ENTRIES[] = {
    "DENO_DIR=/dev/null/none", "DENO_LOG=error,deno::cache=off",
    "DENO_NO_UPDATE_CHECK=1", "HOME=/usr/local/lib/runner/none", "NO_COLOR=1",
    "TZ=UTC",
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

/*
 * The runtime raises the limit too, but after its loader has opened files.
 * The old one: 0, which no process could start with, if it cannot be read.
 */
static size_t raise_soft_limit(void)
{
    size_t limit[2] = {0, 0};
    syscall6(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, (long)limit, 0, 0);
    size_t soft = limit[0];
    limit[0] = limit[1];
    syscall6(SYS_prlimit64, 0, RLIMIT_NOFILE, (long)limit, 0, 0, 0);
    return soft;
}

static int ignores_sigpipe(void)
{
    struct { void *handler; size_t flags; void *restorer; size_t mask; } action = {0};
    syscall6(SYS_rt_sigaction, SIGPIPE, 0, (long)&action, sizeof(action.mask), 0, 0);
    return action.handler == (void *)1;
}

/* One bit for each of 0, 1 and 2: the runtime opens /dev/null in their place. */
static size_t closed_descriptors(void)
{
    size_t closed = 0;
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if (syscall6(SYS_fcntl, descriptor, F_GETFD, 0, 0, 0, 0) < 0)
            closed |= 1ul << descriptor;
    return closed;
}

/*
 * The runtime does not start in a directory without a path: one that was
 * removed, or lies outside the root. Then it starts in "/", and the entrypoint
 * goes back. 0 if there is nothing to go back to.
 */
static size_t leave_nameless_directory(void)
{
    static char path[4096];
    if (syscall6(SYS_getcwd, (long)path, sizeof(path), 0, 0, 0, 0) > 0 && path[0] == '/')
        return 0;
    long opened = syscall6(SYS_openat, AT_FDCWD, (long)".", O_PATH, 0, 0, 0);
    long kept = syscall6(SYS_fcntl, opened, F_DUPFD, 3, 0, 0, 0);
    syscall6(SYS_close, opened, 0, 0, 0, 0, 0);
    if (kept < 0 || syscall6(SYS_chdir, (long)"/", 0, 0, 0, 0, 0) < 0)
        fail("runner: Cannot start the runtime: the working directory is gone\n"
             "Start the container in another one\n");
    return kept;
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

/* What the entrypoint reads as LIMIT:IGNORED:CLOSED:DIRECTORY. */
static const char *build_mark(void)
{
    static char mark[96];
    size_t closed = closed_descriptors();
    char *end = append_number(append(mark, "RUNNER_LAUNCHER="), raise_soft_limit());
    end = append_number(append(end, ignores_sigpipe() ? ":1:" : ":0:"), closed);
    append_number(append(end, ":"), leave_nameless_directory());
    return mark;
}

static const char **build_environment(const char **entries)
{
    size_t count = 0, bytes = 0;
    for (; entries[count] != NULL; count++)
        bytes += length(entries[count]) + 2;
    const char **table = allocate((COUNT(OWN_ENTRIES) + 1 + count + 1) * sizeof(*table));
    char *text = allocate(bytes + 1);
    const char **next = table;
    for (size_t i = 0; i < COUNT(OWN_ENTRIES); i++)
        *next++ = OWN_ENTRIES[i];
    *next++ = build_mark();
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
