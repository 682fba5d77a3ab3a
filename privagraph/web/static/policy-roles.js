// Which marks are shown: a box that is checked takes effect at once.

/**
 * Listen to the legend.
 * @param {HTMLElement} text the text with marks
 * @param {{fragment: Function, fill: Function, done: () => void}} page
 */
export function watchRoles(text, { fragment, fill, done }) {
  const form = document.getElementById("roles");
  const boxes = [...form.querySelectorAll('input[name="role"]')];
  const only = form.querySelector("#only");
  let turn = 0;
  form.querySelector("[data-submit]").hidden = true;
  if (matchMedia("(max-width: 56rem)").matches) {
    for (const each of document.querySelectorAll(".tools > details")) each.open = false;
  }

  async function show() {
    const mine = ++turn;
    const url = new URL(location.href);
    url.searchParams.delete("role");
    url.searchParams.delete("only");
    url.hash = "";
    const checked = boxes.filter(each => each.checked).map(each => each.value);
    if (checked.length < boxes.length) for (const each of checked.length ? checked : ["none"]) url.searchParams.append("role", each);
    if (only.value) url.searchParams.set("only", only.value);
    history.replaceState(null, "", `${url.pathname}${url.search}`);
    const html = await fragment("text", url);
    if (mine !== turn) return;
    fill(text, html);
    done();
  }

  form.addEventListener("change", show);
  form.addEventListener("submit", event => {
    event.preventDefault();
    show();
  });
  form.addEventListener("click", event => {
    const link = event.target.closest("[data-all]");
    if (!link) return;
    event.preventDefault();
    for (const each of boxes) each.checked = link.dataset.all === "all";
    show();
  });
}
