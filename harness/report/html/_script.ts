/**
 * What the page of the HTML report does besides being read: search, filters,
 * keys, colours. Everything it shows is in the page without it.
 */

import { FILTERS } from "./_script_filters.ts";

// Text of the page goes in and out by `textContent`, `value` and `dataset`
// only: nothing from a result ever becomes markup again.
const THEME = String.raw`
const root = document.documentElement;
root.classList.add("js");

/** Some places forbid a page to remember anything. */
const memory = {
  get(key) {
    try { return localStorage.getItem("spec-report-" + key); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem("spec-report-" + key, value); } catch { /* forgotten */ }
  },
};

const THEMES = ["auto", "light", "dark"];
let theme = THEMES.includes(memory.get("theme")) ? memory.get("theme") : "auto";

function showTheme() {
  root.dataset.theme = theme;
  const button = document.getElementById("theme");
  if (button !== null) button.textContent = "Theme: " + theme;
}
showTheme();

/** The first step always changes something. */
function nextTheme() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = isDark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  theme = order[(order.indexOf(theme) + 1) % order.length];
  memory.set("theme", theme);
  showTheme();
}
`;

const KEYS = String.raw`
/** Goes to the next failure that is shown, or to the one before. */
function goToFailure(step) {
  const all = [...document.querySelectorAll(".fail:not([hidden]) summary")]
    .filter((summary) => summary.closest("[hidden]") === null);
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement?.closest?.(".fail")?.querySelector("summary"));
  const to = at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step;
  const summary = all[Math.min(Math.max(to, 0), all.length - 1)];
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "nearest" });
}

const ACTIONS = {
  "/": () => { find("q").focus(); find("q").select(); },
  j: () => goToFailure(1),
  k: () => goToFailure(-1),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea")) return;
  if (!find("keys").checked || !Object.hasOwn(ACTIONS, event.key)) return;
  event.preventDefault();
  ACTIONS[event.key]();
}

/** A link to a case leads to it, whatever the filters say. */
function showTarget(clear) {
  const name = location.hash.slice(1);
  const target = /^[cdf]\d+$/.test(name) ? find(name) : null;
  if (target === null) return;
  if (target.closest("[hidden]") !== null) {
    clear();
    history.replaceState(null, "", "#" + name);
  }
  const details = target.querySelector(":scope > details");
  if (details !== null) details.open = true;
  target.scrollIntoView();
}
`;

const START = String.raw`
function start() {
  const groups = readGroups();
  const apply = () => writeAddress(applyFilters(groups));
  const clear = () => {
    for (const name of NAMES) control.set(name, "");
    apply();
  };
  let timer;
  find("q").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 60);
  });
  find("q").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (find("q").value === "") return find("q").blur();
    find("q").value = "";
    apply();
  });
  find("filters").addEventListener("change", apply);
  for (const button of document.querySelectorAll(".clear")) {
    button.addEventListener("click", () => { clear(); find("q").focus(); });
  }
  find("theme").addEventListener("click", nextTheme);
  find("fold")?.addEventListener("click", () => {
    const all = [...document.querySelectorAll(".fail > details")];
    const open = !all.some((details) => details.open);
    for (const details of all) details.open = open;
  });
  document.querySelector("main").addEventListener("click", (event) => {
    const tag = event.target.closest(".tag");
    if (tag === null || getSelection().type === "Range") return;
    event.preventDefault();
    const places = tag.closest(".case").dataset.tags.split(" ");
    const place = places[[...tag.parentElement.children].indexOf(tag)];
    control.set("tag", control.get("tag") === place ? "" : place);
    apply();
  });
  find("keys").checked = memory.get("keys") !== "off";
  find("keys").addEventListener("change", () => {
    memory.set("keys", find("keys").checked ? "on" : "off");
  });
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#?")) {
      readAddress();
      applyFilters(groups);
    } else showTarget(clear);
  });
  showTheme();
  readAddress();
  applyFilters(groups);
  showTarget(clear);
}
document.addEventListener("DOMContentLoaded", start);
`;

/** The script of the page. */
export const SCRIPT: string = [
  '\n"use strict";\n(() => {',
  ...[THEME, FILTERS, KEYS, START],
  "})();\n",
].join("");
