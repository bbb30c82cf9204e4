/**
 * Checks the types, and runs the tests: most side by side, some alone.
 *
 * ```sh
 * deno task test
 * deno task test --filter "env files"
 * deno task test --slowest
 * deno task test harness/parse_test.ts runner/
 * ```
 *
 * All of them are run in few workers, see `_test_parts.ts`. Whoever names files
 * has them run by the runtime as they are.
 *
 * Tests that run side by side share a process, and so its environment. A call
 * of a function in this process, as `cli.run` makes it, gives that process
 * another environment for as long as it takes, which every child that somebody
 * else starts meanwhile would inherit. So the modules that make such calls are
 * run one at a time, in a process of their own.
 *
 * @module
 */

import { slowestModules } from "./_slowest.ts";
import { writeParts } from "./_test_parts.ts";

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
  "tests/format_results_test.ts",
  "tests/harness_specs_test.ts",
] as const;

const ROOT = new URL("../", import.meta.url).pathname;
const PARTS = `${ROOT}dist/tests`;

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

/** What a child came to. */
interface Ended extends Counts {
  readonly success: boolean;
}

/** Runs this runtime, and hands on what it prints as it comes. */
async function run(
  words: readonly string[],
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

/** Checks the types of everything, examples included. */
async function checkTypes(): Promise<boolean> {
  const words = ["task", "--quiet", "check"];
  const command = new Deno.Command(Deno.execPath(), { args: words, cwd: ROOT });
  const { success, stderr } = await command.output();
  if (!success) print(stderr);
  return success;
}

/** How all tests are run. */
export interface TestOptions {
  /** What else the runtime is told. Default: nothing. */
  readonly flags?: readonly string[];
  /** Whether the slowest modules are named at the end. Default: no. */
  readonly namesSlowest?: boolean;
}

/**
 * Runs all tests, and checks all types.
 *
 * @param options How they are run.
 * @returns Whether all is well.
 */
export async function testAll(options: TestOptions = {}): Promise<boolean> {
  const { flags = [], namesSlowest = false } = options;
  const parts = writeParts({ root: ROOT, out: PARTS, without: ALONE });
  const times = { sideBySide: `${PARTS}/1.xml`, alone: `${PARTS}/2.xml` };
  const words = (time: string) => [
    ...["test", "-A", "--no-check", ...flags],
    ...(namesSlowest ? [`--junit-path=${time}`] : []),
  ];
  const later: Uint8Array[] = [];
  const background = run(
    [...words(times.alone), "--doc", ...ALONE],
    (piece) => void later.push(piece),
  );
  const types = checkTypes();
  const first = await run(
    [...words(times.sideBySide), "--parallel", ...parts],
    print,
  );
  const second = await background;
  later.forEach(print);
  const areTypesRight = await types;
  if (namesSlowest) printSlowest(Object.values(times));
  const passed = first.passed + second.passed;
  const failed = first.failed + second.failed;
  console.log(
    `${passed} passed, ${failed} failed${areTypesRight ? "" : ", wrong types"}`,
  );
  return first.success && second.success && areTypesRight;
}

function printSlowest(reports: readonly string[]): void {
  const modules = slowestModules(
    reports.map((path) => Deno.readTextFileSync(path)),
    10,
  );
  const lines = modules.map(({ path, ms }) =>
    `${(ms / 1000).toFixed(1).padStart(6)} s  ${path}\n`
  );
  console.log(`\nThe slowest modules:\n${lines.join("")}`);
}

/** Takes apart what was typed: flags with their values, and names of files. */
function readWords(words: readonly string[]) {
  const isValue = (index: number) => words[index - 1] === "--filter";
  const isFlag = (index: number) =>
    words[index]?.startsWith("-") || isValue(index);
  return {
    namesFiles: words.some((_, index) => !isFlag(index)),
    namesSlowest: words.includes("--slowest") || Deno.stdout.isTerminal(),
    flags: words.filter((word) => word !== "--slowest"),
  };
}

async function main(words: readonly string[]): Promise<boolean> {
  const { namesFiles, ...options } = readWords(words);
  if (!namesFiles) return await testAll(options);
  // Whoever names files wants these, and runs them as they come.
  const native = ["test", "-A", "--doc", ...options.flags];
  return (await run(native, print)).success;
}

if (import.meta.main) Deno.exit(await main(Deno.args) ? 0 : 1);
