/** Glob patterns over names: `*`, `?` and `[...]`, nothing else is special. */

/** A compiled pattern, or why there is none. */
export type Glob =
  | { readonly ok: true; readonly matches: (text: string) => boolean }
  | { readonly ok: false; readonly reason: string };

type Step = "run" | ((character: string) => boolean);

/**
 * Compiles a pattern.
 *
 * `*` stands for any run of characters, also an empty one and one with
 * slashes or dots; `?` for one character; `[abc]`, `[a-z]` and `[!a-z]` for
 * one character of a set or outside of it. A character is a code point.
 *
 * @param pattern The pattern; the whole text must match it.
 * @returns The compiled pattern; matching takes at most text times pattern.
 */
export function compileGlob(pattern: string): Glob {
  const characters = [...pattern];
  const steps: Step[] = [];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i];
    if (character === "*") {
      if (steps.at(-1) !== "run") steps.push("run");
    } else if (character === "?") {
      steps.push(() => true);
    } else if (character === "[") {
      const end = setEnd(characters, i);
      if (end < 0) return { ok: false, reason: 'has "[" without "]"' };
      const set = compileSet(characters.slice(i + 1, end));
      if (typeof set === "string") return { ok: false, reason: set };
      steps.push(set);
      i = end;
    } else {
      steps.push((other) => other === character);
    }
  }
  return { ok: true, matches: (text) => matchSteps(steps, [...text]) };
}

// A "]" that comes first, also after the negation, belongs to the set.
function setEnd(characters: readonly string[], open: number): number {
  const negated = isNegation(characters[open + 1]);
  return characters.indexOf("]", open + (negated ? 3 : 2));
}

function isNegation(character: string | undefined): boolean {
  return character === "!" || character === "^";
}

function compileSet(
  characters: readonly string[],
): ((character: string) => boolean) | string {
  const negated = isNegation(characters[0]);
  const ranges: [string, string][] = [];
  for (let i = negated ? 1 : 0; i < characters.length; i++) {
    const from = characters[i] ?? "";
    const to = characters[i + 1] === "-" ? characters[i + 2] : undefined;
    if (to === undefined) {
      ranges.push([from, from]);
      continue;
    }
    if (codePoint(from) > codePoint(to)) {
      return `has the range "${from}-${to}", which is the wrong way round`;
    }
    ranges.push([from, to]);
    i += 2;
  }
  return (character) => {
    const code = codePoint(character);
    const inside = ranges.some(([from, to]) =>
      codePoint(from) <= code && code <= codePoint(to)
    );
    return inside !== negated;
  };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

// Only the last "*" is ever taken back: no exponential backtracking.
function matchSteps(steps: readonly Step[], text: readonly string[]): boolean {
  let step = 0;
  let at = 0;
  let runStep = -1;
  let runAt = 0;
  while (at < text.length) {
    const current = steps[step];
    if (current === "run") {
      runStep = step++;
      runAt = at;
    } else if (current !== undefined && current(text[at] ?? "")) {
      step++;
      at++;
    } else if (runStep >= 0) {
      step = runStep + 1;
      at = ++runAt;
    } else {
      return false;
    }
  }
  while (steps[step] === "run") step++;
  return step === steps.length;
}
