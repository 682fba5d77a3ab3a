// The outline shows under which heading the reader is.

/**
 * Follow the reader.
 * @param {HTMLElement} text the text with headings
 */
export function watchOutline(text) {
  const links = new Map([...document.querySelectorAll("#outline a")].map(each => [each.hash.slice(1), each]));
  if (!links.size) return;
  let waiting = false;
  let shown = null;

  function follow() {
    waiting = false;
    const headings = [...text.querySelectorAll("[id^='h']")].filter(each => links.has(each.id));
    const now = headings.findLast(each => each.getBoundingClientRect().top < innerHeight / 3);
    const link = now && links.get(now.id);
    if (link === shown) return;
    shown?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    shown = link ?? null;
  }

  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  }, { passive: true });
}
