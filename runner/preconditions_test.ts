import { assertEquals } from "@std/assert";
import type { ImageIdentity } from "./identity.ts";
import { checkPreconditions, type Facts } from "./preconditions.ts";

const IDENTITY: ImageIdentity = {
  image: "i",
  domain: "d",
  role: "r",
  entries: [],
};

function facts(changes: Partial<Facts>): Facts {
  return {
    ids: { uid: 10001, euid: 10001, gid: 0, egid: 0 },
    identity: () => ({ ok: true, value: IDENTITY }),
    hasPluginDirectory: () => true,
    ...changes,
  };
}

function untouched(): never {
  throw new TypeError("a file was touched");
}

const REMEDY =
  "Start the container as another user, and declare one with USER in the image";

const ROOTS = [
  [0, 0, "the user id is 0"],
  [0, 10001, "the user id is 0"],
  [10001, 0, "the effective user id is 0"],
] as const;

Deno.test("checkPreconditions() refuses root, real or effective, before any file", () => {
  for (const [uid, euid, who] of ROOTS) {
    const result = checkPreconditions({
      ids: { uid, euid, gid: 10001, egid: 10001 },
      identity: untouched,
      hasPluginDirectory: untouched,
    });
    assertEquals(result, {
      kind: "refuse",
      code: 77,
      message: `Cannot run as root: ${who}`,
      remedy: REMEDY,
    });
  }
});

Deno.test("checkPreconditions() lets any other user on, whatever the group", () => {
  for (const uid of [1, 10001, 1_000_770_000, 0xffff_fffe]) {
    const ids = { uid, euid: uid, gid: 0, egid: 0 };
    assertEquals(checkPreconditions(facts({ ids })), {
      kind: "ready",
      identity: IDENTITY,
    });
  }
});

Deno.test("checkPreconditions() refuses a broken identity with all its problems", () => {
  const result = checkPreconditions(facts({
    identity: () => ({ ok: false, problems: ["one", "two"] }),
    hasPluginDirectory: untouched,
  }));
  assertEquals(result, {
    kind: "refuse",
    code: 78,
    message: "Cannot read image identity: one; two",
    remedy: "The image is broken: build it again from a valid image.manifest",
  });
});

Deno.test("checkPreconditions() refuses an image without plugin directory", () => {
  const result = checkPreconditions(facts({ hasPluginDirectory: () => false }));
  assertEquals(result, {
    kind: "refuse",
    code: 78,
    message:
      "Cannot find the plugin directory: /usr/local/lib/runner.d is not a directory",
    remedy: "The image is broken: it must hold the directory, empty or not",
  });
});
