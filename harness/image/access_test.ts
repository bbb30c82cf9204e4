import { assertEquals } from "@std/assert";
import { isAccessible, isChangeable, type OwnedFile } from "./access.ts";

const USER = { uid: 1000, gids: [100, 200] };
const ROOT = { uid: 0, gids: [0] };

function owned(mode: number, uid = 0, gid = 0): OwnedFile {
  return { kind: "file", mode, uid, gid };
}

function folder(mode: number, uid = 0, gid = 0): OwnedFile {
  return { kind: "directory", mode, uid, gid };
}

const ACCESS: readonly (readonly [
  OwnedFile,
  "read" | "execute",
  boolean,
])[] = [
  [owned(0o004), "read", true],
  [owned(0o040), "read", false],
  [owned(0o040, 0, 200), "read", true],
  [owned(0o004, 0, 200), "read", false],
  [owned(0o077, 1000), "read", false],
  [owned(0o100, 1000), "execute", true],
  [owned(0o110), "execute", false],
];

for (const [file, access, wanted] of ACCESS) {
  const { mode, uid, gid } = file;
  Deno.test(`${access} of ${mode.toString(8)} ${uid}:${gid}`, () => {
    assertEquals(isAccessible({ ...file, folders: [] }, access, USER), wanted);
  });
}

Deno.test("root reads everything, and executes what anybody may", () => {
  const closed = [folder(0)];
  const may = (mode: number, access: "read" | "execute") =>
    isAccessible({ ...owned(mode, 1), folders: closed }, access, ROOT);
  assertEquals(may(0, "read"), true);
  assertEquals(may(0, "execute"), false);
  assertEquals(may(0o001, "execute"), true);
});

/** Folders, the file, and whether the user could change what is there. */
const CHANGES: readonly (readonly [
  string,
  readonly OwnedFile[],
  OwnedFile,
  boolean,
])[] = [
  ["root's own file", [folder(0o755)], owned(0o644), false],
  ["a file anybody writes", [folder(0o755)], owned(0o646), true],
  ["a file of the group", [folder(0o755)], owned(0o664, 0, 200), true],
  ["the user's own file", [folder(0o755)], owned(0o444, 1000), true],
  ["a file in an open folder", [folder(0o777)], owned(0o444), true],
  ["a file in the user's folder", [folder(0o555, 1000)], owned(0o444), true],
  [
    "a file far below an open folder",
    [folder(0o777), folder(0o755)],
    owned(0o444),
    true,
  ],
  ["a file in a sticky folder", [folder(0o1777)], owned(0o444), false],
  [
    "a file of the user in a sticky folder",
    [folder(0o1777)],
    { ...owned(0o777, 1000), kind: "symlink" },
    true,
  ],
  ["a link", [folder(0o755)], { ...owned(0o777), kind: "symlink" }, false],
  [
    "a link in an open folder",
    [folder(0o777)],
    { ...owned(0o777), kind: "symlink" },
    true,
  ],
];

for (const [name, folders, file, wanted] of CHANGES) {
  Deno.test(`isChangeable() of ${name}`, () => {
    assertEquals(isChangeable({ ...file, folders }, USER), wanted);
  });
}
