import { assert, assertEquals, assertThrows } from "@std/assert";
import { IMAGE_PAGE } from "../image/image_pages.ts";
import { UsageError } from "../usage_error.ts";
import { bashScript } from "./_complete_bash.ts";
import { fishScript } from "./_complete_fish.ts";
import { zshScript } from "./_complete_zsh.ts";
import { completionScript } from "./completions.ts";
import type { FlagRow } from "./flag_row.ts";
import { flagsOf } from "./flag_table.ts";
import { parseShell, SHELLS } from "./shells.ts";
import { SPEC_PAGE } from "./spec_pages.ts";

const PAGES = [SPEC_PAGE, IMAGE_PAGE];

Deno.test("completions know every command, every flag and every closed value", () => {
  for (const page of PAGES) {
    for (const shell of SHELLS) {
      const script = completionScript(shell, page);
      for (const { command } of page.commands) {
        const [, name = ""] = command.split(" ");
        assert(script.includes(name), `${shell} ${command}`);
        for (const row of flagsOf(command)) {
          const flag = shell === "fish" ? `-l ${row.name} ` : `--${row.name}`;
          assert(script.includes(flag), `${shell} ${command} ${flag}`);
          const choices = row.kind === "switch" ? [] : row.choices?.() ?? [];
          for (const choice of choices) {
            assert(script.includes(choice), `${shell} ${flag} ${choice}`);
          }
        }
      }
    }
  }
});

/** The words of a line as bash makes them: `=` stands for itself. */
function bashWords(line: string): string[] {
  return line.split(" ").flatMap((word, at) =>
    at > 0 && word === ""
      ? [""]
      : word.split(/(=)/).filter((part, at, all) =>
        part !== "" || (at === 0 && all.length === 1)
      )
  );
}

function bash(script: string): string {
  const { code, stdout, stderr } = new Deno.Command("bash", {
    args: ["--norc", "--noprofile", "-c", script],
    stdin: "null",
  }).outputSync();
  const decoder = new TextDecoder();
  assertEquals([code, decoder.decode(stderr)], [0, ""]);
  return decoder.decode(stdout);
}

/** What a script offers at the end of each line, in one bash for all of them. */
function offers(script: string, lines: readonly string[]): string[] {
  const calls = lines.map((line) => {
    const words = bashWords(line);
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const [program] = words;
    return `COMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1}
COMP_LINE='${line}' COMP_POINT=${line.length}
_${program}
printf '%s\\n' "\${COMPREPLY[*]}"`;
  });
  return bash(`set -u
${script}
${calls.join("\n")}`).split("\n").slice(0, -1);
}

const RUN_FLAGS = flagsOf("spec run").map(({ name }) => `--${name}`);

/** A line, and what is offered; nothing leaves files to bash. */
const SPEC_LINES: readonly (readonly [string, string])[] = [
  ["spec ru", "run"],
  ["spec li", "list lint"],
  ["spec --v", "--version"],
  ["spec x", ""],
  ["spec run ", ""],
  ["spec run -", RUN_FLAGS.join(" ")],
  ["spec run --is", "--isolate"],
  ["spec run --isolate ", "none process"],
  ["spec run --isolate=", "none process"],
  ["spec run --isolate p", "process"],
  ["spec run --isolate=p", "process"],
  ["spec run x --isolate none --jo", "--jobs"],
  ["spec run --report js", "json="],
  ["spec run --report=js", "json="],
  ["spec run --report json=", ""],
  ["spec run --report=json=r", ""],
  ["spec run --case-formats m", "md"],
  ["spec run --case-formats md,y", "md,yaml"],
  ["spec run --case-formats=md,j", "md,json"],
  ["spec run --config ", ""],
  ["spec run --jobs ", ""],
  ["spec run -- --is", ""],
  ["spec completions ", "bash zsh fish"],
  ["spec completions -", "--help --version"],
  ["spec capabilities ", ""],
  ["spec schema ", "case library report events config"],
];

Deno.test("bash completes commands, flags and closed values", () => {
  const found = offers(
    completionScript("bash", SPEC_PAGE),
    SPEC_LINES.map(([line]) => line),
  );
  assertEquals<unknown>(
    found.map((offer, at) => [SPEC_LINES[at]?.[0], offer]),
    SPEC_LINES,
  );
  const image = offers(completionScript("bash", IMAGE_PAGE), [
    "image ver",
    "image verify --eng",
    "image completions z",
  ]);
  assertEquals(image, ["verify", "--engine --engine-arg", "zsh"]);
});

const OPTIONAL: FlagRow = {
  name: "shuffle",
  section: "How",
  help: "it's [any] order: \\ random",
  commands: ["spec run"],
  kind: "optional",
  metavar: "SEED",
  choices: () => ["one", "two"],
};
const TOY = {
  program: "toy",
  commands: [
    { name: "run", summary: "it's", operand: undefined, flags: [OPTIONAL] },
  ],
};

Deno.test("a value that may be left out is completed behind = only", () => {
  const found = offers(bashScript(TOY), [
    "toy run --shuffle t",
    "toy run --shuffle=t",
  ]);
  assertEquals(found, ["", "two"]);
  assert(zshScript(TOY).includes("'--shuffle=-["));
  assert(!/-l shuffle -[rx]/.test(fishScript(TOY)));
});

Deno.test("parseShell() wants one shell", () => {
  const refused = [
    [[], "got none", "spec completions bash|zsh|fish"],
    [["bash", "zsh"], "got 2", "spec completions"],
    [["bsh"], 'for "bsh": unknown shell', 'Did you mean "bash"?'],
    [["tcsh"], "unknown shell", "Did you mean"],
    [["powershell"], "unknown shell", "Shells are bash, zsh, fish"],
  ] as const;
  for (const [words, message, remedy] of refused) {
    const error = assertThrows(
      () => parseShell(words, "spec"),
      UsageError,
      message,
    );
    assertEquals(error.remedy?.includes(remedy), true, error.remedy);
  }
});

function isHere(program: string): boolean {
  return new Deno.Command("sh", { args: ["-c", `command -v ${program}`] })
    .outputSync().success;
}

const OTHERS = { zsh: zshScript, fish: fishScript } as const;

for (const shell of ["zsh", "fish"] as const) {
  Deno.test({
    name: `${shell}, where there is one, understands its script`,
    ignore: !isHere(shell),
    fn() {
      const scripts = [
        ...PAGES.map((page) => completionScript(shell, page)),
        OTHERS[shell](TOY),
      ];
      for (const script of scripts) {
        const file = Deno.makeTempFileSync();
        Deno.writeTextFileSync(file, script);
        const { stderr } = new Deno.Command(shell, { args: ["-n", file] })
          .outputSync();
        Deno.removeSync(file);
        assertEquals(new TextDecoder().decode(stderr), "");
      }
    },
  });
}

Deno.test({
  name: "fish, where there is one, completes words",
  ignore: !isHere("fish"),
  fn() {
    const script = completionScript("fish", SPEC_PAGE);
    const lines = [
      "spec li",
      "spec run --isolate=p",
      "spec run --case-formats md,y",
    ];
    const asked = lines.map((line) => `complete -C '${line}'`).join("\n");
    const { stdout } = new Deno.Command("fish", {
      args: ["--no-config", "-c", `${script}\n${asked}`],
    }).outputSync();
    const words = new TextDecoder().decode(stdout).trim().split("\n")
      .map((line) => line.split("\t")[0]);
    assertEquals(words, ["lint", "list", "--isolate=process", "md,yaml"]);
  },
});
