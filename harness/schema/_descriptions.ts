/** What editors tell of a key. Loaded for schemas only. */

import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../json.ts";
import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";

const BUDGETS: Readonly<Record<string, string>> = {
  "max_steps":
    `Visits to expressions in one evaluation. Default ${DEFAULT_BUDGETS.maxSteps}.`,
  "max_nodes":
    `Lists and values an expression consists of. Default ${DEFAULT_BUDGETS.maxNodes}.`,
  "max_literal_bytes":
    `Bytes of all texts of an expression. Default ${DEFAULT_BUDGETS.maxLiteralBytes}.`,
  "timeout_ms":
    `Milliseconds of one evaluation; 0 sets no limit. Default ${DEFAULT_BUDGETS.timeoutMs}.`,
};

const OF_OUTCOMES: Readonly<Record<string, string>> = {
  "status": "How the case ends.",
  "category": "Why it fails; any reason if this is left out.",
  "message_tokens": "Words that its message holds.",
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "id": "Its name in reports, unique in the run.",
  "type": "What the case is about: decides which keys it has.",
  "title": "Shown with a failure.",
  "purpose": "What the case is there for, for readers.",
  "tags": "Labels, for readers and for tools.",
  "harness": "How the case is run.",
  "assert": "What must hold: a group, or a list of groups.",
  "assert_health": "What is done about assertions that check nothing.",
  "assert_health.mode": "Ignore them, warn of them, or fail.",
  "expect": "How the case is to end, for a comparison of implementations.",
  "expect.portable": "What is expected of every implementation.",
  ...below("expect.portable", OF_OUTCOMES),
  "expect.impl": "What is expected otherwise of one, by its name.",
  ...below("expect.impl", OF_OUTCOMES),
  "requires": "What must be there for the case to be run.",
  "requires.capabilities": 'Names; "spec capabilities" lists those there are.',
  "requires.when_missing": "Whether the case then fails or is skipped.",
  "purpose_lint": "For other tools.",
  "argv": "Arguments of the program: a list of texts, or one text.",
  "exit_code": "The exit code it has to end with. Default 0.",
  "path":
    "The file, from the folder of the document; the document if left out.",
  "harness.entrypoint":
    'The program: a command line, a list of words, or "module:function".',
  "harness.env": "Variables to set; null removes one.",
  "harness.stdin_text": "What the program reads from standard input.",
  "harness.stdin_isatty": "Whether standard input is a terminal.",
  "harness.setup_files":
    "Files that are made first, in the directory of the case.",
  "harness.setup_files.path": "Where, below the directory of the case.",
  "harness.setup_files.text": "What stands in it.",
  "harness.hook_before": 'Called before the program: "module:function".',
  "harness.hook_after":
    'Called after the program, if its exit code is right: "module:function".',
  "harness.hook_kwargs": "What hooks are called with besides.",
  "harness.spec_lang": "What expressions may cost, and the libraries they use.",
  ...below("harness.spec_lang", BUDGETS),
  "harness.spec_lang.library_paths":
    "Library files, in order, from the folder of the document.",
  "harness.spec_lang.exports":
    "The functions that expressions see; what the libraries export if left out.",
  "functions": "Expressions by name.",
  "imports": "Library files this one builds on, from the folder of this file.",
  "exports": "The functions that others see; all of them if left out.",
  "target": "What the assertions below look at.",
  "must": "All of these hold.",
  "can": "At least one of these holds.",
  "cannot": "None of these holds.",
  "contain": "Texts that are part of the target.",
  "regex": "Patterns that are found in the target, as Python reads them.",
  "json_type": 'The target is JSON of this kind: "dict" or "list".',
  "exists": "Something is at the path: true or null.",
  "evaluate": "Expressions that are true.",
};

function below(
  key: string,
  keys: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(keys).map(([name, text]) => [`${key}.${name}`, text]),
  );
}

type Texts = Readonly<Record<string, string>>;

/**
 * Adds what there is to tell of each key, unless the schema says something.
 *
 * @param schema A schema of a mapping.
 * @param texts What is told, by the keys that lead there. Default: of cases.
 */
export function described(
  schema: JsonObject,
  texts: Texts = DESCRIPTIONS,
): JsonObject {
  const value = withTexts(schema, "", texts);
  return isJsonObject(value) ? value : schema;
}

// What else stands in a schema are rules beside the shape, about the same keys.
const SAME_KEY: ReadonlySet<string> = new Set([
  "anyOf",
  "items",
  "additionalProperties",
]);

function withTexts(schema: Json, at: string, texts: Texts): Json {
  if (isJsonList(schema)) {
    return schema.map((one) => withTexts(one, at, texts));
  }
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === "properties" && isJsonObject(value)
        ? propertiesWithTexts(value, at, texts)
        : SAME_KEY.has(keyword)
        ? withTexts(value, at, texts)
        : value,
    ]),
  );
}

function propertiesWithTexts(
  properties: JsonObject,
  at: string,
  texts: Texts,
): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => {
      const name = at === "" ? key : `${at}.${key}`;
      const inside = withTexts(value, name, texts);
      const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
      if (text === undefined || !isJsonObject(inside)) return [key, inside];
      return [key, { description: text, ...inside }];
    }),
  );
}
