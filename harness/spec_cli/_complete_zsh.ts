/** Completion for zsh. */

import {
  type Completed,
  type CompletedCommand,
  takesValue,
  type ValueRow,
} from "./_complete_shape.ts";
import type { FlagRow } from "./flag_row.ts";

/**
 * Writes the script, for `source` as well as for a folder of `$fpath`.
 *
 * @param program The program.
 */
export function zshScript({ program, commands }: Completed): string {
  const described = commands.map(({ name, summary }) =>
    `      ${quote(`${name}:${summary}`)}`
  );
  return `#compdef ${program}
# Completion of ${program} for zsh.
_${program}_report() {
  if compset -P '*='; then
    _files
  else
    compadd -S = -- "$@"
  fi
}

_${program}() {
  if ((CURRENT == 2)); then
    local -a commands=(
${described.join("\n")}
      '--help:print what there is'
      '--version:print the version'
    )
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map((command) => caseOf(program, command)).join("\n")}
  esac
}

if [[ $funcstack[1] == _${program} ]]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`;
}

function caseOf(
  program: string,
  { name, operand, flags }: CompletedCommand,
): string {
  const specs = flags.map((row) => specOf(program, row));
  const action = operand?.choices === undefined
    ? operand?.names === "file" ? "_files" : " "
    : `(${operand.choices.join(" ")})`;
  if (operand !== undefined) {
    specs.push(quote(`*:${escaped(operand.name)}:${action}`));
  }
  return `  ${name})
    _arguments -S \\
${specs.map((spec) => `      ${spec}`).join(" \\\n")}
    ;;`;
}

function specOf(program: string, row: FlagRow): string {
  const help = `[${escaped(row.help)}]`;
  if (row.name === "help") return `'(-h --help)'{-h,--help}${quote(help)}`;
  if (!takesValue(row)) return quote(`--${row.name}${help}`);
  const many = row.repeatable === true ? "*" : "";
  const [sign, colon] = row.kind === "optional" ? ["=-", "::"] : ["=", ":"];
  const value = `${colon}${escaped(row.metavar)}:${actionOf(program, row)}`;
  return quote(`${many}--${row.name}${sign}${help}${value}`);
}

function actionOf(
  program: string,
  { names, choices, list }: ValueRow,
): string {
  const words = choices?.().join(" ");
  if (names === "report") return `_${program}_report ${words}`;
  if (names === "file") return "_files";
  if (names === "folder") return "_files -/";
  if (words === undefined) return " ";
  return list === true ? `_sequence compadd - ${words}` : `(${words})`;
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
