/*
 * Runs a command on a new terminal, which has no session yet, and passes on
 * what comes and goes, as a container engine does with `-t`.
 *
 *   terminal COMMAND [ARGUMENT...]
 *
 * The command takes the terminal with `setsid --ctty`. It ends with the exit
 * code of the command, or 128 and the signal's number.
 */

#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { FAILED = 99 };

static int open_terminal(void)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 ||
        ioctl(master, TIOCSWINSZ, &size) != 0) {
        perror("terminal");
        exit(FAILED);
    }
    return master;
}

static void become(const char *path, char **argv)
{
    int slave = open(path, O_RDWR | O_NOCTTY);
    for (int fd = 0; fd <= 2; fd++)
        dup2(slave, fd);
    if (slave > 2)
        close(slave);
    execvp(argv[0], argv);
    _exit(FAILED);
}

/* 0 at the end, which is an error on the side of the terminal. */
static int copy(int from, int to)
{
    char bytes[4096];
    ssize_t count = read(from, bytes, sizeof bytes);
    for (ssize_t done = 0, more; done < count; done += more)
        if ((more = write(to, bytes + done, count - done)) <= 0)
            return 0;
    return count > 0;
}

int main(int argc, char **argv)
{
    int master = open_terminal();
    pid_t child = argc < 2 ? -1 : fork();
    int status;
    if (child == 0)
        become(ptsname(master), argv + 1);
    struct pollfd ends[] = {{master, POLLIN, 0}, {0, POLLIN, 0}};
    for (;;) {
        if (poll(ends, 2, -1) < 0)
            break;
        if (ends[0].revents != 0 && !copy(master, 1))
            break;
        if (ends[1].revents != 0 && !copy(0, master))
            ends[1].fd = -1;
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return FAILED;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
