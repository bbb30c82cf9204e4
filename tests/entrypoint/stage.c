/*
 * Puts a process into a state that no shell can make, then becomes a program.
 *
 *   stage [OPERATION VALUE]... -- PROGRAM [ARGUMENT...]
 *
 * The operations are done in order:
 *
 *   default N|all       give a signal its default action
 *   ignore N|all        ignore it
 *   block N|all         block it
 *   kill N              send it to itself
 *   pending N           block it and send it to itself
 *   close N             close a descriptor
 *   close-from N        close it and all above it
 *   open N              open /dev/null on a descriptor
 *   nonblock N          make a descriptor non-blocking
 *   cloexec N           mark a descriptor to be closed
 *   parent-death N      ask for a signal when the parent ends
 *   subreaper N         take in orphans, or not
 *   no-new-privs N      give up gaining privileges
 *   slack N             timer slack in nanoseconds
 *   huge-pages-off N    no transparent huge pages, or as always
 *   personality N       execution domain, in hexadecimal
 *   policy N            scheduling policy
 *   io-priority N       class and level, as the kernel counts them
 *   alarm N             an alarm clock in seconds
 *   limit-N M           soft limit number N to M
 *   environment FILE    the entries of the environment, a NUL after each
 *   arguments FILE      further arguments, a NUL after each
 *   socket PATH         make a socket
 *
 * Exit code 99: an operation failed, or the program could not be started.
 */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

enum { SIGNALS = 64, FAILED = 99 };

static char **entries;
static char **further;
static size_t further_count;

__attribute__((noreturn)) static void fail(const char *what)
{
    fprintf(stderr, "stage: %s: %s\n", what, strerror(errno));
    exit(FAILED);
}

static void check(long result, const char *what)
{
    if (result < 0)
        fail(what);
}

/* As the kernel counts signals: the C library would spare two of its own. */
static void dispose(int signal, void *handler)
{
    struct { void *handler; unsigned long flags; void *restorer; unsigned long mask; }
        action = {handler, 0, NULL, 0};
    if (signal != SIGKILL && signal != SIGSTOP)
        check(syscall(SYS_rt_sigaction, signal, &action, NULL, sizeof action.mask), "dispose");
}

static void restore(int signal)
{
    dispose(signal, SIG_DFL);
}

static void ignore(int signal)
{
    dispose(signal, SIG_IGN);
}

static void block(int signal)
{
    unsigned long mask = 1ul << (signal - 1);
    check(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &mask, NULL, sizeof mask), "block");
}

static void each(void (*act)(int), const char *value)
{
    if (strcmp(value, "all") != 0)
        act(atoi(value));
    else
        for (int signal = 1; signal <= SIGNALS; signal++)
            act(signal);
}

static char **read_list(const char *path, size_t *count)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    check(fd < 0 ? -1 : fstat(fd, &info), path);
    char *bytes = malloc(info.st_size + 1);
    for (ssize_t done = 0, more; done < info.st_size; done += more)
        if ((more = read(fd, bytes + done, info.st_size - done)) <= 0)
            fail(path);
    char **list = calloc(info.st_size + 1, sizeof *list);
    *count = 0;
    for (char *next = bytes; next < bytes + info.st_size; next += strlen(next) + 1)
        list[(*count)++] = next;
    close(fd);
    return list;
}

static void limit(int resource, const char *value)
{
    struct rlimit limit;
    check(getrlimit(resource, &limit), "limit");
    limit.rlim_cur = strtoul(value, NULL, 10);
    check(setrlimit(resource, &limit), "limit");
}

static void make_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(fd, "socket");
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    check(bind(fd, (struct sockaddr *)&address, sizeof address), path);
}

static void open_on(int fd)
{
    int opened = open("/dev/null", O_RDWR);
    check(opened, "open");
    if (opened == fd)
        return;
    check(dup2(opened, fd), "open");
    close(opened);
}

static void operate(const char *name, const char *value)
{
    struct sched_param parameters = {0};
    size_t count;
    int n = atoi(value);
    if (strcmp(name, "default") == 0)
        each(restore, value);
    else if (strcmp(name, "ignore") == 0)
        each(ignore, value);
    else if (strcmp(name, "block") == 0)
        each(block, value);
    else if (strcmp(name, "kill") == 0)
        check(kill(getpid(), n), name);
    else if (strcmp(name, "pending") == 0)
        block(n), check(kill(getpid(), n), name);
    else if (strcmp(name, "close") == 0)
        close(n);
    else if (strcmp(name, "close-from") == 0)
        check(syscall(SYS_close_range, n, ~0u, 0), name);
    else if (strcmp(name, "open") == 0)
        open_on(n);
    else if (strcmp(name, "nonblock") == 0)
        check(fcntl(n, F_SETFL, fcntl(n, F_GETFL) | O_NONBLOCK), name);
    else if (strcmp(name, "cloexec") == 0)
        check(fcntl(n, F_SETFD, FD_CLOEXEC), name);
    else if (strcmp(name, "parent-death") == 0)
        check(prctl(PR_SET_PDEATHSIG, n), name);
    else if (strcmp(name, "subreaper") == 0)
        check(prctl(PR_SET_CHILD_SUBREAPER, n), name);
    else if (strcmp(name, "no-new-privs") == 0)
        check(prctl(PR_SET_NO_NEW_PRIVS, n, 0, 0, 0), name);
    else if (strcmp(name, "slack") == 0)
        check(prctl(PR_SET_TIMERSLACK, n), name);
    else if (strcmp(name, "huge-pages-off") == 0)
        check(prctl(PR_SET_THP_DISABLE, n, 0, 0, 0), name);
    else if (strcmp(name, "personality") == 0)
        check(personality(strtoul(value, NULL, 16)), name);
    else if (strcmp(name, "policy") == 0)
        check(sched_setscheduler(0, n, &parameters), name);
    else if (strcmp(name, "io-priority") == 0)
        check(syscall(SYS_ioprio_set, 1, 0, n), name);
    else if (strcmp(name, "alarm") == 0)
        alarm(n);
    else if (strncmp(name, "limit-", 6) == 0)
        limit(atoi(name + 6), value);
    else if (strcmp(name, "environment") == 0)
        entries = read_list(value, &count);
    else if (strcmp(name, "arguments") == 0)
        further = read_list(value, &further_count);
    else if (strcmp(name, "socket") == 0)
        make_socket(value);
    else
        errno = EINVAL, fail(name);
}

int main(int argc, char **argv, char **envp)
{
    int i = 1;
    entries = envp;
    for (; i + 1 < argc && strcmp(argv[i], "--") != 0; i += 2)
        operate(argv[i], argv[i + 1]);
    int count = argc - i - 1;
    if (count < 1)
        errno = EINVAL, fail("no program");
    char **words = calloc(count + further_count + 1, sizeof *words);
    memcpy(words, argv + i + 1, count * sizeof *words);
    if (further_count > 0)
        memcpy(words + count, further, further_count * sizeof *words);
    execve(words[0], words, entries);
    fail(words[0]);
}
