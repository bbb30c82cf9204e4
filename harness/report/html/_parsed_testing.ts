/** The page of the HTML report as another parser sees it. */

import { assertEquals } from "@std/assert";
import {
  defaultTreeAdapter as tree,
  type DefaultTreeAdapterTypes,
  parse,
} from "parse5";
import type { CaseResult } from "../../case.ts";
import { htmlReport } from "../html.ts";
import type { SuiteSummary } from "../reporter.ts";
import { summaryOf } from "./_page_testing.ts";

/** An element. */
export type Element = DefaultTreeAdapterTypes.Element;

/** A page, parsed; an error in it is thrown. */
export class Page {
  /** The page as it was written. */
  readonly html: string;
  /** Its elements. */
  readonly elements: readonly Element[];

  constructor(
    results: readonly CaseResult[],
    rest: Partial<SuiteSummary> = {},
  ) {
    this.html = htmlReport(results, summaryOf(results, rest));
    const errors: string[] = [];
    const document = parse(this.html, {
      sourceCodeLocationInfo: true,
      onParseError: ({ code, startLine }) =>
        errors.push(`${code}:${startLine}`),
    });
    assertEquals(errors, []);
    this.elements = elementsBelow(document);
  }

  /** The elements of one name. */
  named(name: string): readonly Element[] {
    return this.elements.filter(({ tagName }) => tagName === name);
  }

  /** The elements of one class. */
  classed(name: string, below: readonly Element[] = this.elements): Element[] {
    return below.filter((element) =>
      attribute(element, "class")?.split(" ").includes(name)
    );
  }

  /** The texts of the elements of one class. */
  texts(className: string): string[] {
    return this.classed(className).map(textOf);
  }
}

/** All elements in another, in the order of the page. */
export function elementsBelow(
  node: DefaultTreeAdapterTypes.ParentNode,
): Element[] {
  return node.childNodes.flatMap((child) =>
    tree.isElementNode(child) ? [child, ...elementsBelow(child)] : []
  );
}

/** The text of an element. */
export function textOf(node: DefaultTreeAdapterTypes.ParentNode): string {
  return node.childNodes.map((child) =>
    tree.isTextNode(child)
      ? child.value
      : tree.isElementNode(child)
      ? textOf(child)
      : ""
  ).join("");
}

/** The value of an attribute. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}
