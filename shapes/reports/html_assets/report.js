"use strict";
// The report is complete without this script; it adds filters, a window for the words of an item, sorting, and
// opens what a link leads to. It goes over the findings once for each change of a filter.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const setHidden = (element, hidden) => {
    if (element.hidden !== hidden) element.hidden = hidden;
  };

  const policies = all(".policy").map((element) => ({
    element,
    rules: all(".rule", element).map((rule) => ({
      element: rule,
      severity: rule.dataset.severity,
      profile: rule.dataset.profile,
      more: rule.querySelector(".more"),
      findings: all(".finding", rule).map((finding) => ({ element: finding, text: null })),
    })),
  }));
  const total = policies.reduce((sum, each) => sum + each.rules.reduce((n, rule) => n + rule.findings.length, 0), 0);

  const filters = byId("filters");
  const wordsOf = (policy, rule, finding) => {
    if (finding.text === null) {
      const parts = [policy.element.querySelector("summary"), rule.element.querySelector("h4"), finding.element];
      const advice = all(":scope > p", rule.element);
      finding.text = [...parts, ...advice].map((part) => part.textContent).join(" ").replace(/\s+/g, " ").toLowerCase();
    }
    return finding.text;
  };

  const chosen = (name) => {
    const boxes = all(`input[name="${name}"]`, filters);
    return boxes.length ? new Set(boxes.filter((box) => box.checked).map((box) => box.value)) : null;
  };

  const apply = () => {
    const text = byId("filter-text").value.trim().replace(/\s+/g, " ").toLowerCase();
    const policyChoice = byId("filter-policy");
    const only = policyChoice ? policyChoice.value : "";
    const severities = chosen("severity");
    const profiles = chosen("profile");
    const everyBox = all("input[type=checkbox]", filters).every((box) => box.checked);
    const narrowed = text !== "" || !everyBox;
    let shown = 0;
    let touched = 0;
    for (const policy of policies) {
      let inPolicy = 0;
      const open = !only || policy.element.id === only;
      for (const rule of policy.rules) {
        let inRule = 0;
        const wanted = open && severities.has(rule.severity) && (profiles === null || profiles.has(rule.profile));
        for (const finding of rule.findings) {
          const keep = wanted && (text === "" || wordsOf(policy, rule, finding).includes(text));
          setHidden(finding.element, !keep);
          inRule += keep;
        }
        setHidden(rule.element, inRule === 0);
        if (rule.more && text !== "" && rule.more.querySelector(".finding:not([hidden])")) rule.more.open = true;
        inPolicy += inRule;
      }
      setHidden(policy.element, !open || (narrowed && inPolicy === 0));
      if (only && open) policy.element.open = true;
      shown += inPolicy;
      touched += inPolicy > 0;
    }
    for (const element of all("[data-profile]:not(.rule)")) {
      setHidden(element, profiles !== null && !profiles.has(element.dataset.profile));
    }
    const noun = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
    byId("shown").textContent =
      `Shows ${shown.toLocaleString("en")} of ${noun(total, "finding", "findings")} in ${noun(touched, "policy", "policies")}.`;
  };

  let waiting = 0;
  const applySoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
  };

  if (filters) {
    filters.hidden = false;
    filters.addEventListener("input", applySoon);
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("reset", () => setTimeout(apply));
    byId("open-words").addEventListener("click", (event) => {
      const open = event.target.textContent === "Open all words";
      for (const policy of policies) {
        if (policy.element.hidden || !policy.element.open) continue;
        for (const details of all(".finding:not([hidden]) > .words", policy.element)) details.open = open;
      }
      event.target.textContent = open ? "Close all words" : "Open all words";
    });
    apply();
  }

  const reveal = (target) => {
    if (filters && target.closest("[hidden]")) {
      filters.reset();
      apply();
    }
    for (let each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") each.open = true;
    }
    for (const details of all(":scope > .words, :scope > td > .words", target)) details.open = true;
    target.scrollIntoView({ block: "center" });
  };
  const follow = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches(".finding, .policy, .about, .items tr")) reveal(target);
  };
  addEventListener("hashchange", follow);
  follow();

  const dialog = byId("words");
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.matrix a[href^="#item-"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !dialog.showModal) return;
    const row = byId(link.hash.slice(1));
    if (!row) return;
    event.preventDefault();
    const title = document.createElement("h3");
    title.textContent = row.querySelector("th").textContent;
    const policy = document.createElement("p");
    policy.className = "quiet";
    policy.textContent = row.closest(".policy").querySelector("h3").textContent;
    const words = all("blockquote, .place", row).map((each) => each.cloneNode(true));
    byId("words-shown").replaceChildren(title, policy, ...words);
    byId("words-where").href = link.hash;
    dialog.showModal();
  });
  byId("words-where").addEventListener("click", () => dialog.close());

  for (const table of all("table.sortable")) {
    const body = table.tBodies[0];
    const heads = all("th[scope=col]", table.tHead);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numbers = head.classList.contains("number");
        const down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : numbers;
        const keyed = Array.from(body.rows, (row) => {
          const text = row.cells[column].textContent;
          return { row, key: numbers ? Number(text.replace(/,/g, "") || -1) : text };
        });
        const compare = numbers ? (a, b) => a.key - b.key : (a, b) => a.key.localeCompare(b.key);
        keyed.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
        body.append(...keyed.map((each) => each.row));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
      });
    });
  }

  addEventListener("beforeprint", () => {
    for (const details of all("details:not([open])")) {
      if (!details.closest("[hidden]")) {
        details.open = true;
        details.dataset.printed = "";
      }
    }
  });
  addEventListener("afterprint", () => {
    for (const details of all("details[data-printed]")) {
      details.open = false;
      delete details.dataset.printed;
    }
  });
})();
