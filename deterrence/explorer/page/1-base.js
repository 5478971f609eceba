// Small tools, and numbers as they are written.
const EPSILON = 1e-9;
const NS = "http://www.w3.org/2000/svg";
const $ = id => document.getElementById(id);

/** Make an element with attributes, handlers (`onclick`) and children; a string is text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element[name] = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== ""));
  return element;
}

/** Make an element of a drawing; its style is set as the page's policy allows. */
function draw(tag, {style = "", ...attributes} = {}, text = "") {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.style.cssText = style;
  if (text) element.textContent = text;
  return element;
}

const LONG = 180;  // a formula of more letters scrolls in a line of its own

/** Return a formula that was written when the page was made. */
function math(number) {
  const span = make("span", {class: D.math[number].length > LONG ? "math long" : "math"});
  const row = D.math[number];  // one that begins with an exclamation mark is written in full
  const inner = row.startsWith("!") ? row.slice(1) : row.replace(/[^\w\s]|_/g, sign => ELEMENTS[sign] ?? sign);
  span.innerHTML = `<math>${inner}</math>`;
  return span;
}

/** Write a number with about three digits, and never as 0 what is not. */
function show(value, digits = 3) {
  if (!Number.isFinite(value)) return "—";
  const size = Math.abs(value);
  if (size < 1e-12) return "0";
  const written = size >= 1000 ? String(Math.round(value)) : size < 1e-4 ? value.toPrecision(1) : String(Number(value.toPrecision(digits)));
  return written.replace("-", "−");
}

/** Write a probability as a percentage; only certainty is 0 % or 100 %. */
function percent(p) {
  if (p < 1e-12) return "0 %";
  if (p > 1 - 1e-12) return "100 %";
  if (p < 0.005) return "under 1 %";
  if (p > 0.995) return "over 99 %";
  return `${Math.round(100 * p)} %`;
}

const listed = words => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
const within = (value, [low, high]) => Math.min(high, Math.max(low, value));
const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
