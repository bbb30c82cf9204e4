/**
 * Runs the tests: most side by side, some alone.
 *
 * ```sh
 * deno task test
 * deno task test --filter "env files" runner/
 * ```
 *
 * Tests that run side by side share a process, and so its environment. A call
 * of a function in this process, as `cli.run` makes it, gives that process
 * another environment for as long as it takes, which every child that somebody
 * else starts meanwhile would inherit. So the modules that make such calls are
 * run one at a time, in a process of their own.
 *
 * @module
 */

/** The modules that change the environment of their process. */
export const ALONE = [
  "harness/image/image_cli_test.ts",
  "harness/process/in_process.ts",
  "harness/process/in_process_capture_test.ts",
  "harness/process/in_process_restore_test.ts",
  "harness/process/in_process_test.ts",
  "harness/types/cli_run_hooks_test.ts",
  "harness/types/cli_run_isolate_test.ts",
  "harness/types/cli_run_modules_test.ts",
  "harness/types/cli_run_processes_test.ts",
  "harness/types/cli_run_terminal_test.ts",
  "harness/types/cli_run_test.ts",
  "tests/docs_examples_test.ts",
  "tests/failing_specs_test.ts",
  "tests/harness_specs_test.ts",
] as const;

const ROOT = new URL("../", import.meta.url).pathname;
const COMMON = ["test", "-A", "--doc"];

/** A part of the tests, as words for the runtime. */
export type Part = readonly string[];

/**
 * Says how the tests are run.
 *
 * @param flags What else the runtime is told, for both parts.
 * @param ignored Paths that are left out of the first part.
 * @returns What runs side by side, and what runs alone after it.
 */
export function testParts(
  flags: readonly string[] = [],
  ignored: readonly string[] = [],
): readonly [sideBySide: Part, alone: Part] {
  const ignore = `--ignore=${[...ALONE, ...ignored].join(",")}`;
  return [
    [...COMMON, "--parallel", ignore, ...flags],
    [...COMMON, ...flags, ...ALONE],
  ];
}

/** What tests came to. */
export interface Counts {
  /** How many tests passed. */
  readonly passed: number;
  /** How many failed. */
  readonly failed: number;
}

/**
 * Reads the last count that the runtime printed.
 *
 * @param output What it printed.
 * @returns The counts; nothing passed if there are none.
 */
export function readCounts(output: string): Counts {
  // deno-lint-ignore no-control-regex -- colours are the subject
  const plain = output.replaceAll(/\x1b\[[0-9;]*m/g, "");
  const [, passed = "0", failed = "0"] =
    [...plain.matchAll(/\| (\d+) passed.*?\| (\d+) failed/g)].at(-1) ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}

/** What a part came to. */
interface Ended extends Counts {
  readonly success: boolean;
}

/** Runs a part, and hands on what it prints as it comes. */
async function runPart(
  words: Part,
  show: (piece: Uint8Array) => void,
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words],
    cwd: ROOT,
    stdout: "piped",
  }).spawn();
  const decoder = new TextDecoder();
  let output = "";
  for await (const piece of child.stdout) {
    output += decoder.decode(piece, { stream: true });
    show(piece);
  }
  const { success } = await child.status;
  return { success, ...readCounts(output) };
}

function print(piece: Uint8Array): void {
  for (let done = 0; done < piece.length;) {
    done += Deno.stdout.writeSync(piece.subarray(done));
  }
}

async function main(words: readonly string[]): Promise<number> {
  // Whoever names files wants these, and runs them as they come.
  if (words.some((word) => !word.startsWith("-"))) {
    const { success } = await runPart([...COMMON, ...words], print);
    return success ? 0 : 1;
  }
  const [sideBySide, alone] = testParts(words);
  const later: Uint8Array[] = [];
  const background = runPart(alone, (piece) => void later.push(piece));
  const first = await runPart(sideBySide, print);
  const second = await background;
  later.forEach(print);
  const passed = first.passed + second.passed;
  const failed = first.failed + second.failed;
  console.log(`${passed} passed, ${failed} failed`);
  return first.success && second.success ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
