// Keys of the page of a policy: j and k, or the arrows, go from mark to mark; J and K to those of the same kind; p and P
// from practice to practice; Esc closes. Letters count only while the focus is in the text or in the panel
// (https://www.w3.org/TR/WCAG22/#character-key-shortcuts).

/**
 * Listen to the keys.
 * @param {HTMLElement} text the text with marks
 * @param {HTMLElement} panel what is told of the chosen one
 * @param {{choose: (url: URL, how?: object) => void, close: () => void}} page
 */
export function watchKeys(text, panel, { choose, close }) {
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (event.key === "Escape" && panel.querySelector(".told:not(.empty)")) return close();
    const inside = text.contains(event.target) || panel.contains(event.target);
    const step = inside && steps[event.key];
    if (!step) return;
    const next = beside(text, event.target, step);
    if (!next) return;
    event.preventDefault();
    if (text.contains(event.target)) next.focus({ preventScroll: true });
    choose(new URL(next.href));
  });
}

const steps = {
  j: { by: 1 }, k: { by: -1 }, ArrowRight: { by: 1, text: true }, ArrowLeft: { by: -1, text: true },
  J: { by: 1, alike: true }, K: { by: -1, alike: true }, p: { by: 1, practices: true }, P: { by: -1, practices: true },
};

/** The mark that a step leads to; undefined at an end of the text. */
function beside(text, target, { by, alike, practices, text: onMarks }) {
  if (onMarks && !target.matches("a.m, a.did")) return undefined;
  const all = [...text.querySelectorAll(practices ? "a.did" : "a.m")];
  const from = text.contains(target) && target !== text ? target.closest("a") : chosen(text, practices);
  const name = practices ? from?.dataset.p : from?.dataset.m?.split(" ")[0];
  const role = from?.dataset.r;
  const wanted = each =>
    (practices || each.dataset.m.split(" ")[0] !== name) && (!alike || !role || each.dataset.r === role);
  const at = from ? all.indexOf(from) : -1;
  if (at >= 0) {
    for (let next = at + by; next >= 0 && next < all.length; next += by) {
      if (wanted(all[next])) return all[next];
    }
    return undefined;
  }
  // from elsewhere: what follows, or goes before, what is in sight
  const after = all.findIndex(each =>
    from ? from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING : each.getBoundingClientRect().top > 0);
  if (by > 0) return after < 0 ? undefined : all[after];
  return after < 0 ? all.at(-1) : all[after - 1];
}

function chosen(text, practices) {
  return practices ? text.querySelector("a.did.on") : text.querySelector("a.m.on") ?? text.querySelector("a.did.on");
}
