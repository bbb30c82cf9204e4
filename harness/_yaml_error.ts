/** What a syntax error of `@std/yaml` means, in the words of the reader. */

import { printable, quoted } from "../text/printable.ts";
import { Outline } from "./_outline.ts";
import { outlineYaml } from "./_outline_yaml.ts";
import { TextFault } from "./_text_fault.ts";
import { pathText } from "./_values.ts";
import { LIMITS } from "./_yaml_limits.ts";

interface Said {
  /** Where it is. */
  readonly at: number;
  /** What it is. */
  readonly what: string;
  /** What to do about it, where there is a sensible answer. */
  readonly remedy?: string | undefined;
}

interface Failure {
  /** What the library's message holds behind the part that was looked for. */
  readonly detail: string;
  /** Where the library stopped. */
  readonly at: number;
  /** The text from there to the end of its line. */
  readonly rest: string;
  readonly text: string;
}

type Explanation = (failure: Failure) => Said;

const QUOTE_IT = "put the value in quotes";

const EXPLANATIONS: readonly (readonly [RegExp, Explanation])[] = [
  [/duplicated key/, duplicateKey],
  [
    /unknown tag !<tag:yaml\.org,2002:(binary|timestamp|set|omap|pairs|merge)>/,
    foreignType,
  ],
  [/unknown tag !<(.*?)>/s, unknownTag],
  [/unidentified alias "(.*)"/s, unknownAlias],
  [
    /explicit mapping pair is incomplete/,
    ({ at }) => ({ at, what: '":" inside a value', remedy: QUOTE_IT }),
  ],
  [/within a (\w+) quoted scalar/, ({ detail, at, text }) => ({
    at: stopOf(text) ?? at,
    what: `a ${detail} quote is not closed`,
  })],
  [/a multiline key|missing colon/, ({ at, text }) => ({
    at: stopOf(text) ?? at,
    what: "neither a key nor part of the value before it",
    remedy:
      'write "key: value"; double or escape a quote inside a quoted value, and indent the lines of a block of text',
  })],
  [/unexpected end of the stream within a flow/, ({ at, text }) => ({
    at: stopOf(text) ?? at,
    what: "a bracket or brace is not closed",
    remedy: 'put a value that begins with "[" or "{" in quotes',
  })],
  [/missing comma between/, ({ at }) => ({
    at,
    what: 'expected "," or the closing bracket or brace',
    remedy: 'put a value that begins with "[" or "{" in quotes',
  })],
  [/more than 1 document/, ({ at }) => ({
    at,
    what: 'a second document after "---"',
    remedy: "write a list of mappings",
  })],
  [/bad indentation of a (\w+) entry/, ({ at, detail }) => ({
    at,
    what: `this ${detail} entry is not aligned with the ones it belongs to`,
    remedy: 'check the indentation, and put a value with ": " in quotes',
  })],
  [/end of the stream or a document separator is expected/, misplaced],
  [/line break not found/, ({ at }) => ({
    at,
    what: "text on the line of a block scalar's mark",
    remedy: 'put a value that begins with "|" or ">" in quotes',
  })],
  [/unknown escape sequence|hexadecimal/, ({ at }) => ({
    at,
    what: "unknown escape in double quotes",
    remedy: "double the backslash, or use single quotes",
  })],
];

/**
 * Turns a syntax error into a fault.
 *
 * @param error What the library threw.
 * @param text The text it read.
 * @returns The fault, its message on one line.
 */
export function explainSyntaxError(
  error: SyntaxError,
  text: string,
): TextFault {
  const message = error.message.split(/ at line \d+, column \d+/)[0] ?? "";
  const at = offsetOf(error, text);
  const { what, remedy, at: offset } = said(message, at, text);
  return new TextFault(
    printable(`invalid YAML: ${what}${remedy ? `: ${remedy}` : ""}`),
    offset,
    { cause: error },
  );
}

function said(message: string, at: number, text: string): Said {
  const isLayout = /indentation|multiline key|document separator/.test(message);
  const tab = isLayout ? tabNear(text, at) : undefined;
  if (tab !== undefined) {
    return {
      at: tab,
      what: "a tab indents this line",
      remedy: "indent with spaces",
    };
  }
  const rest = /.*/.exec(text.slice(at, at + 200))?.[0] ?? "";
  for (const [pattern, explain] of EXPLANATIONS) {
    const found = pattern.exec(message);
    if (found !== null) {
      return explain({ detail: found[1] ?? "", at, rest, text });
    }
  }
  const bare = message.replace(/^Cannot [^:]*: (?=.)/s, "");
  return { at, what: shortened(bare) };
}

function duplicateKey({ at, rest, text }: Failure): Said {
  const found = outlineOf(text)?.findDuplicate();
  const key = found?.key ?? /^["']?([\w.-]+)["']?\s*:/.exec(rest)?.[1];
  const what = "duplicate key" + (key === undefined ? "" : ` ${shown(key)}`);
  return { at: found?.at ?? at, what, remedy: "keep one of the two" };
}

function foreignType({ detail, at, text }: Failure): Said {
  const found = outlineOf(text)?.findTag((tag) =>
    tag === `!!${detail}` || tag.endsWith(`:${detail}>`)
  );
  const subject = found === undefined ? "a value" : pathText(found.path);
  return {
    at: found?.at ?? at,
    what: `${subject} is "!!${detail}", which is no JSON value`,
  };
}

function unknownTag({ detail, at, text }: Failure): Said {
  return {
    at: outlineOf(text)?.findTag((tag) => tag === detail)?.at ?? at,
    what: `unknown tag ${shown(detail)}`,
    remedy: 'put a value that begins with "!" in quotes',
  };
}

function unknownAlias({ detail, at }: Failure): Said {
  return {
    at: Math.max(at - detail.length - 1, 0),
    what: `${shown(`*${detail}`)} is an alias of nothing`,
    remedy: 'put a value that begins with "*" in quotes',
  };
}

function misplaced({ at, rest }: Failure): Said {
  if (/^[@`%}\],]/.test(rest)) {
    return {
      at,
      what: `a value cannot begin with "${rest[0]}"`,
      remedy: QUOTE_IT,
    };
  }
  return {
    at,
    what: "this does not continue what stands before it",
    remedy: rest.startsWith("- ")
      ? "begin a list on a line of its own"
      : 'check the indentation, and the ":" of the line above',
  };
}

function outlineOf(text: string): Outline | undefined {
  const { root } = outlineYaml(text, LIMITS);
  return root && new Outline(text, root);
}

function stopOf(text: string): number | undefined {
  return outlineYaml(text, LIMITS).stoppedAt;
}

// A tab in front of the line, or of the one before, is the likely cause.
function tabNear(text: string, at: number): number | undefined {
  const here = text.lastIndexOf("\n", at - 1) + 1;
  const before = here === 0 ? 0 : text.lastIndexOf("\n", here - 2) + 1;
  const start = [here, before].find((from) =>
    /^ *\t/.test(text.slice(from, from + 200))
  );
  return start === undefined ? undefined : text.indexOf("\t", start);
}

// Its line and column are wrong for a duplicate key; its offset is right. At
// the end of the text it points behind the last line break.
function offsetOf(error: SyntaxError, text: string): number {
  const offset = "offset" in error ? error.offset : undefined;
  if (typeof offset !== "number") return 0;
  return Math.min(Math.max(offset, 0), text.trimEnd().length);
}

function shown(text: string): string {
  return quoted(shortened(text));
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
