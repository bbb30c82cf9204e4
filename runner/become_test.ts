import { assert, assertEquals, assertThrows } from "@std/assert";
import { MemoryHost, type MemoryHostOptions } from "../host/memory_host.ts";
import {
  fakeProcess,
  imageFiles,
  PLUGINS,
  raw,
  RESTORE,
  text,
  TOOL,
} from "./_testing.ts";
import { become } from "./become.ts";
import type { ReplaceAction } from "./dispatch.ts";
import { parsePluginName } from "./plugin_name.ts";
import type { ProcessImage, ReplaceFailure } from "./process.ts";
import type { Refusal } from "./refusal.ts";

const EXEC: ReplaceAction = { kind: "exec" };
const SHELL: ReplaceAction = { kind: "shell" };
const TERMINALS = [0, 1, 2] as const;

interface Scene {
  readonly words?: readonly string[];
  readonly environment?: readonly string[];
  readonly failure?: ReplaceFailure;
  readonly host?: MemoryHostOptions;
}

function play(action: ReplaceAction, scene: Scene = {}) {
  const host = new MemoryHost({ files: imageFiles(), ...scene.host });
  const process = fakeProcess(scene.words ?? [], scene);
  const outcome = become(action, { host, process, start: process.start() });
  assertEquals(host.stdoutText + host.stderrText, "");
  return { outcome, images: process.images };
}

function refused(code: Refusal["code"], message: string, remedy?: string) {
  const refusal = { kind: "refuse", code, message } as const;
  return remedy === undefined ? refusal : { ...refusal, remedy };
}

/** A process image with its bytes as text. */
function shown(image: ProcessImage | undefined) {
  assert(image !== undefined, "nothing was to be replaced");
  return {
    candidates: image.candidates.map(text),
    searched: image.searched,
    argv: image.argv.map(text),
    environment: image.environment.map(text),
    restore: image.restore,
  };
}

const REBUILD =
  "The image is broken: build it again from a valid image.manifest";

const ENVIRONMENT = ["A=1", "PATH=/a:.:/b/", "A=2", "odd", "", "X=\xff"];

Deno.test("become() hands exec's words and environment on byte for byte", () => {
  const words = ["exec", "-l\xff", "", "a b", "*", "$HOME", "c\r", "\n"];
  const { images } = play(EXEC, { words, environment: ENVIRONMENT });
  assertEquals(images.length, 1);
  assertEquals(shown(images[0]), {
    candidates: ["/a/-l\xff", "/b/-l\xff"],
    searched: true,
    argv: words.slice(1),
    environment: ENVIRONMENT,
    restore: RESTORE,
  });
});

Deno.test("become() looks for exec's command where PATH says, or as it stands", () => {
  const table: [string, string[], string[], boolean][] = [
    ["x", ["PATH=/a"], ["/a/x"], true],
    ["x", ["PATH=/a", "PATH=/b"], ["/a/x"], true],
    ["x", [], ["/usr/local/bin/x", "/usr/bin/x", "/bin/x"], true],
    ["x", ["PATH="], [], true],
    ["", ["PATH=/a"], [], true],
    ["--", ["PATH=/a"], ["/a/--"], true],
    ["./x", ["PATH=/a"], ["./x"], false],
    ["/x", [], ["/x"], false],
  ];
  for (const [word, environment, candidates, searched] of table) {
    const { images } = play(EXEC, { words: ["exec", word], environment });
    const image = shown(images[0]);
    assertEquals(image.candidates, candidates);
    assertEquals(image.searched, searched);
    assertEquals(image.argv, [word]);
  }
});

Deno.test("become() runs a plugin by its path, its name not among the arguments", () => {
  const parsed = parsePluginName("hello");
  assert(parsed.ok);
  const path = `${PLUGINS}/hello`;
  const words = ["hello", "--json", "", "\xff"];
  const { images } = play({ kind: "plugin", name: parsed.name, path }, {
    words,
    environment: ENVIRONMENT,
  });
  assertEquals(shown(images[0]), {
    candidates: [path],
    searched: false,
    argv: [path, ...words.slice(1)],
    environment: ENVIRONMENT,
    restore: RESTORE,
  });
});

Deno.test("become() starts the shell that runtime.env declares", () => {
  const { images } = play(SHELL, {
    words: ["shell"],
    environment: ["RUNTIME_SHELL=/bin/evil", "SHELL=/bin/evil"],
    host: { files: imageFiles(), terminals: TERMINALS },
  });
  assertEquals(shown(images[0]), {
    candidates: ["/bin/bash"],
    searched: false,
    argv: ["/bin/bash"],
    environment: ["RUNTIME_SHELL=/bin/evil", "SHELL=/bin/evil"],
    restore: RESTORE,
  });
});

Deno.test("become() starts no shell unless 0, 1 and 2 are terminals", () => {
  for (let set = 0; set < 7; set++) {
    const terminals = TERMINALS.filter((descriptor) => set & 1 << descriptor);
    const missing = TERMINALS.find((descriptor) =>
      !terminals.includes(descriptor)
    );
    // No runtime.env: the terminal is asked first.
    assertEquals(play(SHELL, { host: { files: {}, terminals } }), {
      outcome: refused(
        64,
        `Cannot start a shell: descriptor ${missing} is not a terminal`,
        'A shell is for people: start the container with -it, or use "runner exec"',
      ),
      images: [],
    });
  }
});

Deno.test("become() has no default shell", () => {
  const file = "/etc/runner/runtime.env";
  const absolute = `${file}:1: RUNTIME_SHELL must be an absolute path, got`;
  const table: [string | undefined, string][] = [
    [undefined, `${file}: no such file or directory`],
    ["", `RUNTIME_SHELL is missing in ${file}`],
    ["X=1\n", `RUNTIME_SHELL is missing in ${file}`],
    ["RUNTIME_SHELL=\n", `${absolute} ""`],
    ["RUNTIME_SHELL=bash\n", `${absolute} "bash"`],
    ["RUNTIME_SHELL=./bash\n", `${absolute} "./bash"`],
    [
      "RUNTIME_SHELL=$SHELL\n",
      `${file}:1:15: RUNTIME_SHELL is not literal: it holds "$"`,
    ],
  ];
  for (const [content, problem] of table) {
    const files = imageFiles({ [file]: content });
    const host = { files, terminals: TERMINALS };
    const environment = ["SHELL=/bin/sh", "RUNTIME_SHELL=/bin/sh"];
    assertEquals(play(SHELL, { host, environment }), {
      outcome: refused(78, `Cannot read contract file: ${problem}`, REBUILD),
      images: [],
    });
  }
});

const NO_INTERPRETER =
  'It is neither a program for this machine nor a script with a "#!" line';

const CODES: readonly (readonly [string, string, string?])[] = [
  ["EACCES", "permission denied"],
  ["ENOTDIR", "not a directory"],
  ["ELOOP", "too many levels of symbolic links"],
  ["ETXTBSY", "text file busy"],
  ["E2BIG", "argument list too long"],
  ["ENOEXEC", "exec format error", NO_INTERPRETER],
  ["error 116", "error 116"],
];

Deno.test("become() refuses with 126, and the reason, what cannot be executed", () => {
  for (const [code, reason, remedy] of CODES) {
    const failure = { code, path: raw("/a/x\x1b") };
    const { outcome } = play(EXEC, { words: ["exec", "x"], failure });
    assertEquals(
      outcome,
      refused(126, `Cannot execute "x": /a/x\\x1b: ${reason}`, remedy),
    );
  }
});

Deno.test("become() names the command where no path is known", () => {
  const failure = { code: "E2BIG", path: undefined };
  assertEquals(
    play(EXEC, { words: ["exec", "x"], failure }).outcome,
    refused(126, 'Cannot execute "x": x: argument list too long'),
  );
});

Deno.test("become() refuses with 127 a command that does not exist", () => {
  const table: [string, string][] = [
    ["nosuch", '"nosuch"'],
    ["", '""'],
    ["--", '"--"'],
    ["./nosuch", '"./nosuch"'],
    ["\x1b[2J", '"\\x1b[2J"'],
    ["\xef\xbb\xbfx", '"\\u{feff}x"'],
    ["\xff", '"\ufffd"'],
  ];
  for (const [word, shownWord] of table) {
    assertEquals(
      play(EXEC, { words: ["exec", word] }).outcome,
      refused(127, `Cannot execute ${shownWord}: no such command`),
    );
  }
});

Deno.test("become() tells a missing interpreter from a missing command", () => {
  const host = { files: imageFiles({ "/b/x": TOOL, "/c/x": TOOL }) };
  const wanted = (word: string) =>
    refused(
      127,
      `Cannot execute "${word}": the interpreter of /b/x does not exist`,
      'Its "#!" line, or the loader it is linked for, names a file that this image does not hold',
    );
  const environment = ["PATH=/a:/b:/c"];
  const searched = { words: ["exec", "x"], environment, host };
  assertEquals(play(EXEC, searched).outcome, wanted("x"));
  const failure = { code: "ENOENT", path: raw("/b/x") };
  const direct = { words: ["exec", "/b/x"], host, failure };
  assertEquals(play(EXEC, direct).outcome, wanted("/b/x"));
});

Deno.test("become() refuses a plugin and a shell that cannot be executed", () => {
  const parsed = parsePluginName("hello");
  assert(parsed.ok);
  const path = `${PLUGINS}/hello`;
  const plugin = { kind: "plugin", name: parsed.name, path } as const;
  const failure = { code: "ENOEXEC", path: raw(path) };
  assertEquals(
    play(plugin, { words: ["hello"], failure }).outcome,
    refused(
      126,
      `Cannot execute "${path}": ${path}: exec format error`,
      NO_INTERPRETER,
    ),
  );
  const host = { files: imageFiles(), terminals: TERMINALS };
  assertEquals(
    play(SHELL, { words: ["shell"], host }).outcome,
    refused(127, 'Cannot execute "/bin/bash": no such command'),
  );
});

Deno.test("become() does not take a defect for a refusal", () => {
  const process = fakeProcess(["exec", "/x"]);
  const defect = () => {
    throw new TypeError("defect");
  };
  const host = Object.assign(new MemoryHost(), { stat: defect });
  const stage = { host, process, start: process.start() };
  assertThrows(() => become(EXEC, stage), TypeError, "defect");
});
