/** The search box: suggestions while typing, as a combobox with a list (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). */
import { made } from "/static/browser/graph-panel.js";

/** Milliseconds after the last key before it is searched. */
const PAUSE = 120;
/** Milliseconds before it is searched again, where the words of practices were not read yet. */
const AGAIN = 900;

/**
 * Makes an input a search for nodes.
 * @param {object} parts
 * @param {HTMLInputElement} parts.input
 * @param {HTMLElement} parts.list The listbox.
 * @param {HTMLElement} parts.status Where the number of finds is told.
 * @param {(item: {policy: string, node: string, label: string}) => void} parts.onChoose Told of what is chosen.
 */
export function searchBox({ input, list, status, onChoose }) {
  let items = [];
  let active = -1;
  let timer = 0;
  let running = null;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const mark = (at) => {
    items[active]?.element.setAttribute("aria-selected", "false");
    active = at;
    const option = items[active]?.element;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (item) => {
    close();
    input.value = "";
    onChoose(item);
  };
  const show = (found) => {
    items = [];
    const groups = found.kinds.map((kind, at) => {
      const title = made("div", { class: "explorer-kind", id: `kind-${at}`, role: "presentation" }, kind.title);
      title.append(made("span", { class: "quiet" }, ` ${kind.total.toLocaleString("en")}`));
      const group = made("div", { role: "group", "aria-labelledby": `kind-${at}` }, title);
      for (const item of kind.items) {
        const option = made("div", { role: "option", id: `option-${items.length}`, "aria-selected": "false" });
        option.append(made("span", {}, item.label), made("span", { class: "quiet small" }, item.more));
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(item));
        items.push({ ...item, element: option });
        group.append(option);
      }
      return group;
    });
    const total = found.kinds.reduce((sum, kind) => sum + kind.total, 0);
    if (!items.length) groups.push(made("p", { class: "quiet" }, found.complete ? "Nothing in this graph is called so." : "Reading…"));
    list.replaceChildren(...groups);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
    status.textContent = `${total} found${found.complete ? "" : "; the words of practices are being read"}`;
  };
  const search = async () => {
    const text = input.value.trim();
    running?.abort();
    if (!text) return close();
    running = new AbortController();
    try {
      const response = await fetch(`/explorer/search?${new URLSearchParams({ q: text })}`, { signal: running.signal });
      if (!response.ok) throw new Error(response.statusText);
      const found = await response.json();
      if (document.activeElement !== input) return;
      show(found);
      if (!found.complete) timer = setTimeout(search, AGAIN);
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = "The search does not answer. Try again.";
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    close();
  });
  input.addEventListener("keydown", (event) => {
    const last = items.length - 1;
    const open = !list.hidden;
    if (event.key === "ArrowDown") {
      if (open) mark(active >= last ? 0 : active + 1);
      else search();
    } else if (event.key === "ArrowUp" && open) mark(active <= 0 ? last : active - 1);
    else if (event.key === "Enter" && open && items.length) choose(items[Math.max(active, 0)]);
    else if (event.key === "Escape") {
      if (open) close();
      else input.value = "";
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
