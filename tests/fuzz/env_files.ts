/** Env files, held against what reads them elsewhere. */

import { parse } from "@std/dotenv/parse";
import { parseEnvFile } from "../../runner/env_file.ts";
import { type Problem, shorterTexts, type Target } from "./_fuzzer.ts";

const PIECES = [
  ..."AB_1=='\"# \n\n.x-:@\u00e4\u{1f600}\u00a0",
  ...["A=", "B_2=", "KEY='", 'KEY="', "'\n", '"\n', "\n# c\n", "export "],
];
const ROWS = [
  ...["A=1\n", "B_2='b c'\n", 'C="d#e"\n', "# c\n", "\n", "D=\n", "E=''\n"],
  ...[
    "F=\u00e4-.:/@%\n",
    "G=\u{1f600}\n",
    " # x\n",
    'H="\u00a0"\n',
    "I=x=y\n",
  ],
];
const WILD = [
  ...PIECES,
  ..."$`;\\\t\r\0\x1b\ufeff\u2028",
  ...["A=\n", "\r\n", "='", "A=B=C\n", "  A=1\n", "A\n", "=\n"],
];

/**
 * What both read, both read alike; the rest is refused with places that are
 * there.
 */
export const envFiles: Target<string> = {
  name: "env files",
  runs: 3000,
  generate(dice) {
    if (dice.below(3) === 0) return dice.text(dice.pick([PIECES, WILD]), 14);
    const text = dice.text(ROWS, 4);
    if (dice.below(2) === 0) return text;
    const at = dice.below(text.length + 1);
    const piece = dice.pick(dice.pick([PIECES, WILD]));
    return text.slice(0, at) + piece + text.slice(at + dice.below(2));
  },
  check: differs,
  shrink: shorterTexts,
};

function differs(text: string): Problem {
  const bytes = new TextEncoder().encode(text);
  const result = parseEnvFile(bytes);
  if (!result.ok) {
    const lines = text.split("\n").length;
    const astray = result.problems.find(({ line, column }) =>
      line < 1 || line > lines || column < 1 || column > bytes.length + 1
    );
    return astray && `a problem is at ${astray.line}:${astray.column}`;
  }
  const ours = result.entries.map(({ key, value }) => [key, value]);
  const theirs = Object.entries(parse(text.toWellFormed()));
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return undefined;
  return `${JSON.stringify(ours)}, and ${JSON.stringify(theirs)} by dotenv`;
}

const BYTES = [0x41, 0x3d, 0x0a, 0x22, 0xc3, 0xa4, 0xff, 0x80, 0xf0, 0x9f, 0];

/** Bytes that may be no text. */
export const envBytes: Target<readonly number[]> = {
  name: "bytes of env files",
  runs: 1000,
  generate: (dice) =>
    Array.from(
      { length: dice.below(30) },
      () => dice.below(3) === 0 ? dice.below(256) : dice.pick(BYTES),
    ),
  check(input) {
    const bytes = Uint8Array.from(input);
    const result = parseEnvFile(bytes);
    if (result.ok) {
      const isText = bytes.every((byte) => byte !== 0 && byte !== 0xff);
      return isText ? undefined : "it takes what is no text";
    }
    const astray = result.problems.find(({ line, column }) =>
      line < 1 || column < 1 || line > bytes.length + 1 ||
      column > bytes.length + 1
    );
    return astray && `a problem is at ${astray.line}:${astray.column}`;
  },
  *shrink(input) {
    for (const at of input.keys()) yield input.toSpliced(at, 1);
  },
};
