// The numbers were still being counted when the page was made: look again in a moment, a few times.

const TRIES = 20;
const address = new URL(window.location.href);
const tried = Number(address.searchParams.get("tried")) || 0;
if (tried < TRIES) {
  address.searchParams.set("tried", String(tried + 1));
  window.setTimeout(() => window.location.replace(address), 1500);
}
