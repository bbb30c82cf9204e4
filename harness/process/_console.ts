/**
 * A console that prints to given writers, as Deno's own would to a file.
 *
 * @module
 */

import { Console } from "node:console";

/** Where a console prints to, and how it shows values. */
export interface ConsoleTarget {
  /** Takes what is printed to standard output. */
  out(text: string): void;
  /** Takes what is printed to standard error. */
  err(text: string): void;
  /** Shows a value that is not a string. */
  inspect(value: unknown, options?: Record<string, unknown>): string;
}

type Method = (...args: unknown[]) => void;

const INDENT = "  ";

/**
 * Makes the methods of a console.
 *
 * Messages look as Deno prints them. Tables, timers and traces are left to the
 * console of `node:console`, which quotes strings differently.
 *
 * @param target Where to print.
 * @returns The methods by name.
 */
export function consoleMethods(
  target: ConsoleTarget,
): ReadonlyMap<string, Method> {
  let indent = "";
  const counts: Map<string, number> = new Map();
  const rest = new Console(
    pretendStream((text) => target.out(text)),
    pretendStream((text) => target.err(text)),
  );
  const line = (print: (text: string) => void): Method => (...args) => {
    const text = formatMessage(args, target);
    print(`${indent}${text.replaceAll("\n", `\n${indent}`)}\n`);
  };
  const out = line((text) => target.out(text));
  const err = line((text) => target.err(text));
  const group: Method = (...args) => {
    if (args.length > 0) out(...args);
    indent += INDENT;
    rest.group();
  };
  const count: Method = (label = "default") => {
    const next = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), next);
    target.out(`${label}: ${next}\n`); // Deno does not indent it either.
  };
  return new Map<string, Method>([
    ...(["table", "time", "timeLog", "timeEnd", "trace"] as const)
      .map((name): [string, Method] => [
        name,
        (...args) => Reflect.apply(rest[name], rest, args),
      ]),
    ...["log", "info", "debug", "dirxml"].map((name) => [name, out] as const),
    ...["warn", "error"].map((name) => [name, err] as const),
    ["group", group],
    ["groupCollapsed", group],
    ["groupEnd", () => {
      indent = indent.slice(INDENT.length);
      rest.groupEnd();
    }],
    ["count", count],
    ["countReset", (label = "default") => void counts.delete(String(label))],
    ["clear", () => {}],
    ["dir", (value, options) =>
      out(
        "%s",
        typeof value === "string"
          ? value
          : target.inspect(value, { ...Object(options) }),
      )],
    ["assert", (condition, ...args) => {
      if (condition) return;
      const [first, ...others] = args;
      if (args.length === 0) err("Assertion failed");
      else if (typeof first === "string") {
        err(`Assertion failed: ${first}`, ...others);
      } else err("Assertion failed:", ...args);
    }],
  ]);
}

type Show = (value: unknown) => string;

// As the console standard has it: %d and %i are both parseInt.
const DIRECTIVES: Readonly<Record<string, (value: unknown) => string>> = {
  "%s": String,
  "%d": (value) => showNumber(value, Number.parseInt),
  "%i": (value) => showNumber(value, Number.parseInt),
  "%f": (value) => showNumber(value, Number.parseFloat),
  "%j": (value) => JSON.stringify(value),
  "%c": () => "",
};

function showNumber(value: unknown, parse: (text: string) => number): string {
  return typeof value === "symbol" ? "NaN" : String(parse(String(value)));
}

/** Formats a message: directives in the first string, the rest behind it. */
function formatMessage(
  args: readonly unknown[],
  { inspect }: ConsoleTarget,
): string {
  const [first, ...others] = args;
  const show: Show = (value) =>
    typeof value === "string" ? value : inspect(value);
  if (typeof first !== "string") return args.map(show).join(" ");
  if (others.length === 0) return first;
  let used = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === "%%") return "%";
    if (used >= others.length) return directive;
    const convert = DIRECTIVES[directive] ?? inspect;
    return convert(others[used++]);
  });
  return [text, ...others.slice(used).map(show)].join(" ");
}

/** The little of a stream that `node:console` asks for. */
function pretendStream(write: (text: string) => void): NodeJS.WritableStream {
  const stream = {
    write: (text: string) => {
      write(text);
      return true;
    },
    on: () => stream,
    once: () => stream,
    removeListener: () => stream,
    listenerCount: () => 0,
  };
  return stream as unknown as NodeJS.WritableStream;
}
