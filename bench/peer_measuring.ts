/**
 * How the entrypoint and its peers are compared.
 *
 * @module
 */

import type { EntrypointSandbox, Start } from "../tests/entrypoint/_sandbox.ts";

/** One guarantee, the test that shows it, and how it is measured. */
export interface Row {
  /** What is kept, or what is asked. */
  readonly guarantee: string;
  /** The case in `specs/platform/`, or a test: its file, and its whole name. */
  readonly shownBy: string | readonly [file: string, test: string];
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

  /** Shell text as process 1 on a terminal of its own. */
  async onTerminal(script: string): Promise<string> {
    return await this.shell(`exec setsid --ctty ${script}`, {
      outer: [`${this.#sandbox.folder}/terminal`],
    });
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
export function script(
  guarantee: string,
  shownBy: Row["shownBy"],
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
export function facts(
  guarantee: string,
  shownBy: Row["shownBy"],
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

/** Yes, if the result is this one. */
export const answer = (yes: string) => (result: string) =>
  result === yes ? "yes" : "no";
