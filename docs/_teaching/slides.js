"use strict";
const slides = [...document.querySelectorAll(".slide")];
const where = document.getElementById("where");
let now = 0;

function show(number, {push = true} = {}) {
  now = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, k) => slide.classList.toggle("now", k === now));
  where.textContent = `${now + 1} of ${slides.length}`;
  document.getElementById("back").disabled = now === 0;
  document.getElementById("on").disabled = now === slides.length - 1;
  if (push) history.replaceState(null, "", `#${now + 1}`);
}

function toggleNotes() {
  const shown = document.body.classList.toggle("with-notes");
  document.getElementById("show-notes").setAttribute("aria-pressed", shown);
}

const keys = {
  ArrowRight: () => show(now + 1), ArrowLeft: () => show(now - 1), PageDown: () => show(now + 1), PageUp: () => show(now - 1),
  " ": () => show(now + 1), Home: () => show(0), End: () => show(slides.length - 1), n: toggleNotes,
};
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in keys) || (event.target.tagName === "BUTTON" && event.key === " ")) return;
  event.preventDefault();
  keys[event.key]();
});
document.getElementById("on").addEventListener("click", () => show(now + 1));
document.getElementById("back").addEventListener("click", () => show(now - 1));
document.getElementById("show-notes").addEventListener("click", toggleNotes);

let touched = null;
document.addEventListener("touchstart", event => { touched = event.changedTouches[0]; }, {passive: true});
document.addEventListener("touchend", event => {
  const moved = event.changedTouches[0].clientX - touched.clientX, high = event.changedTouches[0].clientY - touched.clientY;
  if (Math.abs(moved) > 60 && Math.abs(moved) > 2 * Math.abs(high)) show(now + (moved < 0 ? 1 : -1));
}, {passive: true});
addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0, {push: false}));
show(Number(location.hash.slice(1)) - 1 || 0, {push: false});
