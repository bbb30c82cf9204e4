/**
 * Control groups of the kernel, where this machine lets us make one.
 *
 * @module
 */

/** What a control group limits. */
export type ControlGroupKind = "memory" | "pids";

/** The file that holds the limit, in the first and the second hierarchy. */
const LIMITS = {
  memory: ["memory.limit_in_bytes", "memory.max"],
  pids: ["pids.max", "pids.max"],
} as const;

/**
 * Makes a control group, which is removed when the test file is done.
 *
 * @returns Its folder, or nothing if this machine does not let us.
 */
export function controlGroup(
  kind: ControlGroupKind,
  limit: number,
): string | undefined {
  const [first, second] = LIMITS[kind];
  const folder = make(`/sys/fs/cgroup/${kind}`, kind, first, limit) ??
    make("/sys/fs/cgroup", kind, second, limit);
  if (folder !== undefined) {
    globalThis.addEventListener("unload", () => Deno.removeSync(folder));
  }
  return folder;
}

function make(
  root: string,
  kind: ControlGroupKind,
  file: string,
  limit: number,
): string | undefined {
  const folder = `${root}/runner-entrypoint-${kind}-${Deno.pid}`;
  try {
    Deno.mkdirSync(folder);
  } catch {
    return undefined;
  }
  try {
    Deno.writeTextFileSync(`${folder}/${file}`, `${limit}`);
    return folder;
  } catch {
    Deno.removeSync(folder);
    return undefined;
  }
}
