/** Where one might begin: the organisations that the most policies name. */
import { made } from "/static/browser/graph-panel.js";

/**
 * Fills the list of beginnings.
 * @param {HTMLElement} host
 * @param {(item: {policy: string, node: string, label: string}) => void} onChoose
 */
export async function start(host, onChoose) {
  const response = await fetch("/explorer/search");
  if (!response.ok) return;
  const { kinds } = await response.json();
  for (const { items, total } of kinds) {
    const list = made("ul", { class: "plain explorer-begin" });
    for (const item of items) {
      const button = made("button", { type: "button", class: "graph-jump" }, item.label);
      button.addEventListener("click", () => onChoose(item));
      list.append(made("li", {}, button, made("span", { class: "quiet small" }, ` ${item.more}`)));
    }
    host.append(made("h3", {}, "Named by the most policies"), list);
    if (total > items.length) host.append(made("p", { class: "small quiet" }, `Of ${total.toLocaleString("en")} organisations; the search finds all.`));
  }
}
