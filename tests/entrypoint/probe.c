/*
 * Writes down all that a program can find out about how it was started.
 *
 *   probe OUT [WORD...]
 *
 * One fact on a line, `name: value`, in a fixed order; bytes that do not print
 * are written as \xNN. Two starts are compared line by line, so what differs
 * between any two starts (addresses, times, inode numbers) is left out.
 *
 * The descriptors are looked at first, before the probe opens any of its own.
 */

#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024, SIGNALS = 64, MEBIBYTE = 1024, OWN_PEAK = 16 };

static char *text;
static size_t size;
static FILE *out;

static void put(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char byte = bytes[i];
        if (byte < ' ' || byte > '~' || byte == '\\')
            fprintf(out, "\\x%02x", byte);
        else
            fputc(byte, out);
    }
    fputc('\n', out);
}

static void words(const char *name, char **list)
{
    for (int i = 0; list[i] != NULL; i++) {
        fprintf(out, "%s %d: ", name, i);
        put(list[i], strlen(list[i]));
    }
}

static void terminal(int fd)
{
    struct termios termios;
    struct winsize window;
    if (tcgetattr(fd, &termios) != 0)
        return;
    fprintf(out, "descriptor %d terminal: %x %x %x %x ", fd, termios.c_iflag,
            termios.c_oflag, termios.c_cflag, termios.c_lflag);
    put((const char *)termios.c_cc, sizeof termios.c_cc);
    if (ioctl(fd, TIOCGWINSZ, &window) == 0)
        fprintf(out, "descriptor %d window: %d x %d\n", fd, window.ws_row, window.ws_col);
    fprintf(out, "descriptor %d foreground: %d of %d\n", fd,
            tcgetpgrp(fd), tcgetsid(fd));
}

/* A pipe is named by its number, which no two runs share. */
static void target(int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path);
    char *bracket = length < 0 ? NULL : memchr(path, '[', length);
    put(path, bracket != NULL ? bracket - path : length < 0 ? 0 : length);
}

static void descriptors(void)
{
    for (int fd = 0; fd < DESCRIPTORS; fd++) {
        struct stat info;
        int flags = fcntl(fd, F_GETFD);
        if (flags < 0)
            continue;
        fstat(fd, &info);
        fprintf(out, "descriptor %d: flags %x, status %x, mode %o, offset %ld, owner %d, ",
                fd, flags, fcntl(fd, F_GETFL), info.st_mode,
                (long)lseek(fd, 0, SEEK_CUR), fcntl(fd, F_GETOWN));
        target(fd);
        terminal(fd);
    }
}

/* The C library hides two signals from its own function. */
static void dispositions(void)
{
    struct { void *handler; unsigned long flags; void *restorer; unsigned long mask; } action;
    for (int signal = 1; signal <= SIGNALS; signal++) {
        memset(&action, 0, sizeof action);
        if (syscall(SYS_rt_sigaction, signal, NULL, &action, sizeof action.mask) == 0)
            fprintf(out, "signal %d: handler %p, flags %lx, mask %lx\n",
                    signal, action.handler, action.flags, action.mask);
    }
    stack_t stack;
    sigaltstack(NULL, &stack);
    fprintf(out, "signal stack: flags %x\n", stack.ss_flags);
}

static void file(const char *path, const char *const *keys)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while (in != NULL && (length = getline(&line, &room, in)) > 0) {
        const char *const *key = keys;
        while (*key != NULL && strncmp(line, *key, strlen(*key)) != 0)
            key++;
        if (keys[0] != NULL && *key == NULL)
            continue;
        fprintf(out, "%s: ", path);
        put(line, length - 1);
    }
    free(line);
    if (in != NULL)
        fclose(in);
}

static const char *const ALL[] = {NULL};
static const char *const STATUS[] = {
    "Name", "Umask", "TracerPid", "Uid", "Gid", "FDSize", "Groups", "NSpid", "NSpgid",
    "NSsid", "Kthread", "CoreDumping", "THP_enabled", "Threads", "Sig", "Shd", "Cap",
    "NoNewPrivs", "Seccomp", "Speculation", "Cpus_allowed", "Mems_allowed", NULL,
};

static void files(void)
{
    file("/proc/self/status", STATUS);
    file("/proc/self/limits", ALL);
    file("/proc/self/comm", ALL);
    file("/proc/self/oom_score_adj", ALL);
    file("/proc/self/coredump_filter", ALL);
    file("/proc/self/cgroup", ALL);
    file("/proc/self/attr/current", ALL);
}

static void link_of(const char *path)
{
    char target[4096];
    ssize_t length = readlink(path, target, sizeof target);
    fprintf(out, "%s: ", path);
    put(target, length < 0 ? 0 : length);
}

static void control(const char *name, int option)
{
    int value = 0;
    int result = prctl(option, &value, 0, 0, 0);
    fprintf(out, "prctl %s: %d %d\n", name, result, value);
}

static void controls(void)
{
    control("parent-death signal", PR_GET_PDEATHSIG);
    control("child subreaper", PR_GET_CHILD_SUBREAPER);
    fprintf(out, "prctl dumpable: %d\n", prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    fprintf(out, "prctl keep capabilities: %d\n", prctl(PR_GET_KEEPCAPS, 0, 0, 0, 0));
    fprintf(out, "prctl secure bits: %d\n", prctl(PR_GET_SECUREBITS, 0, 0, 0, 0));
    fprintf(out, "prctl timer slack: %d\n", prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0));
    fprintf(out, "prctl huge pages off: %d\n", prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0));
    fprintf(out, "prctl no new privileges: %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    fprintf(out, "prctl machine check: %d\n", prctl(PR_MCE_KILL_GET, 0, 0, 0, 0));
    for (int n = 0; n < 64; n++)
        if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, n, 0, 0) == 1)
            fprintf(out, "ambient capability: %d\n", n);
}

static void ids(void)
{
    uid_t r, e, s;
    getresuid(&r, &e, &s);
    fprintf(out, "users: %u %u %u\n", r, e, s);
    getresgid(&r, &e, &s);
    fprintf(out, "groups: %u %u %u\n", r, e, s);
    fprintf(out, "process: %d, parent %d, group %d, session %d\n", getpid(),
            getppid(), getpgrp(), getsid(0));
    fprintf(out, "secure: %lu\n", getauxval(AT_SECURE));
    fprintf(out, "program: %s\n", (const char *)getauxval(AT_EXECFN));
}

static void scheduling(void)
{
    struct itimerval timer;
    struct sched_param parameters = {0};
    sched_getparam(0, &parameters);
    getitimer(ITIMER_REAL, &timer);
    errno = 0;
    fprintf(out, "priority: %d\n", getpriority(PRIO_PROCESS, 0));
    fprintf(out, "policy: %x %d\n", sched_getscheduler(0), parameters.sched_priority);
    fprintf(out, "io priority: %lx\n", syscall(SYS_ioprio_get, 1, 0));
    fprintf(out, "alarm set: %s\n", timer.it_value.tv_sec > 0 ? "yes" : "no");
    fprintf(out, "personality: %x\n", personality(0xffffffff));
}

/* The kernel keeps the highest mark over execve(2). */
static void usage(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(out, "peak memory: %s\n",
            usage.ru_maxrss > OWN_PEAK * MEBIBYTE ? "another program's" : "own");
    getrusage(RUSAGE_CHILDREN, &usage);
}

static int save(const char *path)
{
    fclose(out);
    FILE *copy = fopen(path, "w");
    if (copy == NULL)
        return 1;
    size_t written = fwrite(text, 1, size, copy);
    return fclose(copy) != 0 || written != size;
}

int main(int argc, char **argv, char **envp)
{
    mode_t mask = umask(0);
    umask(mask);
    out = open_memstream(&text, &size);
    if (argc < 2 || out == NULL)
        return 2;
    descriptors();
    dispositions();
    words("argument", argv);
    words("entry", envp);
    fprintf(out, "umask: %o\n", mask);
    ids();
    controls();
    scheduling();
    usage();
    link_of("/proc/self/cwd");
    link_of("/proc/self/root");
    link_of("/proc/self/exe");
    files();
    return save(argv[1]);
}
