import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  rawVariable,
  readStartState,
  type Restore,
  type StartFacts,
} from "./start_state.ts";

/** One byte for each character: neither words nor entries need be UTF-8. */
const raw = (text: string) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);

function list(parts: readonly string[]): Uint8Array {
  return raw(parts.map((part) => `${part}\0`).join(""));
}

function start(changes: Partial<StartFacts>) {
  const state = readStartState({
    commandLine: list(["runner"]),
    environment: list([]),
    form: "script",
    wordCount: 0,
    ...changes,
  });
  return {
    words: state.words.map(text),
    environment: state.environment.map(text),
    restore: state.restore,
  };
}

const WORDS: readonly (readonly string[])[] = [
  [],
  ["help"],
  [""],
  ["", "", ""],
  ["exec", "ls", ""],
  ["exec", "\xff\xc3", "b\r", "c\n", "\x1b"],
  ["runner", "runner"],
  ["--", "-A", "--help"],
];

Deno.test("readStartState() takes a script's words from the end", () => {
  for (const words of WORDS) {
    for (const before of [["runner"], ["deno", "run", "-A", "", "runner.js"]]) {
      const commandLine = list([...before, ...words]);
      const state = start({ commandLine, wordCount: words.length });
      assertEquals(state.words, words);
    }
  }
});

Deno.test("readStartState() takes all words of the compiled form but its name", () => {
  for (const words of WORDS) {
    // The runtime drops a first word equal to its own path from its count.
    for (const wordCount of [words.length, words.length - 1]) {
      const commandLine = list(["runner", ...words]);
      const form = "compiled";
      assertEquals(start({ commandLine, form, wordCount }).words, words);
    }
  }
});

Deno.test("readStartState() reads a last word without NUL at its end", () => {
  const commandLine = raw("runner\0exec\0ls");
  assertEquals(start({ commandLine, wordCount: 2 }).words, ["exec", "ls"]);
});

Deno.test("readStartState() refuses a command line that contradicts itself", () => {
  const table: [Partial<StartFacts>, string][] = [
    [{ wordCount: 1 }, "wanted a name and 1 words, got 1"],
    [
      { commandLine: list(["a", "b"]), wordCount: 3 },
      "wanted a name and 3 words, got 2",
    ],
    [{ commandLine: list([]) }, "wanted a name and 0 words, got 0"],
    [
      { commandLine: list([]), form: "compiled" },
      "wanted a name and 0 words, got 0",
    ],
  ];
  for (const [facts, message] of table) {
    assertThrows(
      () => start(facts),
      TypeError,
      `Cannot read own command line: ${message}`,
    );
  }
});

const ENTRIES = [
  "HOME=/",
  "A=1",
  "A=2",
  "no equals",
  "",
  "=x",
  "a.b=1",
  "BIN=\xff\xfe",
  "LINES=a\nb\r",
  "@AT=1",
  "HOME=/again",
];

Deno.test("readStartState() keeps every entry of the environment, in order", () => {
  for (const form of ["script", "compiled"] as const) {
    const state = start({ environment: list(ENTRIES), form });
    assertEquals(state.environment, ENTRIES);
    assertEquals(state.restore, {
      openFilesLimit: undefined,
      ignoreSigpipe: false,
    });
  }
});

/** The launcher's own entries, from its source, and its mark. */
async function launcherEntries(mark: string): Promise<string[]> {
  const file = new URL("../tools/launcher/launcher.c", import.meta.url);
  const source = await Deno.readTextFile(file);
  const table = /OWN_ENTRIES\[\] = \{([^}]*)\}/.exec(source)?.[1] ?? "";
  assert(source.includes(`"${mark.split("=")[0]}="`), "the mark is another");
  return [...table.matchAll(/"([^"]*)"/g)].map(([, entry = ""]) => entry)
    .concat(mark);
}

Deno.test("readStartState() uncovers what the launcher passed on, and nothing of its own", async () => {
  const own = await launcherEntries("RUNNER_LAUNCHER=1024:0:0:0");
  assertEquals(own.length, 7);
  const callers = [...ENTRIES, "RUNNER_LAUNCHER=1:1:0:0", ...own];
  const environment = list([...own, ...callers.map((entry) => `@${entry}`)]);
  const state = start({ environment });
  assertEquals(state.environment, callers);
  assertEquals(state.restore, {
    openFilesLimit: 1024n,
    ignoreSigpipe: false,
    closed: [],
    workDirectory: undefined,
  });
});

const restore = (
  openFilesLimit: bigint | undefined,
  ignoreSigpipe: boolean,
  closed: readonly number[],
  workDirectory?: number,
): Restore => ({ openFilesLimit, ignoreSigpipe, closed, workDirectory });

Deno.test("readStartState() reads all that the launcher saw", async () => {
  const most = "18446744073709551615";
  const table: [string, Restore][] = [
    ["1024:0:0:0", restore(1024n, false, [])],
    ["1024:1:1:0", restore(1024n, true, [0])],
    ["0:0:2:3", restore(undefined, false, [1], 3)],
    ["0:1:6:12", restore(undefined, true, [1, 2], 12)],
    [`${most}:0:7:0`, restore(BigInt(most), false, [0, 1, 2])],
  ];
  for (const [seen, expected] of table) {
    const own = await launcherEntries(`RUNNER_LAUNCHER=${seen}`);
    const state = start({ environment: list(own) });
    assertEquals(state.restore, expected);
    assertEquals(state.environment, []);
  }
});

Deno.test("readStartState() takes no variable of a caller for the launcher's", async () => {
  const mark = "RUNNER_LAUNCHER=1:1:0:0";
  const own = await launcherEntries(mark);
  const table = [
    [mark],
    [mark, "@A=1"],
    ["A=1", mark, "@B=1"],
    ["A=1", "B=2", "C=3", mark, "@D=4"],
    ["A=1", ...own, "@D=4"],
    own.slice(1),
    own.slice(0, -1),
    own.with(0, "DENO_DIR=/dev/null/none/"),
    own.with(0, "DENO_DIR=/dev/null"),
    own.with(-1, "RUNNER_LAUNCHER"),
    [...own.slice(0, -1), "A=1", mark],
    own.map((entry) => `@${entry}`),
  ];
  for (const entries of table) {
    const state = start({ environment: list(entries) });
    assertEquals(state.environment, entries);
    assertEquals(state.restore.openFilesLimit, undefined);
  }
  const form = "compiled";
  const state = start({ environment: list([...own, "@A=1"]), form });
  assertEquals(state.environment, [...own, "@A=1"]);
});

Deno.test("readStartState() refuses a launcher's environment that contradicts itself", async () => {
  const own = await launcherEntries("RUNNER_LAUNCHER=1024:0:0:0");
  for (const entry of ["A=1", "", "A@=1"]) {
    const environment = list([...own, "@A=1", entry]);
    assertThrows(
      () => start({ environment }),
      TypeError,
      "Cannot read environment: an entry was not passed on by the launcher",
    );
  }
  const short = ["", "1024", "1024:0", "1024:0:0", "1024:0:0:"];
  const wrong = ["1024:2:0:0", "1024:0:8:0", "1024:0:0:-1", "1:0:0:0:0"];
  for (const seen of [...short, ...wrong, "-1:0:0:0", "x:0:0:0", "1:0:0:0 "]) {
    const environment = list(own.with(-1, `RUNNER_LAUNCHER=${seen}`));
    assertThrows(
      () => start({ environment }),
      TypeError,
      `Cannot read launcher state: got "${seen}"`,
    );
  }
});

Deno.test("rawVariable() reads the first of duplicates, by the exact name, as bytes", () => {
  const table: [string[], string | undefined][] = [
    [[], undefined],
    [["PATH"], undefined],
    [["PAT", "PATHS=1", "XPATH=1", " PATH=1", "path=1"], undefined],
    [["PATH="], ""],
    [["PATHS=1", "PATH=2", "PATH=3"], "2"],
    [["PATH", "PATH=\xff"], "\xff"],
    [["PATH=a=b"], "a=b"],
  ];
  for (const [entries, value] of table) {
    const found = rawVariable(entries.map(raw), "PATH");
    assertEquals(found === undefined ? undefined : text(found), value);
  }
});
