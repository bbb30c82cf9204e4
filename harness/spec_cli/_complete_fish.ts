/** Completion for fish. */

import {
  type Completed,
  type CompletedCommand,
  type SharedFlag,
  sharedFlags,
  takesValue,
  type ValueRow,
} from "./_complete_shape.ts";

/**
 * Writes the script.
 *
 * @param program The program.
 */
export function fishScript(program: Completed): string {
  const name = program.program;
  const first = [
    ...program.commands.map(({ name, summary }) => [name, summary]),
    ["--help", "print what there is"],
    ["--version", "print the version"],
  ].map(([word = "", summary = ""]) =>
    `complete -c ${name} -n __${name}_first -a ${quote(word)} -d ${
      quote(summary)
    }`
  );
  const lines = [
    ...first,
    ...program.commands.flatMap((command) => operandOf(name, command)),
    ...sharedFlags(program).map((flag) => flagOf(name, flag)),
  ];
  return `# Completion of ${name} for fish.
function __${name}_first
    test (count (commandline -opc)) -eq 1
end

function __${name}_in
    set -l typed (commandline -opc)
    test (count $typed) -gt 1; and contains -- $typed[2] $argv
end

complete -c ${name} -f
${lines.join("\n")}
`;
}

function operandOf(
  program: string,
  { name, operand }: CompletedCommand,
): string[] {
  const here = `complete -c ${program} -n ${quote(`__${program}_in ${name}`)}`;
  if (operand?.choices !== undefined) {
    return [`${here} -a ${quote(operand.choices.join(" "))}`];
  }
  return operand?.names === "file" ? [`${here} -F`] : [];
}

function flagOf(program: string, { row, commands }: SharedFlag): string {
  const where = quote(`__${program}_in ${commands.join(" ")}`);
  const short = row.name === "help" ? " -s h" : "";
  const value = takesValue(row) ? ` ${valueOf(row)}` : "";
  return `complete -c ${program} -n ${where} -l ${row.name}${short}${value} -d ${
    quote(row.help)
  }`;
}

function valueOf({ kind, names, choices, list }: ValueRow): string {
  const words = choices?.() ?? [];
  // A value that may be left out is never the next word.
  if (kind === "optional") return `-a ${quote(words.join(" "))}`;
  if (names === "report") {
    return `-r -F -a ${quote(words.map((word) => `${word}=`).join(" "))}`;
  }
  if (names === "file") return "-r -F";
  if (names === "folder") return "-x -a '(__fish_complete_directories)'";
  if (words.length === 0) return "-x";
  return list === true
    ? `-x -a ${quote(`(__fish_append , ${words.join(" ")})`)}`
    : `-x -a ${quote(words.join(" "))}`;
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
