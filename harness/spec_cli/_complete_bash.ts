/** Completion for bash. */

import {
  type Completed,
  type CompletedCommand,
  takesValue,
  type ValueRow,
} from "./_complete_shape.ts";
import type { FlagRow } from "./flag_row.ts";

const FILES = "return";
const NOTHING = "compopt +o default +o bashdefault 2>/dev/null; return";

/**
 * Writes the script.
 *
 * Files are left to bash itself, which knows how to quote them: no candidate
 * means files, unless the script turns that off. Words are taken from the line,
 * since bash splits `--flag=value` at the `=`.
 *
 * @param program The program.
 */
export function bashScript({ program, commands }: Completed): string {
  const words = commands.map(({ name }) => name);
  return `# Completion of ${program} for bash.
_${program}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} line=\${COMP_LINE:0:COMP_POINT}
  local token=\${line##*[[:space:]]} flag lead='' word
  local -a typed candidates=()
  read -ra typed <<<"\${line:0:\${#line}-\${#token}}"
  COMPREPLY=()
  [[ $cur == '=' ]] && cur=
  if ((\${#typed[@]} < 2)); then
    candidates=(${[...words, "--help", "--version"].join(" ")})
  elif [[ " \${typed[*]} " == *' -- '* ]]; then
    ${FILES}
  else
    flag=\${typed[\${#typed[@]}-1]}
    [[ $token == --*=* ]] && lead=\${token%%=*}= flag=$lead
    case $flag in
${valueCases(commands.flatMap(({ flags }) => flags))}
    *)
      lead=
      case \${typed[1]} in
${commands.map(commandCase).join("\n")}
      *) ${NOTHING} ;;
      esac
      ;;
    esac
  fi
  for word in "\${candidates[@]}"; do
    word=$lead$word
    [[ $word == "$token"* ]] && COMPREPLY+=("\${word#"\${token%"$cur"}"}")
  done
}
complete -o bashdefault -o default -F _${program} ${program}
`;
}

/** One branch for each way of completing a value. */
function valueCases(flags: readonly FlagRow[]): string {
  const rows = [...new Set(flags)].filter(takesValue);
  const byAction = Map.groupBy(rows, valueAction);
  return Array.from(byAction, ([action, rows]) => {
    const words = rows.flatMap(({ name, kind }) =>
      kind === "optional" ? [`--${name}=`] : [`--${name}`, `--${name}=`]
    );
    return `    ${words.join(" | ")})
      ${action}
      ;;`;
  }).join("\n");
}

function valueAction({ names, choices, list }: ValueRow): string {
  const words = choices?.() ?? [];
  if (names === "report") {
    return `[[ \${token#"$lead"} == *=* ]] && ${FILES}
      compopt -o nospace 2>/dev/null
      candidates=(${words.map((format) => `${format}=`).join(" ")})`;
  }
  if (names === "file" || names === "folder") return FILES;
  if (words.length === 0) return NOTHING;
  const candidates = `candidates=(${words.join(" ")})`;
  if (list !== true) return candidates;
  return `word=\${token#"$lead"}
      [[ $word == *,* ]] && lead+=\${word%,*},
      ${candidates}`;
}

function commandCase({ name, operand, flags }: CompletedCommand): string {
  const words = flags.map((row) => `--${row.name}`).join(" ");
  const choices = operand?.choices?.join(" ");
  const other = choices === undefined
    ? operand?.names === "file" ? FILES : NOTHING
    : `candidates=(${choices})`;
  return `      ${name})
        if [[ $token == -* ]]; then
          candidates=(${words})
        else
          ${other}
        fi
        ;;`;
}
