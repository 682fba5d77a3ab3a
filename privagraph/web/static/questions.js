/** The pages of questions: answers that come later, suggestions for fields, and the list that narrows while one types. */
import { fetchParts } from "./fetched.js";
import { offerSuggestions } from "./suggest.js";

fetchParts();
offerSuggestions();
const find = document.querySelector("form.find");
if (find) narrow(find);

/** Shows those questions alone that have the words and the topic that the form asks for. */
function narrow(form) {
  const items = [...document.querySelectorAll(".topics li")];
  const sections = [...document.querySelectorAll(".topics section")];
  const told = document.getElementById("found");
  const words = form.elements.q;
  const tag = form.elements.tag;
  const total = told.textContent.match(/of (\d+)/)[1];
  // the server has left out what does not fit the address; the whole list comes from it again
  const whole = items.length === Number(total);
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) {
      const has = wanted.every((word) => item.dataset.words.includes(word));
      item.hidden = !has || (tag.value && !item.dataset.tags.split(" ").includes(tag.value));
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    told.textContent = `${items.filter((item) => !item.hidden).length} of ${total} questions`;
  };
  if (whole) words.addEventListener("input", show);
  tag.addEventListener("change", () => (whole ? show() : form.requestSubmit()));
}
