/**
 * Standard output for one writer alone.
 *
 * Code that runs in this process writes to descriptor 1 if it likes, and the
 * programs it starts inherit it. A report that others read must not hold a word
 * of that: so the report gets a descriptor that nobody else knows, and what was
 * standard output becomes standard error.
 *
 * @module
 */

import { writeDirectly } from "./direct_output.ts";
import type { Host } from "./host.ts";
import { bind, fileLibc } from "./libc.ts";

const FUNCTIONS = {
  dup3: { parameters: ["i32", "i32", "i32"], result: "i32" },
} as const;

const F_DUPFD_CLOEXEC = 1030;
const O_CLOEXEC = 0o2000000;
const OPEN = "/proc/self/fd";

/**
 * Keeps standard output for what is written through a host. Whatever else this
 * process or its children write there goes to standard error from now on.
 *
 * Nothing changes where there is nothing to keep apart: if both lead to the
 * same place, such as a terminal. Nor where this process may not do it: it
 * takes the permission to call functions of the C library.
 *
 * @param host The machine.
 * @returns The machine, with an output of its own.
 *
 * @example Usage
 * ```ts ignore
 * import { withOwnOutput } from "./own_output.ts";
 * import { denoHost } from "./deno_host.ts";
 *
 * const host = withOwnOutput(denoHost());
 * console.log("on standard error");
 * host.write(1, new TextEncoder().encode("on standard output\n"));
 * ```
 */
export function withOwnOutput(host: Host): Host {
  const isTerminal = host.isTerminal(1);
  const kept = keepOutput();
  if (kept === undefined) return host;
  return {
    ...host,
    isTerminal: (descriptor) =>
      descriptor === 1 ? isTerminal : host.isTerminal(descriptor),
    write: (descriptor, bytes) =>
      descriptor === 1
        ? writeDirectly(1, bytes, kept)
        : host.write(descriptor, bytes),
  };
}

/** The descriptor that is standard output now, if it is another one. */
function keepOutput(): number | undefined {
  // Looked at first: the runtime would ask at the terminal.
  const { state } = Deno.permissions.querySync({ name: "ffi" });
  if (state !== "granted") return undefined;
  try {
    const others = descriptorsOf(1);
    if (others.includes(0) || others.includes(2)) return undefined;
    const { dup3 } = bind(FUNCTIONS);
    const kept = fileLibc().fcntl(1, F_DUPFD_CLOEXEC, 3);
    if (kept === -1) return undefined;
    // The runtime has a copy of its own, which children get.
    for (const one of others) dup3(2, one, O_CLOEXEC);
    dup3(2, 1, 0);
    return kept;
  } catch {
    return undefined;
  }
}

/** The other descriptors that lead where a descriptor leads. */
function descriptorsOf(descriptor: number): number[] {
  const target = Deno.readLinkSync(`${OPEN}/${descriptor}`);
  return [...Deno.readDirSync(OPEN)].map(({ name }) => Number(name))
    .filter((one) => one !== descriptor && leadsTo(one, target));
}

function leadsTo(descriptor: number, target: string): boolean {
  try {
    return Deno.readLinkSync(`${OPEN}/${descriptor}`) === target;
  } catch {
    // The one that the folder was read through is closed by now.
    return false;
  }
}
