/**
 * Suggestions for fields that say `data-suggest="address"`: what is typed goes there as `q`, and what comes back fills
 * the field's datalist.
 */

/** Milliseconds without a key after which is asked. */
const PAUSE = 150;

/** Gives suggestions to every such field of the page. */
export function offerSuggestions() {
  for (const field of document.querySelectorAll("input[data-suggest]")) offer(field);
}

function offer(field) {
  const list = document.getElementById(field.getAttribute("list"));
  let timer = 0;
  let asking = null;
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    const typed = field.value.trim();
    // a suggestion that was taken is no word that was typed
    if (!typed || (event.inputType === undefined || event.inputType === "insertReplacementText")) return;
    timer = setTimeout(async () => {
      asking?.abort();
      asking = new AbortController();
      const address = new URL(field.dataset.suggest, location.href);
      address.searchParams.set("q", typed);
      try {
        const response = await fetch(address, { signal: asking.signal });
        if (response.ok) show(list, await response.json());
      } catch {
        // the field works without suggestions
      }
    }, PAUSE);
  });
}

function show(list, found) {
  list.replaceChildren(
    ...found.map(({ value, label, note }) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = [label, note].filter(Boolean).join(" · ");
      return option;
    }),
  );
}
