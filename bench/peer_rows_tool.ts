/**
 * Rows of the table of guarantees: what the tool gets of its caller.
 *
 * @module
 */

import { answer, facts, type Row, script } from "./peer_measuring.ts";

/** What the tool gets of its caller. */
export const TOOL_ROWS: readonly Row[] = [
  script(
    "The tool's exit code",
    [
      "heavy/endings",
      "of 600 starts, 32 at a time, each ends as its own tool does: with every exit code, by every signal",
    ],
    (way) =>
      `for n in 0 1 64 126 127 128 137 255; do ${way} sh -c "exit $n" 2>/dev/null; echo $?; done`,
    answer("0 0\n1\n64\n126\n127\n128\n137\n255"),
  ),
  script(
    "The caller sees the signal that killed the tool (`128 + n` in a shell)",
    [
      "heavy/endings",
      "of 600 starts, 32 at a time, each ends as its own tool does: with every exit code, by every signal",
    ],
    (way) => `${way} sh -c 'kill -9 $$' 2>/dev/null; echo $?`,
    (result) => result.split(" ")[1] ?? result,
  ),
  script(
    "Wrong results in 600 starts, 32 at a time",
    [
      "heavy/endings",
      "of 600 starts, 32 at a time, each ends as its own tool does: with every exit code, by every signal",
    ],
    (way) =>
      `seq 600 | xargs -P 32 -I N sh -c '${way} sh -c "exit \\$((N % 256))" 2>/dev/null; [ $? = $((N % 256)) ] || echo wrong' | grep -c wrong`,
    (result) => result.split(" ")[1] ?? result,
  ),
  script(
    "Arguments, byte for byte",
    ["arguments", "odd arguments arrive in their order, the empty ones too"],
    (way) => `exec ${way} printf '[%s]' '' 'a b' "$(printf '\\377\\r')" -n --`,
    answer("0 [][a b][\xff\r][-n][--]"),
  ),
  script(
    "The environment, byte for byte and in its order",
    [
      "transparency",
      "as in a direct start: an environment no shell could make",
    ],
    (way) =>
      `exec env -i B=1 A=1 a.b=2 "$(printf 'X=\\377')" DENO_DIR=x PATH=/usr/local/bin:/usr/bin ${way} env`,
    answer(
      "0 B=1\nA=1\na.b=2\nX=\xff\nDENO_DIR=x\nPATH=/usr/local/bin:/usr/bin",
    ),
  ),
  script(
    "Variables that steer runtimes and shells do nothing on the way",
    [
      "environment",
      "a steering variable reaches the tool alone, and does nothing before",
    ],
    (way) =>
      `exec env -i COMPLETE= DENO_V8_FLAGS=--help BASH_ENV=/nowhere NODE_OPTIONS=-x PATH=/usr/local/bin:/usr/bin ${way} env`,
    answer(
      "0 COMPLETE=\nDENO_V8_FLAGS=--help\nBASH_ENV=/nowhere\nNODE_OPTIONS=-x\nPATH=/usr/local/bin:/usr/bin",
    ),
  ),
  script(
    "Standard input, from where the caller stopped",
    [
      "streams",
      "standard input is read by the tool alone, from where the caller stopped",
    ],
    (way) => `printf 'one\\ntwo' | (read -r line; ${way} cat)`,
    answer("0 two"),
  ),
  script(
    "A tool whose reader went away ends by SIGPIPE",
    [
      "streams",
      "a tool whose reader went away ends by SIGPIPE, unless the caller ignores it",
    ],
    (way) =>
      `bash -c '${way} yes 2>/dev/null | head -n 1 >/dev/null; echo \${PIPESTATUS[0]}'`,
    answer("0 141"),
  ),
  script(
    "Processes there are, beside the tool",
    [
      "process_one",
      "a second after the start only the tool is left, with one thread, as process 1",
    ],
    (way) => `exec ${way} bash -c 'set -- /proc/[0-9]*; echo $#'`,
    (result) => String(Number(result.split(" ")[1]) - 1),
  ),
  script(
    "Memory they hold, in KB",
    [
      "process_one",
      "after the start not a page of the entrypoint or its runtime is left in memory",
    ],
    (way) =>
      `exec ${way} bash -c 'echo $$; [ $$ = 1 ] || sed -n "s/^VmRSS:[^0-9]*//p" /proc/1/status'`,
    (result) => /(\d+) kB/.exec(result)?.[1] ?? "0",
  ),
  {
    guarantee: "Facts of a direct start that are lost, of about 160",
    shownBy: ["transparency", "as in a direct start: nothing special"],
    measure: async (way, measuring) => {
      const { lost } = await measuring.facts(way);
      return String(lost.length);
    },
  },
  facts(
    "Process, group and session are the caller's",
    ["transparency", "as in a direct start: a session of its own"],
    /^process:/,
  ),
  facts(
    "Ignored signals stay ignored (HUP, TTIN, TTOU, PIPE)",
    [
      "transparency",
      "as in a direct start: HUP, INT, TTOU and PIPE ignored, TERM and USR1 blocked",
    ],
    /SigIgn/,
    "ignore 1 ignore 21 ignore 22 ignore 13",
  ),
  facts(
    "Blocked signals stay blocked (TERM, USR1)",
    [
      "transparency",
      "as in a direct start: HUP, INT, TTOU and PIPE ignored, TERM and USR1 blocked",
    ],
    /SigBlk/,
    "block 15 block 10",
  ),
  facts(
    "Open descriptors",
    [
      "transparency",
      "as in a direct start: descriptors 3, 7 and 9 open, 5 to be closed, 7 non-blocking",
    ],
    /^descriptor/,
    "open 3 open 7",
  ),
  facts(
    "Standard input that is closed stays closed",
    ["transparency", "as in a direct start: descriptors 0 closed"],
    /^descriptor/,
    "close 0",
  ),
  facts(
    "Soft limit on open files",
    ["transparency", "as in a direct start: a soft limit of 1024 open files"],
    /Max open files/,
    "limit-7 128",
  ),
  facts(
    "The parent's death signal",
    ["transparency", "as in a direct start: what prctl(2) and others set"],
    /parent-death/,
    "parent-death 10",
  ),
  {
    guarantee: "The terminal and its size",
    shownBy: [
      "terminal",
      "the terminal's size is the tool's, and so is the news of its change",
    ],
    measure: async (way, measuring) =>
      answer("0 24 80")(await measuring.onTerminal(`${way} stty size`)),
  },
  {
    guarantee: "A change of the terminal's size is told to the tool",
    shownBy: [
      "terminal",
      "the terminal's size is the tool's, and so is the news of its change",
    ],
    measure: async (way, measuring) =>
      answer("5 77")(
        await measuring.onTerminal(
          `${way} bash -c 'trap "stty size | cut -d\\  -f 2; exit 5" WINCH
stty rows 33 cols 77; sleep 2 & wait'`,
        ),
      ),
  },
];
