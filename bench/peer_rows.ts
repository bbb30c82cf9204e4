/**
 * What the entrypoint and its peers are compared by.
 *
 * @module
 */

import type { EntrypointSandbox, Start } from "../tests/entrypoint/_sandbox.ts";

/** One guarantee, the test that shows it, and how it is measured. */
export interface Row {
  /** What is kept, or what is asked. */
  readonly guarantee: string;
  /** The test file, or the case in `specs/platform/`. */
  readonly shownBy: string;
  /** Tells how one way of starting a tool does. */
  readonly measure: (way: string, measuring: Measuring) => Promise<string>;
}

/** Starts things in the sandbox, and reads what comes of it. */
export class Measuring {
  #sandbox: EntrypointSandbox;
  #runs = 0;

  /** Measures in a sandbox that can start things. */
  constructor(sandbox: EntrypointSandbox) {
    this.#sandbox = sandbox;
  }

  /** The exit code and standard output of shell text as process 1. */
  async shell(script: string, start: Start = {}): Promise<string> {
    const { code, stdout } = await this.#sandbox.shell(script, start);
    return `${code} ${stdout.trim()}`.trim();
  }

  /** All that the probe finds out, for a direct start and for a way. */
  async facts(
    way: string,
    prepare = "",
  ): Promise<{ lost: string[]; found: string[] }> {
    const direct = await this.#probe("", prepare);
    const found = await this.#probe(way, prepare);
    return { lost: direct.filter((line) => !found.includes(line)), found };
  }

  async #probe(way: string, prepare: string): Promise<string[]> {
    const out = `${this.#sandbox.folder}/peers-${this.#runs++}`;
    await Deno.mkdir(out);
    await Deno.chmod(out, 0o777);
    await this.#sandbox.shell(
      `exec stage default all ${prepare} -- /usr/bin/env ${way} ` +
        "/usr/local/bin/probe /out/report",
      { setup: `mkdir out\nmount --bind ${out} out` },
    );
    const report = await Deno.readTextFile(`${out}/report`).catch(() => "");
    return report.trimEnd().split("\n");
  }
}

/** A row whose answer is what a script prints or ends with. */
function script(
  guarantee: string,
  shownBy: string,
  text: (way: string) => string,
  read: (result: string) => string,
  start?: Start,
): Row {
  return {
    guarantee,
    shownBy,
    measure: async (way, measuring) =>
      read(await measuring.shell(text(way), start)),
  };
}

/** A row that is kept if no fact of the given kind is lost. */
function facts(
  guarantee: string,
  shownBy: string,
  pattern: RegExp,
  prepare?: string,
): Row {
  return {
    guarantee,
    shownBy,
    measure: async (way, measuring) => {
      const { lost, found } = await measuring.facts(way, prepare);
      if (found.length === 1) return "does not start";
      return lost.some((line) => pattern.test(line)) ? "no" : "yes";
    },
  };
}

const answer = (yes: string) => (result: string) =>
  result === yes ? "yes" : "no";

const PLANTED = `printf '#!/bin/sh\\necho planted\\n' >workspace/planted
printf 'echo shell\\n' >tmp/script
chmod 0755 workspace/planted tmp/script`;

const ORPHAN = `(sh -c 'sleep 0 & echo $! >/tmp/orphan'
i=0; while [ -e /proc/$(cat /tmp/orphan) ] && [ $i -lt 50 ]; do sleep 0.02; i=$((i+1)); done
[ -e /proc/$(cat /tmp/orphan) ] && echo left || echo taken; kill -9 $(cat /tmp/tool)) &`;

/** The rows of the table, in their order. */
export const ROWS: readonly Row[] = [
  script(
    "The tool's exit code",
    "endings",
    (way) =>
      `for n in 0 1 64 126 127 128 137 255; do ${way} sh -c "exit $n" 2>/dev/null; echo $?; done`,
    answer("0 0\n1\n64\n126\n127\n128\n137\n255"),
  ),
  script(
    "The caller sees the signal that killed the tool (`128 + n` in a shell)",
    "endings",
    (way) => `${way} sh -c 'kill -9 $$' 2>/dev/null; echo $?`,
    (result) => result.split(" ")[1] ?? result,
  ),
  script(
    "Processes there are, beside the tool",
    "process_one",
    (way) => `exec ${way} bash -c 'set -- /proc/[0-9]*; echo $#'`,
    (result) => String(Number(result.split(" ")[1]) - 1),
  ),
  script(
    "Memory they hold, in KB",
    "process_one",
    (way) =>
      `exec ${way} bash -c 'echo $$; [ $$ = 1 ] || sed -n "s/^VmRSS:[^0-9]*//p" /proc/1/status'`,
    (result) => /(\d+) kB/.exec(result)?.[1] ?? "0",
  ),
  {
    guarantee: "Facts of a direct start that are lost, of about 160",
    shownBy: "transparency",
    measure: async (way, measuring) => {
      const { lost } = await measuring.facts(way);
      return String(lost.length);
    },
  },
  facts(
    "Process, group and session are the caller's",
    "transparency",
    /^process:/,
  ),
  facts(
    "Ignored signals stay ignored (HUP, TTIN, TTOU, PIPE)",
    "transparency",
    /SigIgn/,
    "ignore 1 ignore 21 ignore 22 ignore 13",
  ),
  facts(
    "Blocked signals stay blocked (TERM, USR1)",
    "transparency",
    /SigBlk/,
    "block 15 block 10",
  ),
  facts("Open descriptors", "transparency", /^descriptor/, "open 3 open 7"),
  facts(
    "Standard input that is closed stays closed",
    "transparency",
    /^descriptor/,
    "close 0",
  ),
  facts(
    "Soft limit on open files",
    "transparency",
    /Max open files/,
    "limit-7 128",
  ),
  facts(
    "The parent's death signal",
    "transparency",
    /parent-death/,
    "parent-death 10",
  ),
  script(
    "Missing program, program without execute permission",
    "programs",
    (way) =>
      `${way} /nowhere 2>/dev/null; echo $?; ${way} /etc/passwd 2>/dev/null; echo $?`,
    (result) => result.replace(/^0 /, "").replace("\n", ", "),
  ),
  script(
    "A script without `#!`",
    "programs",
    (way) => `exec ${way} /tmp/script 2>/dev/null`,
    (result) => result === "0 shell" ? "a shell runs it" : result,
    { setup: PLANTED },
  ),
  script(
    "The working directory, by an empty element of `PATH`",
    "programs",
    (way) => {
      const [name = "", ...rest] = way.split(" ");
      return `way=$(command -v ${name}); cd /workspace; PATH=:/usr/bin exec $way ${
        rest.join(" ")
      } planted 2>/dev/null`;
    },
    (result) => result === "0 planted" ? "searched" : "not searched",
    { setup: PLANTED },
  ),
  script(
    "A bare word after the entrypoint, `echo`",
    "refusals",
    (way) => `${way.split(" ")[0]} echo run 2>/dev/null; :`,
    (result) => result === "0 run" ? "is run" : "is refused",
  ),
  script(
    "Root",
    "users",
    (way) => `${way} id -u 2>/dev/null; echo $?`,
    (result) => result === "0 0\n0" ? "is accepted" : "is refused",
    { user: "0:0" },
  ),
  script(
    "No identity in the image",
    "`platform.identity.missing`",
    (way) => `${way} echo run 2>/dev/null; :`,
    (result) => result === "0 run" ? "is accepted" : "is refused",
    { setup: "rm etc/runner/image.env" },
  ),
  script(
    "TERM to process 1, whose tool has a handler",
    "process_one",
    (way) =>
      `(until [ -e /tmp/ready ]; do :; done; kill -TERM 1) &
exec ${way} sh -c 'trap "exit 3" TERM; : >/tmp/ready; sleep 1000 & wait'`,
    (result) => `the handler's, ${result}`,
  ),
  script(
    "TERM to process 1, whose tool has none",
    "process_one",
    (way) =>
      `(until [ -e /tmp/ready ]; do :; done; kill -TERM 1) &
exec ${way} sh -c ': >/tmp/ready; exec sleep 2'`,
    (result) =>
      result === "0" ? "nothing, as in a direct start" : `tool ends, ${result}`,
  ),
  script(
    "An orphan that has ended",
    "process_one",
    (way) =>
      `${ORPHAN} exec ${way} sh -c 'echo $$ >/tmp/tool; exec sleep 2' 2>/dev/null`,
    (result) => result.includes("taken") ? "is taken" : "is the tool's",
  ),
  script(
    "Without `/proc`",
    "surroundings",
    (way) => `exec ${way} echo run 2>/dev/null`,
    (result) => result === "0 run" ? "works" : `is refused, ${result}`,
    { setup: "umount proc" },
  ),
];
