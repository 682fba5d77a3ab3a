const every = document.getElementById("every");
const differences = document.getElementById("differences");
function show() {
  for (const row of document.querySelectorAll("tbody tr:not(:first-child)")) {
    row.hidden = ("below" in row.dataset && !every.checked) || ("alike" in row.dataset && differences.checked);
  }
}
every.addEventListener("change", show);
differences.addEventListener("change", show);
document.getElementById("tools").hidden = false;
show();
