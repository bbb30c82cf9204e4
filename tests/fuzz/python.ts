/** Regular expressions, held against Python's own. */

import type { Problem, Target } from "./_fuzzer.ts";
import {
  generateSearch,
  type Search,
  search,
  shorterSearches,
} from "./patterns.ts";

// One line in, one line out: what `re.search` finds, or why it does not.
const SERVER = `
import json, re, sys, warnings
warnings.simplefilter("ignore")
for line in sys.stdin:
    pattern, text = json.loads(line)
    try:
        answer = re.search(pattern, text) is not None
    except re.error as error:
        answer = str(error.msg)
    except (OverflowError, RecursionError) as error:
        answer = str(error)
    print(json.dumps(answer), flush=True)
`;

/** Python, asked for one search at a time. */
export interface Python extends AsyncDisposable {
  /** Whether it finds a pattern in a text, or why it refuses the pattern. */
  search(input: Search): Promise<boolean | string>;
}

/**
 * Starts Python.
 *
 * @returns Nothing if there is none here.
 */
export function startPython(): Python | undefined {
  const child = spawn();
  if (child === undefined) return undefined;
  const writer = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  return {
    async search(input) {
      const line = `${JSON.stringify(input)}\n`;
      await writer.write(new TextEncoder().encode(line));
      while (!rest.includes("\n")) {
        const { value, done } = await reader.read();
        if (done) throw new Error("Python has ended");
        rest += value;
      }
      const end = rest.indexOf("\n");
      const answer = rest.slice(0, end);
      rest = rest.slice(end + 1);
      return JSON.parse(answer);
    },
    async [Symbol.asyncDispose]() {
      await writer.close();
      await reader.cancel();
      await child.status;
    },
  };
}

function spawn(): Deno.ChildProcess | undefined {
  try {
    return new Deno.Command("python3", {
      args: ["-c", SERVER],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Patterns and texts: found by both or by none, refused by both, or refused
 * here by the name of what JavaScript has not.
 *
 * @param python Who is asked.
 */
export function patternsOf(python: Python): Target<Search> {
  return {
    name: "patterns of Python",
    runs: 0,
    generate: generateSearch,
    async check(input): Promise<Problem> {
      const ours = search(input);
      const theirs = await python.search(input);
      const isUnsupported = typeof ours === "string" &&
        ours.startsWith("unsupported regex: ");
      if (isUnsupported || ours === theirs) return undefined;
      const refusesToo = typeof ours === "string" && typeof theirs === "string";
      return refusesToo ? undefined : `${ours}, and ${theirs} by Python`;
    },
    shrink: shorterSearches,
  };
}
