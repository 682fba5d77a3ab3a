// Light or dark: the system's choice until the reader makes one, which this browser then remembers (no cookie).
// Loaded before the page is painted, so that it does not flash; hence no module.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch {
    // a browser that keeps nothing: the choice holds for this page
  }
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const show = () => {
      const told = isDark() ? "Use light colours" : "Use dark colours";
      button.dataset.next = isDark() ? "light" : "dark";
      button.title = told;
      button.setAttribute("aria-label", told);
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // see above
      }
      show();
      document.dispatchEvent(new CustomEvent("theme", { detail: root.dataset.theme }));
    });
    system.addEventListener("change", () => {
      show();
      document.dispatchEvent(new CustomEvent("theme", { detail: isDark() ? "dark" : "light" }));
    });
    show();
    button.hidden = false;
  });
})();
