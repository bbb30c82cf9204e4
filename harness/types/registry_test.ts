import { assertEquals, assertThrows } from "@std/assert";
import { BUILT_IN_TYPES, withTypes } from "./registry.ts";
import type { HarnessType } from "./harness_type.ts";
import { textFile } from "./text_file.ts";

Deno.test("BUILT_IN_TYPES names every type by its own name", () => {
  for (const [name, type] of BUILT_IN_TYPES) assertEquals(type.name, name);
});

Deno.test("BUILT_IN_TYPES lets budgets through", () => {
  for (const type of BUILT_IN_TYPES.values()) {
    assertEquals(type.harnessKeys.includes("spec_lang"), true);
  }
});

Deno.test("withTypes() refuses a name that is taken", () => {
  const names = ["text.file", "cli.run", "spec_lang.library"];
  for (const more of names.map((name) => [{ ...textFile, name }])) {
    assertThrows(
      () => withTypes(BUILT_IN_TYPES, more),
      RangeError,
      `Cannot register case type "${more[0]?.name}": the name is taken`,
    );
  }
  const twice = [textFile, textFile];
  assertThrows(() => withTypes(new Map(), twice), RangeError);
});

/** What is wrong with a type, and what is said of it. */
const FAULTS: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ name: "" }, 'type "": a name is text without white space'],
  [{ name: "a b" }, 'type "a b": a name is text without white space'],
  [{ name: "a\x1b" }, 'type "a\\x1b": a name is text without white space'],
  [{ name: 5 }, 'type "5": a name is text without white space'],
  [{ keys: ["tags"] }, 'the key "tags" belongs to every case'],
  [{ keys: ["a", "x-a"] }, 'the key "x-a" is an annotation'],
  [
    { keys: ["setup_files"] },
    'the key "setup_files" belongs under harness, in harnessKeys',
  ],
  [{ keys: [""] }, 'keys holds "", which is no text without white space'],
  [{ harnessKeys: ["a b"] }, 'harnessKeys holds "a b"'],
  [{ capabilities: [""] }, 'capabilities holds ""'],
  [
    { targets: { text: ["contains"] } },
    'its target "text" takes the unknown operator "contains": did you mean "contain"?',
  ],
  [
    { targets: { text: ["equals"] } },
    'takes the unknown operator "equals": there are contain, regex, json_type, exists, evaluate',
  ],
  [{ targets: { "": [] } }, 'the target "" is no text without white space'],
  [{ compile: undefined }, "it has no function compile()"],
];

Deno.test("withTypes() tells the author what is wrong with a type", () => {
  for (const [change, message] of FAULTS) {
    const type = { ...textFile, name: "my.file", ...change } as HarnessType;
    assertThrows(
      () => withTypes(BUILT_IN_TYPES, [type]),
      RangeError,
      message,
    );
  }
});
