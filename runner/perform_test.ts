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
import type { ImageIdentity } from "./identity.ts";
import { perform, type PerformableAction } from "./perform.ts";
import { parsePluginName } from "./plugin_name.ts";
import type { ProcessImage, ReplaceFailure } from "./process.ts";
import type { Refusal } from "./refusal.ts";

const IDENTITY: ImageIdentity = {
  image: "base",
  domain: "base",
  role: "role",
  entries: [],
};

const EXEC: PerformableAction = { kind: "exec" };
const SHELL: PerformableAction = { kind: "shell" };
const TERMINALS = [0, 1, 2] as const;

interface Scene {
  readonly words?: readonly string[];
  readonly environment?: readonly string[];
  readonly failure?: ReplaceFailure;
  readonly host?: MemoryHostOptions;
}

function play(action: PerformableAction, scene: Scene = {}) {
  const host = new MemoryHost({ files: imageFiles(), ...scene.host });
  const process = fakeProcess(scene.words ?? [], scene);
  const outcome = perform(action, {
    host,
    process,
    start: process.start(),
    identity: IDENTITY,
  });
  assertEquals(host.stderrText, "");
  return { outcome, stdout: host.stdoutText, images: process.images };
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

const PRINTED: readonly (readonly [PerformableAction, string, string])[] = [
  [{ kind: "help" }, "Usage: runner COMMAND", "\n  hello\n"],
  [{ kind: "about", json: false }, "Image identity:\n", "role\n"],
  [{ kind: "about", json: true }, "{\n", '"entries": {}\n  }\n}\n'],
  [{ kind: "info", json: false }, "Image identity:\n", "Tools:\n  jq 1.6\n"],
  [{ kind: "info", json: true }, "{\n", '"notes": []\n}\n'],
  [{ kind: "version", json: false }, "runner ", "Tool versions:\n  jq 1.6\n"],
  [{ kind: "version", json: true }, "{\n", '"jq": "1.6"\n  }\n}\n'],
];

Deno.test("perform() prints and replaces nothing", () => {
  for (const [action, start, end] of PRINTED) {
    const { outcome, stdout, images } = play(action);
    assertEquals(outcome, { kind: "done" });
    assertEquals(stdout.slice(0, start.length), start);
    assertEquals(stdout.slice(-end.length), end);
    assertEquals(images, []);
  }
});

Deno.test("perform() refuses with 74 what cannot be written", () => {
  for (const [action] of PRINTED) {
    const host: MemoryHostOptions = {
      files: imageFiles(),
      failWrites: { 1: "ENOSPC" },
    };
    assertEquals(play(action, { host }), {
      outcome: refused(
        74,
        "Cannot write to standard output: no space left on device",
      ),
      stdout: "",
      images: [],
    });
  }
});

const REBUILD =
  "The image is broken: build it again from a valid image.manifest";

Deno.test("perform() refuses with 78 a broken contract file and prints nothing", () => {
  const table: [PerformableAction, string, string][] = [
    [{ kind: "help" }, PLUGINS, `${PLUGINS}: no such file or directory`],
    [
      { kind: "info", json: false },
      PLUGINS,
      `${PLUGINS}: no such file or directory`,
    ],
    [
      { kind: "version", json: true },
      "/etc/runner/tools.env",
      "/etc/runner/tools.env is a directory, wanted a regular file",
    ],
    [
      { kind: "info", json: true },
      "/etc/runner/runtime.env",
      "/etc/runner/runtime.env is a directory, wanted a regular file",
    ],
  ];
  for (const [action, path, problem] of table) {
    const files = path === PLUGINS
      ? imageFiles({ [PLUGINS]: undefined, [`${PLUGINS}/hello`]: undefined })
      : imageFiles({ [path]: { kind: "directory" } });
    assertEquals(play(action, { host: { files } }), {
      outcome: refused(78, `Cannot read contract file: ${problem}`, REBUILD),
      stdout: "",
      images: [],
    });
  }
});

const ENVIRONMENT = ["A=1", "PATH=/a:.:/b/", "A=2", "odd", "", "X=\xff"];

Deno.test("perform() hands exec's words and environment on byte for byte", () => {
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

Deno.test("perform() looks for exec's command where PATH says, or as it stands", () => {
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

Deno.test("perform() runs a plugin by its path, its name not among the arguments", () => {
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

Deno.test("perform() starts the shell that runtime.env declares", () => {
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

Deno.test("perform() starts no shell unless 0, 1 and 2 are terminals", () => {
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
      stdout: "",
      images: [],
    });
  }
});

Deno.test("perform() has no default shell", () => {
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
      stdout: "",
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

Deno.test("perform() refuses with 126, and the reason, what cannot be executed", () => {
  for (const [code, reason, remedy] of CODES) {
    const failure = { code, path: raw("/a/x\x1b") };
    const { outcome, stdout } = play(EXEC, { words: ["exec", "x"], failure });
    assertEquals(
      outcome,
      refused(126, `Cannot execute "x": /a/x\\x1b: ${reason}`, remedy),
    );
    assertEquals(stdout, "");
  }
});

Deno.test("perform() names the command where no path is known", () => {
  const failure = { code: "E2BIG", path: undefined };
  assertEquals(
    play(EXEC, { words: ["exec", "x"], failure }).outcome,
    refused(126, 'Cannot execute "x": x: argument list too long'),
  );
});

Deno.test("perform() refuses with 127 a command that does not exist", () => {
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

Deno.test("perform() tells a missing interpreter from a missing command", () => {
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

Deno.test("perform() refuses a plugin and a shell that cannot be executed", () => {
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

Deno.test("perform() does not take a defect for a refusal", () => {
  const process = fakeProcess(["exec", "/x"]);
  const defect = () => {
    throw new TypeError("defect");
  };
  const host = Object.assign(new MemoryHost(), { stat: defect, write: defect });
  const stage = { host, process, start: process.start(), identity: IDENTITY };
  for (const action of [EXEC, { kind: "about", json: true } as const]) {
    assertThrows(() => perform(action, stage), TypeError, "defect");
  }
});
