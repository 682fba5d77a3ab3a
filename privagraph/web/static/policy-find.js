// Words are looked for while they are typed, and lit up by the CSS Custom Highlight API, which leaves the text alone
// (https://drafts.csswg.org/css-highlight-api-1/). Where a browser lacks it, the form asks the server.

const MOST = 2000;

/**
 * Listen to the field for words.
 * @param {HTMLElement} text where to look
 */
export function watchFind(text) {
  const form = document.getElementById("find");
  const field = form.querySelector("input");
  const told = document.getElementById("hits");
  if (!("highlights" in CSS)) return;
  let ranges = [];
  let now = -1;

  function look() {
    for (const each of text.querySelectorAll("mark.hit")) each.replaceWith(...each.childNodes);
    text.normalize();
    ranges = field.value.trim() ? found(text, field.value.trim()) : [];
    now = -1;
    CSS.highlights.set("found", new Highlight(...ranges));
    CSS.highlights.delete("found-now");
    tell();
    const url = new URL(location.href);
    if (field.value.trim()) url.searchParams.set("find", field.value.trim());
    else url.searchParams.delete("find");
    history.replaceState(null, "", `${url.pathname}${url.search}`);
  }

  function tell() {
    const number = ranges.length >= MOST ? `over ${MOST}` : `${ranges.length}`;
    const places = `${number} ${ranges.length === 1 ? "place" : "places"}`;
    told.textContent = !field.value.trim() ? "" : now < 0 ? places : `${now + 1} of ${places}`;
  }

  function go(by) {
    if (!ranges.length) return;
    now = (now + by + ranges.length) % ranges.length;
    CSS.highlights.set("found-now", new Highlight(ranges[now]));
    const box = ranges[now].getBoundingClientRect();
    scrollTo({ top: scrollY + box.top - innerHeight / 3 });
    tell();
  }

  field.addEventListener("input", look);
  field.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    go(now < 0 ? 0 : -1);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    if (!ranges.length) look();
    go(1);
  });
  new MutationObserver(() => {
    if (field.value.trim() && !ranges.every(each => text.contains(each.startContainer))) look();
  }).observe(text, { childList: true });
  if (field.value.trim()) look();
}

/** Where words stand within the lines of the text, small and capital letters being the same. */
function found(text, words) {
  const pattern = new RegExp(words.split(/\s+/).map(each => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "giu");
  const ranges = [];
  for (const line of text.querySelectorAll(".words")) {
    const nodes = [];
    let whole = "";
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest(".beside")) continue;
      nodes.push([whole.length, walker.currentNode]);
      whole += walker.currentNode.data;
    }
    for (const hit of whole.matchAll(pattern)) {
      const range = new Range();
      range.setStart(...place(nodes, hit.index));
      range.setEnd(...place(nodes, hit.index + hit[0].length, true));
      ranges.push(range);
      if (ranges.length === MOST) return ranges;
    }
  }
  return ranges;
}

/** The text node and the offset in it of an offset in a line. */
function place(nodes, offset, isEnd = false) {
  const [start, node] = nodes.findLast(([begin]) => (isEnd ? begin < offset : begin <= offset));
  return [node, offset - start];
}
