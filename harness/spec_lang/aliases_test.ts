import { assert, assertEquals } from "@std/assert";
import { aliasHint } from "./aliases.ts";
import { BUILTINS } from "./builtins.ts";
import { compileExpression } from "./compile.ts";
import { FORMS } from "./forms.ts";
import { assertFails } from "./_support_test.ts";

const HEADS = [...FORMS.keys(), ...BUILTINS.map(({ name }) => name)];

const MEANT = {
  "equals": "eq",
  "=": "eq",
  "==": "eq",
  "!=": "neq",
  ">": "gt",
  "<=": "lte",
  "length": "len",
  "contain": "contains",
  "+": "add",
  "-": "sub",
  "&&": "and",
  "lambda": "fn",
  "parse_json": "json_parse",
  "strip": "trim",
  "stdout": "subject",
};

Deno.test("an operator of another language is told by its name here", () => {
  for (const [word, name] of Object.entries(MEANT)) {
    assert(HEADS.includes(name), name);
    assertFails(
      () => compileExpression([word, 1, 2]),
      "schema",
      `unsupported spec_lang symbol "${word}", did you mean "${name}"?`,
    );
  }
});

Deno.test("quoting is told that lists are not data", () => {
  for (const word of ["quote", "list"]) {
    assertFails(
      () => compileExpression([word, 1, 2]),
      "schema",
      `unsupported spec_lang symbol "${word}", lists are not data in this language: write ["json_parse", "[1, 2]"]`,
    );
  }
});

Deno.test("a missing comma behind the operator is told", () => {
  for (const [head, name] of [["+ 1", "add"], ["eq subject", "eq"]] as const) {
    assertFails(
      () => compileExpression([head, 2]),
      "schema",
      `unsupported spec_lang symbol "${head}", put a comma behind the operator: ["${name}", …]`,
    );
  }
});

Deno.test("aliasHint() never speaks of a word this language has", () => {
  for (const name of HEADS) assertEquals(aliasHint(name), undefined, name);
  for (const word of ["", "constructor", "__proto__", "frobnicate"]) {
    assertEquals(aliasHint(word), undefined, word);
  }
});
