import { assertEquals } from "@std/assert";
import { findSudoRules } from "./sudoers.ts";

const USER = {
  uid: 10001,
  gids: [10001, 27],
  name: "runner",
  groups: ["runner", "sudo"],
};

function rules(text: string): (readonly [number, boolean])[] {
  return findSudoRules([{ path: "/etc/sudoers", text }], USER)
    .map(({ line, applies }) => [line, applies]);
}

/** A text, and whether each rule without a password is meant for the user. */
const TEXTS: readonly (readonly [string, (readonly [number, boolean])[]])[] = [
  ["runner ALL=(ALL) ALL", []],
  ["# runner ALL=(ALL) NOPASSWD: ALL", []],
  ["runner ALL=(ALL) ALL # NOPASSWD: ALL", []],
  ["runner ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["runner\tALL = NOPASSWD:/bin/ls, PASSWD: ALL", [[1, true]]],
  ["runner ALL=(ALL:ALL) SETENV: NOPASSWD : ALL", [[1, true]]],
  ["\nrunner \\\n  ALL=(ALL) \\\n  NOPASSWD: ALL", [[2, true]]],
  ["alice ALL=(ALL) NOPASSWD: ALL", [[1, false]]],
  ["alice, runner ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ['"runner" ALL=(ALL) NOPASSWD: ALL', [[1, true]]],
  ["ALL ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["ALL, !runner ALL=(ALL) NOPASSWD: ALL", [[1, false]]],
  ["!runner, ALL ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["#10001 ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["#10002 ALL=(ALL) NOPASSWD: ALL", [[1, false]]],
  ["%sudo ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["%wheel ALL=(ALL) NOPASSWD: ALL", [[1, false]]],
  ["%#27 ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["+netgroup ALL=(ALL) NOPASSWD: ALL", [[1, true]]],
  ["User_Alias A = alice : B = A, runner\nB ALL=NOPASSWD: ALL", [[2, true]]],
  ["B ALL=NOPASSWD: ALL\nUser_Alias B = alice", [[1, false]]],
  ["User_Alias A = B\nUser_Alias B = A\nA ALL=NOPASSWD: ALL", [[3, false]]],
  ["Defaults !authenticate", [[1, true]]],
  ["Defaults:runner env_reset, !authenticate", [[1, true]]],
  ["Defaults:alice !authenticate", [[1, false]]],
  ["Defaults authenticate", []],
  ["@includedir /etc/sudoers.d\n#include /x", []],
];

for (const [text, wanted] of TEXTS) {
  Deno.test(`sudoers: ${JSON.stringify(text)}`, () => {
    assertEquals(rules(text), wanted);
  });
}

Deno.test("sudoers: aliases in aliases are looked into once each", () => {
  const depth = 90;
  const lines = Array.from(
    { length: depth },
    (_, index) => `User_Alias A${index} = ${`A${index + 1}, `.repeat(5)}x`,
  );
  const text = [...lines, `User_Alias A${depth} = runner`].join("\n");
  assertEquals(rules(`${text}\nA0 ALL=NOPASSWD: ALL`), [[depth + 2, true]]);
});

Deno.test("sudoers: a chain of aliases without end is meant for everybody", () => {
  const lines = Array.from(
    { length: 50_000 },
    (_, index) => `User_Alias A${index} = A${index + 1}`,
  );
  const text = `${lines.join("\n")}\nA0 ALL=NOPASSWD: ALL`;
  assertEquals(rules(text), [[50_001, true]]);
});

Deno.test("sudoers: without a user the rules are listed all the same", () => {
  const text = "ALL ALL=NOPASSWD: ALL";
  const [rule] = findSudoRules([{ path: "/etc/sudoers", text }], undefined);
  assertEquals(rule, { path: "/etc/sudoers", line: 1, text, applies: false });
});
