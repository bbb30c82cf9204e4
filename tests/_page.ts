/** Fenced blocks of a page for readers, found without the code under test. */

import { parse } from "@std/yaml/parse";

/** A fenced block. */
export interface Block {
  /** The words behind the fence. */
  readonly info: string;
  /** What it holds. */
  readonly text: string;
}

/** A case of a page, and what the page says will become of it. */
export interface Example {
  /** Its id. */
  readonly id: string;
  /** The category it is meant to fail with; nothing if it is to pass. */
  readonly fails: string | undefined;
  /** Words of its message. */
  readonly says: string;
}

/** One command of a console block, and what is shown below it. */
export interface Shown {
  /** The line behind `$ `. */
  readonly command: string;
  /** The lines below it. */
  readonly output: string;
}

/** Finds the blocks of a text; what stands inside a block is its content. */
export function blocksOf(page: string): Block[] {
  const fence = /^(`{3,}|~{3,})([^\n]*)\n(.*?)^\1[`~]*[ \t]*$/gms;
  return Array.from(
    page.matchAll(fence),
    ([, , info = "", text = ""]) => ({ info: info.trim(), text }),
  );
}

/** The cases of a page or document; a library is none, unless it is to fail. */
export function examplesOf(page: string): Example[] {
  return blocksOf(page)
    .filter(({ info }) => info === "yaml spec-test")
    .flatMap(({ text }) => parse(text) as Record<string, string>[])
    .filter((value) =>
      value["type"] !== "spec_lang.library" || value["x-fails"] !== undefined
    )
    .map((value) => ({
      id: value["id"] ?? "",
      fails: value["x-fails"],
      says: value["x-says"] ?? "",
    }));
}

/**
 * The files a page shows: `file=NAME` in a block's words, or for a Markdown
 * document the first name in the next console block.
 */
export function filesOf(page: string): Map<string, string> {
  const blocks = blocksOf(page);
  const files = blocks.flatMap(({ info, text }, at) => {
    const name = /(?<=\bfile=)\S+/.exec(info)?.[0] ??
      (info === "markdown" ? nextName(blocks.slice(at + 1)) : undefined);
    return name === undefined ? [] : [[name, text] as const];
  });
  return new Map(files);
}

function nextName(blocks: readonly Block[]): string | undefined {
  const console = blocks.find(({ info }) => info === "console");
  return /\S+\.spec\.md/.exec(console?.text ?? "")?.[0];
}

/** The console blocks of a page that begin with a call of the spec command. */
export function sessionsOf(page: string): Shown[][] {
  return blocksOf(page)
    .filter(({ info, text }) => info === "console" && CALL.test(text))
    .map(({ text }) =>
      text.split(/^\$ /m).slice(1).map((piece) => {
        const end = piece.indexOf("\n");
        return { command: piece.slice(0, end), output: piece.slice(end + 1) };
      })
    );
}

const CALL = /^\$ (?:npx --yes deno@2\.9\.6 task spec|spec) /;

/** What stands behind the name of the spec command, if it is called. */
export function wordsBehindSpec(command: string): string | undefined {
  const line = `$ ${command}`;
  return CALL.test(line) ? line.replace(CALL, "") : undefined;
}
