/** How the page of the HTML report finds cases. */

/** The part of its script that does it: `readGroups`, `applyFilters`, `control` and the address. */
export const FILTERS = String.raw`
const NAMES = ["q", "status", "category", "tag", "document"];
const find = (id) => document.getElementById(id);

function readList(element) {
  const rows = Array.from(element.children, (row) => ({
    element: row,
    status: row.classList[1],
    category: row.dataset.category ?? "",
    tags: (row.dataset.tags ?? "").split(" "),
    text: undefined,
  }));
  return { element, rows };
}

/** The cases by document, as the page holds them. */
function readGroups() {
  return Array.from(document.querySelectorAll(".document"), (element) => ({
    element,
    document: element.dataset.document,
    path: element.querySelector(".path").textContent,
    lists: Array.from(element.querySelectorAll(".card > ul"), readList),
  }));
}

const plain = (text) => text.normalize("NFKC").toLowerCase();

/** All words of a search must be in what is shown of a case, or in its path. */
function matches(row, group, wanted) {
  if (wanted.status !== "" && row.status !== wanted.status) return false;
  if (wanted.category !== "" && row.category !== wanted.category) return false;
  if (wanted.document !== "" && group.document !== wanted.document) return false;
  if (wanted.tag !== "" && !row.tags.includes(wanted.tag)) return false;
  if (wanted.words.length === 0) return true;
  row.text ??= plain(group.path + "\n" + row.element.textContent);
  return wanted.words.every((word) => row.text.includes(word));
}

const control = {
  get(name) {
    if (name === "status") {
      return document.querySelector("[name=status]:checked").value;
    }
    return find(name)?.value ?? "";
  },
  set(name, value) {
    if (name === "status") {
      const radios = [...document.querySelectorAll("[name=status]")];
      (radios.find((radio) => radio.value === value) ?? radios[0]).checked = true;
    } else if (find(name) !== null) {
      find(name).value = value;
      // A choice that is not there leaves none chosen.
      if (find(name).selectedIndex === -1) find(name).value = "";
    }
  },
};

function wantedNow() {
  const wanted = Object.fromEntries(NAMES.map((name) => [name, control.get(name)]));
  return { ...wanted, words: plain(wanted.q).split(/\s+/).filter(Boolean) };
}

const number = (count) => count.toLocaleString("en");

function showCount(element, shown, total) {
  element.querySelector(".count").textContent = shown === total
    ? number(total)
    : number(shown) + " of " + number(total);
}

const hide = (element, hidden) => {
  if (element.hidden !== hidden) element.hidden = hidden;
};

/** Hides what is not wanted of a document, and says how much is left of it. */
function filterGroup(group, wanted) {
  let shown = 0;
  let total = 0;
  for (const list of group.lists) {
    const before = shown;
    for (const row of list.rows) {
      const isWanted = matches(row, group, wanted);
      hide(row.element, !isWanted);
      if (isWanted) shown++;
    }
    hide(list.element, shown === before);
    total += list.rows.length;
  }
  showCount(group.element, shown, total);
  return [shown, total];
}

/** Shows what is left, or hides a part or document of which nothing is left. */
function showCount(element, shown, total) {
  hide(element, shown === 0);
  element.querySelector(".count").textContent = shown === total
    ? number(total)
    : number(shown) + " of " + number(total);
}

/** Hides what is not wanted, and says how much is left. */
function applyFilters(groups) {
  const wanted = wantedNow();
  const isAll = NAMES.every((name) => wanted[name] === "");
  const parts = new Map();
  for (const group of groups) {
    const [shown, total] = filterGroup(group, wanted);
    const part = group.element.parentElement;
    const [before, all] = parts.get(part) ?? [0, 0];
    parts.set(part, [before + shown, all + total]);
  }
  for (const [part, [shown, total]] of parts) showCount(part, shown, total);
  const sum = (at) => [...parts.values()].reduce((all, part) => all + part[at], 0);
  const [shown, total] = [sum(0), sum(1)];
  find("shown").textContent = isAll
    ? number(total) + (total === 1 ? " case" : " cases")
    : number(shown) + " of " + number(total) + " shown";
  hide(find("nothing"), shown > 0);
  find("clear").disabled = isAll;
  return wanted;
}

/** The filters are part of the address, so that a link shows the same. */
function writeAddress(wanted) {
  const set = NAMES.filter((name) => wanted[name] !== "");
  const query = new URLSearchParams(set.map((name) => [name, wanted[name]]));
  const address = set.length === 0 ? location.pathname + location.search : "#?" + query;
  try { history.replaceState(null, "", address); } catch { /* not everywhere */ }
}

function readAddress() {
  if (!location.hash.startsWith("#?")) return;
  const query = new URLSearchParams(location.hash.slice(2));
  for (const name of NAMES) control.set(name, query.get(name) ?? "");
}
`;
