(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const root = document.documentElement;

  const themes = ["system", "light", "dark"];
  const theme = byId("theme");
  theme.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    theme.textContent = `Theme: ${next}`;
  });
  const open = byId("open");
  open.addEventListener("click", () => {
    const opening = open.textContent === "Open all";
    for (const details of all("details")) details.open = opening;
    open.textContent = opening ? "Close all" : "Open all";
  });
  byId("tools").hidden = false;

  const find = byId("find");
  if (find) {
    const rows = all(".overview tbody tr");
    find.addEventListener("input", () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of rows) {
        const text = row.cells[0].textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const left = rows.filter((row) => !row.hidden).length;
      byId("found").textContent = words.length ? `${left} of ${rows.length}` : "";
    });
    byId("finder").hidden = false;
  }

  // Older browsers do not open what a link leads into.
  const reveal = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let closed = false;
    for (let each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS" && !each.open) closed = each.open = true;
    }
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  const back = byId("return");
  const passed = [];
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link === back) {
      event.preventDefault();
      const last = passed.pop();
      if (last) {
        scrollTo({ top: last.top });
        if (last.link.focus) last.link.focus({ preventScroll: true });
      }
    } else if (!link.closest(".contents")) {
      passed.push({ top: scrollY, link });
    }
    back.hidden = !passed.length;
  });

  const glance = byId("glance");
  let leaving = 0;
  let described = null;
  const stay = () => clearTimeout(leaving);
  const hide = () => {
    glance.hidden = true;
    if (described) described.removeAttribute("aria-describedby");
  };
  const leave = () => {
    stay();
    leaving = setTimeout(hide, 250);
  };
  const show = (link) => {
    stay();
    hide();
    const target = byId(link.hash.slice(1));
    const passage = target && target.closest(".words > li");
    const words = passage && passage.querySelector("blockquote");
    if (!words) return;
    glance.replaceChildren(...Array.from(words.childNodes, (each) => each.cloneNode(true)));
    for (const each of all("[id]", glance)) each.removeAttribute("id");
    glance.dir = "auto";
    glance.hidden = false;
    link.setAttribute("aria-describedby", "glance");
    described = link;
    const at = link.getBoundingClientRect();
    const size = glance.getBoundingClientRect();
    const below = at.bottom + size.height + 12 < innerHeight || at.top < size.height + 12;
    glance.style.top = `${scrollY + (below ? at.bottom + 6 : at.top - size.height - 6)}px`;
    glance.style.left = `${scrollX + Math.max(8, Math.min(at.left, innerWidth - size.width - 16))}px`;
  };
  glance.addEventListener("mouseenter", stay);
  glance.addEventListener("mouseleave", leave);
  for (const [name, act] of [["mouseover", show], ["focusin", show], ["mouseout", leave], ["focusout", leave]]) {
    document.addEventListener(name, (event) => {
      const link = event.target.closest && event.target.closest("a.ref");
      if (link) act(link);
    });
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  addEventListener("beforeprint", () => {
    for (const details of all("details:not([open])")) {
      details.open = true;
      details.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of all("details[data-printed]")) {
      details.open = false;
      delete details.dataset.printed;
    }
  });
})();
