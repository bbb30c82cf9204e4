import { assert, assertEquals } from "@std/assert";
import { CORE_COMMANDS, isCoreCommand } from "./commands.ts";
import { type Action, dispatch, type PluginCatalogue } from "./dispatch.ts";
import { parsePluginName, type PluginName } from "./plugin_name.ts";
import type { PluginEntry } from "./plugins.ts";

const NO_PLUGINS: PluginCatalogue = { find: () => undefined, names: () => [] };

/** Fails a test in which a file would have been touched. */
const UNTOUCHED: PluginCatalogue = {
  find: (name) => {
    throw new TypeError(`looked for the plugin "${name}"`);
  },
  names: () => {
    throw new TypeError("listed the plugins");
  },
};

function runnable(name: PluginName): PluginEntry {
  return { kind: "runnable", name, path: `/plugins/${name}` };
}

/** A catalogue that finds every name it is asked for. */
const EVERY_PLUGIN: PluginCatalogue = { find: runnable, names: () => [] };

function catalogue(...names: string[]): PluginCatalogue {
  return {
    find: (name) => names.includes(name) ? runnable(name) : undefined,
    names: () => names,
  };
}

function refused(code: 64 | 126, message: string, remedy: string): Action {
  return { kind: "refuse", code, message, remedy };
}

const SEE = 'See "runner help"';
const SAY_EXEC = `To run a system command, say "runner exec COMMAND". ${SEE}`;

function unknown(shown: string, suggestion?: string): Action {
  return refused(
    64,
    `Unknown command ${shown}: it is neither a core command nor a plugin of this image`,
    suggestion === undefined
      ? SAY_EXEC
      : `Did you mean "${suggestion}"? ${SEE}`,
  );
}

Deno.test("dispatch() refuses to run without a command, which is not help", () => {
  const usage = `Usage: runner COMMAND [ARGUMENT...]. ${SEE}`;
  const table: [string[], string][] = [
    [[], "Cannot run without a command: there is none"],
    [[""], "Cannot run without a command: it is empty"],
    [["", "help"], "Cannot run without a command: it is empty"],
  ];
  for (const [words, message] of table) {
    assertEquals(dispatch(words, UNTOUCHED), refused(64, message, usage));
  }
});

const CORE: readonly (readonly [string[], Action])[] = [
  [["help"], { kind: "help" }],
  [["about"], { kind: "about", json: false }],
  [["about", "--json"], { kind: "about", json: true }],
  [["info"], { kind: "info", json: false }],
  [["info", "--json"], { kind: "info", json: true }],
  [["version"], { kind: "version", json: false }],
  [["version", "--json"], { kind: "version", json: true }],
  [["shell"], { kind: "shell" }],
  [["exec", "ls"], { kind: "exec" }],
  [["exec", "--"], { kind: "exec" }],
  [["exec", "-l"], { kind: "exec" }],
  [["exec", "-c", "env"], { kind: "exec" }],
  [["exec", ""], { kind: "exec" }],
  [["exec", "--help"], { kind: "exec" }],
  [["exec", "help"], { kind: "exec" }],
  [["exec", "exec", "exec"], { kind: "exec" }],
];

Deno.test("dispatch() understands the core commands and asks for no plugin", () => {
  for (const [words, action] of CORE) {
    assertEquals(dispatch(words, UNTOUCHED), action, words.join(" "));
  }
});

const MISUSED: readonly (readonly [string[], string, string])[] = [
  [["help", "x"], 'it takes no arguments, got "x"', "help"],
  [["help", ""], 'it takes no arguments, got ""', "help"],
  [["help", "--json"], 'it takes no arguments, got "--json"', "help"],
  [["help", "--help"], 'it takes no arguments, got "--help"', "help"],
  [["help", "help"], 'it takes no arguments, got "help"', "help"],
  [["shell", "-c", "id"], 'it takes no arguments, got "-c"', "shell"],
  [["shell", ""], 'it takes no arguments, got ""', "shell"],
  [["shell", "\x1b[2J"], 'it takes no arguments, got "\\x1b[2J"', "shell"],
  [["exec"], "it needs the command to become", "exec COMMAND [ARGUMENT...]"],
  ...(["about", "info", "version"] as const).flatMap((name) =>
    [
      ["x"],
      [""],
      ["--json=1"],
      ["--JSON"],
      ["-j"],
      ["--"],
      ["--help"],
    ].map((rest): [string[], string, string] => [
      [name, ...rest],
      `it takes "--json" at most, got "${rest[0]}"`,
      `${name} [--json]`,
    ]).concat([
      [
        [name, "--json", "x"],
        'it takes "--json" at most, got "x"',
        `${name} [--json]`,
      ],
      [
        [name, "--json", "--json"],
        'it takes "--json" at most, got "--json"',
        `${name} [--json]`,
      ],
      [
        [name, "--json", ""],
        'it takes "--json" at most, got ""',
        `${name} [--json]`,
      ],
      [
        [name, "x", "--json"],
        'it takes "--json" at most, got "x"',
        `${name} [--json]`,
      ],
    ])
  ),
];

Deno.test("dispatch() refuses every argument that a core command does not take", () => {
  for (const [words, reason, usage] of MISUSED) {
    assertEquals(
      dispatch(words, UNTOUCHED),
      refused(
        64,
        `Cannot run "${words[0]}": ${reason}`,
        `Usage: runner ${usage}`,
      ),
      JSON.stringify(words),
    );
  }
});

/** Words no plugin can have: what is shown, and what is suggested. */
const IMPOSSIBLE: readonly (readonly [string, string, string?])[] = [
  ["/bin/ls", '"/bin/ls"'],
  ["./ls", '"./ls"'],
  ["--help", '"--help"', "help"],
  ["--version", '"--version"', "version"],
  ["--json", '"--json"'],
  ["-h", '"-h"'],
  ["-x", '"-x"'],
  ["--", '"--"'],
  ["-", '"-"'],
  ["HELP", '"HELP"'],
  ["Help", '"Help"', "help"],
  ["help ", '"help "', "help"],
  [" help", '" help"', "help"],
  ["help\n", '"help\\n"', "help"],
  ["\ufeffhelp", '"\\u{feff}help"', "help"],
  ["../../../bin/echo", '"../../../bin/echo"'],
  ["sub/x", '"sub/x"'],
  ["help/", '"help/"', "help"],
  [".", '"."'],
  ["..", '".."'],
  [".hidden", '".hidden"'],
  ["_x", '"_x"'],
  ["A", '"A"'],
  ["a b", '"a b"'],
  ["%2e%2e", '"%2e%2e"'],
  ["__proto__", '"__proto__"'],
  ["toString", '"toString"'],
  ["hasOwnProperty", '"hasOwnProperty"'],
  ["\x1b[2J", '"\\x1b[2J"'],
  ["a\nrunner: b", '"a\\nrunner: b"'],
  ["\u202ehelp", '"\\u{202e}help"', "help"],
  ["\ufffd", '"\ufffd"'],
  ["a".repeat(65), `"${"a".repeat(65)}"`],
  ["$(id)", '"$(id)"'],
  ["\u212a", '"\u212a"'],
];

Deno.test("dispatch() refuses an impossible name without asking for a plugin", () => {
  for (const [word, shown, suggestion] of IMPOSSIBLE) {
    for (const words of [[word], [word, "--json"]]) {
      assertEquals(
        dispatch(words, UNTOUCHED),
        unknown(shown, suggestion),
        word,
      );
    }
  }
});

Deno.test("dispatch() refuses a system command and names of object members", () => {
  const table = [
    ["ls"],
    ["sh", "-c", "id"],
    ["terraform", "version"],
    ["constructor"],
    ["valueof"],
    ["a".repeat(64)],
  ];
  for (const words of table) {
    assertEquals(dispatch(words, NO_PLUGINS), unknown(`"${words[0]}"`));
  }
});

Deno.test("dispatch() suggests the nearest name and never runs it", () => {
  const plugins = catalogue("plan", "apply");
  const table: [string, string | undefined][] = [
    ["hel", "help"],
    ["abuot", "about"],
    ["exce", "exec"],
    ["pln", "plan"],
    ["aply", "apply"],
    ["terraform", undefined],
  ];
  for (const [word, suggestion] of table) {
    assertEquals(dispatch([word], plugins), unknown(`"${word}"`, suggestion));
  }
});

Deno.test("dispatch() takes a plugin by its exact name", () => {
  for (const word of ["plan", "0", "v1.2_x-y", "constructor", "a".repeat(64)]) {
    const parsed = parsePluginName(word);
    assert(parsed.ok);
    assertEquals(dispatch([word, "--json", "x"], catalogue(word)), {
      kind: "plugin",
      name: parsed.name,
      path: `/plugins/${word}`,
    });
  }
});

Deno.test("dispatch() refuses a plugin that breaks a rule, with its reason", () => {
  const find = (name: string): PluginEntry => ({
    kind: "refused",
    name,
    reason: "is a symbolic link",
  });
  assertEquals(
    dispatch(["plan"], { ...UNTOUCHED, find }),
    refused(
      126,
      'Cannot run plugin "plan": it is a symbolic link',
      "The image is broken: a plugin is a regular executable file that its user cannot write",
    ),
  );
});

Deno.test("dispatch() never lets a plugin win over a core command", () => {
  for (const name of CORE_COMMANDS.keys()) {
    for (const words of [[name], [name, "x"], [name, "--json"]]) {
      const action = dispatch(words, EVERY_PLUGIN);
      assert(action.kind !== "plugin", words.join(" "));
    }
  }
});

Deno.test("dispatch() sends every other single character to no plugin", () => {
  for (let code = 0; code < 0x250; code++) {
    const word = String.fromCharCode(code);
    const { kind } = dispatch([word], EVERY_PLUGIN);
    const possible = /^[0-9a-z]$/.test(word);
    assertEquals(kind, possible ? "plugin" : "refuse", `code ${code}`);
    if (!possible) dispatch([word], UNTOUCHED);
  }
});

Deno.test("dispatch() asks for a plugin only by a name that can be one", () => {
  for (const word of ["ls", "x1", "hel", "helpp"]) {
    const asked: string[] = [];
    dispatch([word], {
      find: (name) => void asked.push(name),
      names: () => [],
    });
    assertEquals(asked, [word]);
    assertEquals(isCoreCommand(word), false);
  }
});
