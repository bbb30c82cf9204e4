/**
 * Ways into and out of a process, led to the act that goes them.
 *
 * @module
 */

import process from "node:process";
import { Readable } from "node:stream";
import { consoleMethods } from "./_console.ts";
import type { Session } from "./_session.ts";
import type { Sink } from "./_sink.ts";
import { answerMethod, answerValue, type Method } from "./_stand_ins.ts";

/** Puts all stand-ins in place. */
export function redirect(): void {
  redirectConsole();
  redirectInput();
  for (const name of ["stdout", "stderr"] as const) {
    redirectOutput(Deno[name], (session) => session[name]);
    redirectNodeOutput(process[name], (session) => session[name]);
  }
  redirectQuestions();
  answerValue(Deno, "args", ({ options }) => Object.freeze([...options.argv]));
  const exit = (session: Session) => (code?: unknown) =>
    session.exit(code ?? Deno.exitCode);
  answerMethod(Deno, "exit", exit);
  answerMethod(process, "exit", exit);
  answerMethod(process, "reallyExit", exit);
}

/** Makes something for each act, when it is first asked for. */
function perSession<T>(make: (session: Session) => T): (of: Session) => T {
  const made: WeakMap<Session, { readonly value: T }> = new WeakMap();
  return (session) => {
    const found = made.get(session) ?? { value: make(session) };
    made.set(session, found);
    return found.value;
  };
}

const consoleOf = perSession(({ stdout, stderr }) =>
  consoleMethods({
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    inspect: (value, options) => Deno.inspect(value, options),
  })
);

function redirectConsole(): void {
  const ignore = () => {};
  const nowhere = { out: ignore, err: ignore, inspect: () => "" };
  for (const name of consoleMethods(nowhere).keys()) {
    answerMethod(
      console,
      name,
      (session) => consoleOf(session).get(name) ?? ignore,
    );
  }
}

function readSync(session: Session): (into: Uint8Array) => number | null {
  return (into) => {
    const taken = session.read(into.length);
    into.set(taken);
    return taken.length === 0 && into.length > 0 ? null : taken.length;
  };
}

function unread(session: Session): Uint8Array[] {
  return [session.read()].filter((bytes) => bytes.length > 0);
}

const nodeInputOf = perSession((session) => {
  const stream = new Readable({
    read() {
      for (const bytes of unread(session)) this.push(bytes);
      this.push(null);
    },
  });
  const { stdinIsTerminal } = session.options;
  const terminal = {
    isTTY: true,
    isRaw: false,
    setRawMode: (isRaw: boolean) => Object.assign(stream, { isRaw }),
  };
  return Object.assign(stream, { fd: 0 }, stdinIsTerminal ? terminal : {});
});

function redirectInput(): void {
  const { stdin } = Deno;
  answerMethod(stdin, "readSync", readSync);
  answerMethod(
    stdin,
    "read",
    (session) => (into: Uint8Array) => Promise.resolve(readSync(session)(into)),
  );
  answerValue(
    stdin,
    "readable",
    (session) => ReadableStream.from(unread(session)),
  );
  answerMethod(
    stdin,
    "isTerminal",
    ({ options }) => () => options.stdinIsTerminal,
  );
  answerMethod(stdin, "setRaw", ({ options }) => () => {
    if (options.stdinIsTerminal) return;
    throw new Deno.errors.BadResource("ENOTTY: Not a typewriter");
  });
  answerMethod(stdin, "close", (session) => () => void session.read());
  answerValue(process, "stdin", nodeInputOf);
}

type SinkOf = (session: Session) => Sink;

function redirectOutput(output: typeof Deno.stdout, sink: SinkOf): void {
  const writeSync = (session: Session) => (data: Uint8Array) =>
    sink(session).write(data);
  answerMethod(output, "writeSync", writeSync);
  answerMethod(
    output,
    "write",
    (session) => (data: Uint8Array) =>
      Promise.resolve(writeSync(session)(data)),
  );
  answerValue(output, "writable", (session) =>
    new WritableStream<Uint8Array>({
      write: (data) => void sink(session).write(data),
    }));
  answerMethod(output, "isTerminal", () => () => false);
  answerMethod(output, "close", (session) => () => sink(session).close());
}

function redirectNodeOutput(stream: object, sink: SinkOf): void {
  const write =
    (session: Session) => (data: unknown, ...rest: readonly unknown[]) => {
      if (typeof data === "string" || data instanceof Uint8Array) {
        sink(session).write(data);
      }
      const done = [data, ...rest].at(-1);
      if (typeof done === "function") queueMicrotask(() => done());
      return true;
    };
  answerMethod(stream, "write", write);
  answerMethod(stream, "end", (session) => (...args: unknown[]) => {
    write(session)(...args as [unknown]);
    sink(session).close();
    return stream;
  });
  answerValue(stream, "isTTY", () => undefined);
}

// The runtime's own read the terminal of this process.
function redirectQuestions(): void {
  const ask = (session: Session, text: string): string | undefined => {
    session.stdout.write(`${text} `);
    return session.readLine();
  };
  const atTerminal =
    <T>(otherwise: T, answer: (session: Session, text?: string) => T) =>
    (session: Session): Method =>
    (text?: string) =>
      session.options.stdinIsTerminal ? answer(session, text) : otherwise;
  answerMethod(
    globalThis,
    "alert",
    atTerminal(undefined, (session, text = "Alert") => {
      ask(session, `${text} [Enter]`);
      return undefined;
    }),
  );
  answerMethod(
    globalThis,
    "confirm",
    atTerminal(
      false,
      (session, text = "Confirm") =>
        ["y", "Y"].includes(ask(session, `${text} [y/N]`) ?? ""),
    ),
  );
  answerMethod(
    globalThis,
    "prompt",
    atTerminal<string | null>(
      null,
      (session, text = "Prompt") => ask(session, text) ?? null,
    ),
  );
}
