// Keys for the desk: move through lines, open them, show their reports. Pages work without this file.
"use strict";
const lines = () => Array.from(document.querySelectorAll(".entry"));
const current = () => lines().indexOf(document.activeElement && document.activeElement.closest(".entry"));
const move = (step) => {
  const all = lines();
  const next = all[Math.min(all.length - 1, Math.max(0, current() + step))];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
};
const press = (key) => {
  const one = lines()[current()] || document;
  const button = one.querySelector(`[data-key="${key}"]`) || document.querySelector(`.links [data-key="${key}"], [data-coding] [data-key="${key}"]`);
  if (!button) return;
  button.click();
  const field = button.tagName === "SUMMARY" && button.parentElement.open && button.parentElement.querySelector("select, input:not([type=hidden])");
  if (field) field.focus();
};
const actions = {
  j: () => move(1),
  k: () => move(-1),
  o: () => { const one = lines()[current()]; const box = one && one.querySelector("details"); if (box) box.open = !box.open; },
  Enter: () => { const one = lines()[current()]; const link = one && one.querySelector(".head a"); if (link) link.click(); },
  a: () => press("a"),
  x: () => press("x"),
  c: () => press("c"),
  u: () => press("u"),
  y: () => press("y"),
  n: () => press("n"),
  s: () => press("s"),
  "/": () => document.getElementById("q").focus(),
  "?": () => document.getElementById("keys").showModal(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, a, button, summary");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
  event.preventDefault();
  actions[event.key]();
});
// In the queue the keys are at the line where deciding goes on.
const queue = document.querySelector("[data-queue]");
if (queue) {
  const at = document.getElementById(location.hash.slice(1));
  const line = at && queue.contains(at) ? at : lines()[0];
  line.focus();
  line.scrollIntoView({ block: "nearest" });
}
const first = document.querySelector("[data-first]");
if (first) first.focus();
