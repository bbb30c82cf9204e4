/**
 * A direct start and one through the entrypoint, compared by all that
 * `probe.c` can find out.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { type EntrypointSandbox, quote, type Start } from "./_sandbox.ts";

const PROBE = "/usr/local/bin/probe";

/** Whoever runs these tests may have signals ignored and descriptors open. */
const CLEAN = ["default", "all", "close-from", "3", "--"];

/** The kernel keeps the highest mark of memory over execve(2). */
export const PEAK = {
  direct: ["peak memory: own"],
  runner: ["peak memory: another program's"],
};

/** What one start found that the other did not. */
export interface Differences {
  /** Lines of the direct start. */
  readonly direct: readonly string[];
  /** Lines of the start through the entrypoint. */
  readonly runner: readonly string[];
}

/** Compares starts in a sandbox. */
export class Probing {
  readonly #sandbox: EntrypointSandbox;
  readonly #way: readonly string[];

  /** Takes the words before the tool's own. */
  constructor(sandbox: EntrypointSandbox, way: readonly string[]) {
    this.#sandbox = sandbox;
    this.#way = way;
  }

  /** Starts the probe both ways, from the same state. */
  async differences(
    prepare: string,
    start: Start = {},
  ): Promise<Differences & { readonly facts: readonly string[] }> {
    const direct = await this.#probe(prepare, [], start);
    const runner = await this.#probe(prepare, this.#way, start);
    assert(direct.length > 150, `only ${direct.length} facts`);
    return {
      direct: direct.filter((line) => !runner.includes(line)),
      runner: runner.filter((line) => !direct.includes(line)),
      facts: direct,
    };
  }

  /** Process 1 puts itself into a state and becomes what follows. */
  async #probe(
    prepare: string,
    way: readonly string[],
    start: Start,
  ): Promise<string[]> {
    const dir = this.#sandbox.folder;
    const out = await Deno.makeTempDir({ dir, prefix: "out-" });
    await Deno.chmod(out, 0o777);
    const setup = `mkdir out\nmount --bind ${quote(out)} out\n${
      start.setup ?? ""
    }`;
    const program = "/usr/local/bin/stage";
    const args = [...CLEAN, "/bin/sh", "-c", prepare, "sh", ...way, PROBE]
      .concat("/out/report", "a b", "");
    const end = await this.#sandbox.run({ ...start, program, setup, args });
    assertEquals([end.code, end.stderr, end.stdout], [0, "", ""], prepare);
    const report = await Deno.readTextFile(`${out}/report`);
    return report.trimEnd().split("\n");
  }
}
