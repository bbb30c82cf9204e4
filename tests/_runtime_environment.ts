/**
 * What a case's environment must hold for a runtime that it starts.
 *
 * @module
 */

/**
 * Takes from this process's environment what tells a runtime where it finds
 * what it has downloaded. A user need not be one the machine knows.
 */
export function runtimeEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "DENO_DIR", "XDG_CACHE_HOME"];
  return Object.fromEntries(names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}
