/**
 * A program that replaces itself, for the tests of `process.ts`.
 *
 * `pass PATH ARGV…` becomes PATH with the words and the environment it was
 * started with. `try JSON` tries one image after the other, bytes written as
 * characters up to 0xff, and prints what came of those that failed.
 *
 * @module
 */

import { ownProcess, type ProcessImage } from "./process.ts";

/** An image as JSON can hold it. */
export interface WrittenImage {
  readonly candidates: readonly string[];
  readonly searched?: boolean;
  readonly argv: readonly string[];
  /** Default: the program's own. */
  readonly environment?: readonly string[];
  readonly openFilesLimit?: number;
  readonly ignoreSigpipe?: boolean;
  /** Makes one more argument of so many characters. */
  readonly padding?: number;
}

const raw = (text: string) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

function read(
  written: WrittenImage,
  environment: readonly Uint8Array[],
): ProcessImage {
  const { openFilesLimit, ignoreSigpipe = false, padding = 0 } = written;
  const long = padding > 0 ? ["x".repeat(padding)] : [];
  return {
    candidates: written.candidates.map(raw),
    searched: written.searched ?? false,
    argv: [...written.argv, ...long].map(raw),
    environment: written.environment?.map(raw) ?? environment,
    restore: {
      ignoreSigpipe,
      openFilesLimit: openFilesLimit === undefined
        ? undefined
        : BigInt(openFilesLimit),
    },
  };
}

if (import.meta.main) {
  const { words, environment } = ownProcess.start();
  const [mode = "", first = "", ...rest] = words.map(text);
  const images: WrittenImage[] = mode === "pass"
    ? [{ candidates: [first], argv: rest }]
    : JSON.parse(new TextDecoder().decode(words[1]));
  const failures = images.map((image) => {
    const { code, path } = ownProcess.replace(read(image, environment));
    return path === undefined ? code : `${code} ${text(path)}`;
  });
  const status = Deno.readTextFileSync("/proc/self/status");
  const ignored = /^SigIgn:\s*(\w+)/m.exec(status)?.[1] ?? "0";
  const ignoresSigpipe = (BigInt(`0x${ignored}`) >> 12n & 1n) === 1n;
  console.log(JSON.stringify({ failures, ignoresSigpipe }));
}
