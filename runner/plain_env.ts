/**
 * Env files of the contract that need no close look: nearly all of them.
 *
 * @module
 */

const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const KEY_CHARACTERS = `${CAPITALS}_0123456789`;
const BARE_CHARACTERS = `${KEY_CHARACTERS}abcdefghijklmnopqrstuvwxyz-./:@+,=%~`;
const QUOTED_CHARACTERS = `${BARE_CHARACTERS} `;

/**
 * Reads an env file in which everything is plain: keys that are set once,
 * values of letters, digits and a few marks, and blank lines.
 *
 * A start must not wait for a whole grammar and its messages to be compiled.
 * What this accepts, `parseEnvFile` accepts, with the same values; what it does
 * not accept says nothing, and is to be read by that.
 *
 * @param text The content of the file. Bytes that are no UTF-8 may have become
 * anything but ASCII.
 * @returns The values by key, or nothing if the file is not plain.
 *
 * @example Usage
 * ```ts
 * import { readPlainEnv } from "./plain_env.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "A=b\nC='d e'\n";
 * assertEquals(readPlainEnv(text), new Map([["A", "b"], ["C", "d e"]]));
 * assertEquals(readPlainEnv("A=$HOME\n"), undefined);
 * ```
 */
export function readPlainEnv(
  text: string,
): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  for (const row of text.split("\n")) {
    if (row === "") continue;
    const equals = row.indexOf("=");
    const key = row.slice(0, equals);
    const value = plainValue(row.slice(equals + 1));
    const plain = equals > 0 && CAPITALS.includes(row.charAt(0)) &&
      holdsOnly(KEY_CHARACTERS, key) && !values.has(key);
    if (!plain || value === undefined) return undefined;
    values.set(key, value);
  }
  return values;
}

function plainValue(raw: string): string | undefined {
  const isQuoted = raw.length > 1 && raw.startsWith("'") && raw.endsWith("'");
  const text = isQuoted ? raw.slice(1, -1) : raw;
  const characters = isQuoted ? QUOTED_CHARACTERS : BARE_CHARACTERS;
  return holdsOnly(characters, text) ? text : undefined;
}

function holdsOnly(characters: string, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (!characters.includes(text.charAt(index))) return false;
  }
  return true;
}
