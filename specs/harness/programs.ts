/**
 * Programs for the cases beside this file, called in the process of the spec
 * command.
 *
 * @module
 */

import type { CallIo } from "../../harness/process/in_process.ts";
import type { HookArgument } from "../../harness/types/hook.ts";

/** Prints each argument on a line of its own. */
export function print(argv: readonly string[], io: CallIo): void {
  for (const word of argv) io.stdout.write(`${word}\n`);
}

/** Prints each argument on a line of standard error. */
export function complain(argv: readonly string[], io: CallIo): void {
  for (const word of argv) io.stderr.write(`${word}\n`);
}

/** Ends with the exit code that is its first argument; without one, as it is. */
export function end([code]: readonly string[]): number | undefined {
  return code === undefined ? undefined : Number(code);
}

/** The same, a moment later. */
export async function endLater(argv: readonly string[]): Promise<unknown> {
  await Promise.resolve();
  return end(argv);
}

/** Prints what is left of standard input. */
export function copy(_: readonly string[], io: CallIo): void {
  io.stdout.write(io.stdin.bytes());
}

/** Prints the variables that are its arguments. */
export function show(argv: readonly string[], io: CallIo): void {
  for (const name of argv) {
    io.stdout.write(`${name}=${io.env[name] ?? "(not set)"}\n`);
  }
}

/** Prints the text of a file, named from its temporary directory. */
export function read([name]: readonly string[], io: CallIo): void {
  io.stdout.write(Deno.readFileSync(`${io.tmpDir}/${name}`));
}

/** Writes a file into its temporary directory and prints its path. */
export function write([name, text = ""]: readonly string[], io: CallIo): void {
  const path = `${io.tmpDir}/${name}`;
  Deno.writeTextFileSync(path, text);
  io.stdout.write(`\n  \n${path}\nand more\n`);
}

/** Uses nothing but what any program of the runtime uses. */
export const plain = {
  main(argv: readonly string[]): void {
    console.log("log", ...argv);
    console.error("error", Deno.env.get("COLOUR"));
    Deno.stdout.writeSync(new TextEncoder().encode("stream\n"));
    Deno.exit(3);
  },
};

/** Throws what is no exit. */
export function explode(): never {
  throw new RangeError("out of all bounds");
}

/** Leaves nothing of the console as it was, and throws. */
export function spoil(): never {
  console.log = () => {};
  explode();
}

/** Hooks, told by `hook_kwargs` what to do. */
export const hooks = {
  /** Sets the variable `SEEN` to names of what it is called with. */
  look(argument: HookArgument): void {
    Deno.env.set("SEEN", Object.keys(argument).sort().join());
  },

  /** Wants the program to have printed `wanted`. */
  check({ result, wanted }: HookArgument): void {
    if (result?.stdout === wanted) return;
    throw new RangeError(`the program printed ${JSON.stringify(result)}`);
  },

  /** Prints in every way. */
  shout(): void {
    console.log("LOUD");
    console.error("LOUD");
    Deno.stdout.writeSync(new TextEncoder().encode("LOUD\n"));
  },

  /** Changes what all programs of a process share. */
  freeze(): void {
    Date.now = () => 7;
  },
};

/** Prints what the time is, or that it goes by. */
export function time(_: readonly string[], io: CallIo): void {
  const now = Date.now();
  io.stdout.write(now < 1000 ? `${now}` : "goes by");
}

/** Asks who is there, at a terminal only. */
export function sit(): void {
  Deno.stdout.writeSync(
    new TextEncoder().encode(prompt("Who?") ?? "nobody to ask"),
  );
}
