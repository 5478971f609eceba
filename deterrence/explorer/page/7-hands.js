// Sliders, buttons, axes, and the address in which the whole situation stands.
const sliders = [];

function buildSliders() {
  D.parameters.forEach((parameter, i) => {
    const [low, high] = parameter.reach, id = `parameter-${i}`;
    const name = parameter.name.replaceAll("_", " ");
    const label = make("label", {for: id}, `${name} `, parameter.symbol === null ? "" : math(parameter.symbol));
    const number = parameter.tied ? make("output", {id}) : make("input", {type: "number", id: `${id}-number`, step: "any", "aria-label": `${name} as a number`});
    const wrong = make("p", {class: "wrong", role: "alert", hidden: true});
    const row = make("div", {class: "slider"}, label, number);
    let slider = null;
    if (!parameter.tied) {
      slider = make("input", {type: "range", id, min: low, max: high, step: (high - low) / 1000, "aria-describedby": `${id}-meaning`});
      slider.oninput = () => change({[i]: Number(slider.value)});
      number.onchange = () => typed(i, number, wrong);
      row.append(slider);
    }
    row.append(make("small", {id: `${id}-meaning`}, parameter.meaning, parameter.tied ? " (follows from the others)" : "", parameter.plausible ? `; ${parameter.plausible}` : ""), wrong);
    sliders.push({slider, number, wrong});
    $("sliders").append(row);
  });
  if (!D.parameters.length) $("slider-part").hidden = true;
  $("reach").hidden = !D.parameters.some(parameter => parameter.plausible);
  $("held").hidden = !D.held.length;
  $("held").querySelector("dl").append(...D.held.flatMap(one => [make("dt", {}, `${one.name} = ${one.value}`), make("dd", {}, one.meaning)]));
}

/** Take a number that was typed; one out of range is refused with a sentence, and the slider grows where it may. */
function typed(i, number, wrong) {
  const value = Number(number.value), parameter = D.parameters[i], [low, high] = parameter.range;
  const tooLow = low !== null && value < low, tooHigh = high !== null && value > high;
  const isNumber = number.value.trim() !== "" && Number.isFinite(value);
  wrong.hidden = isNumber && !tooLow && !tooHigh;
  if (!wrong.hidden) {
    const span = low !== null && high !== null ? `between ${show(low)} and ${show(high)}` : low !== null ? `at least ${show(low)}` : high !== null ? `at most ${show(high)}` : "a number";
    wrong.textContent = `${parameter.name} must be ${span}; it stays at ${show(state.values[i])}.`;
    return;
  }
  if (value < parameter.reach[0] || value > parameter.reach[1]) {
    parameter.reach = [Math.min(parameter.reach[0], value), Math.max(parameter.reach[1], value)];
    Object.assign(sliders[i].slider, {min: parameter.reach[0], max: parameter.reach[1], step: (parameter.reach[1] - parameter.reach[0]) / 1000});
  }
  change({[i]: value});
}

function redrawSliders() {
  put(state.values);
  sliders.forEach(({slider, number, wrong}, i) => {
    const value = valueOf(i);
    if (!slider) {
      number.textContent = show(value);
      return;
    }
    slider.value = value;
    if (document.activeElement !== number || wrong.hidden) number.value = Number(value.toPrecision(6));
    wrong.hidden = wrong.hidden || document.activeElement !== number;
  });
}

/** Choice of what the axes show. */
function buildAxes() {
  if (!state.axes.length) {
    $("map-part").hidden = true;
    return;
  }
  state.axes.forEach((_, which) => {
    const select = make("select", {"aria-label": which ? "Parameter upwards" : "Parameter to the right"});
    select.append(...MOVABLE.map(i => make("option", {value: i}, D.parameters[i].name.replaceAll("_", " "))));
    select.value = state.axes[which];
    select.onchange = () => {
      const taken = Number(select.value), other = 1 - which;
      if (state.axes[other] === taken) state.axes[other] = state.axes[which];
      state.axes[which] = taken;
      [...$("axes").querySelectorAll("select")].forEach((each, n) => each.value = state.axes[n]);
      update({map: true});
    };
    $("axes").append(make("label", {}, which ? "upwards " : "to the right ", select));
  });
}

/** Set parameters and draw everything anew. The map alone stays where only the parameters on its axes have moved. */
function change(changes) {
  const moved = Object.keys(changes).map(Number);
  for (const i of moved) state.values[i] = changes[i];
  update({map: moved.some(i => !state.axes.includes(i)) || D.parameters.some(parameter => parameter.tied)});
}

let isAsked = false, asked = {};

/** Draw at the next picture, however often it is asked for until then. */
function update(what = {}) {
  asked = {map: asked.map || what.map};
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const whole = asked;
    asked = {};
    redraw(whole);
  });
}

const drawing = {ms: []};

function redraw({map: withMap = false} = {}) {
  const begun = performance.now();
  put(state.values);
  const here = existing();
  if (!here.includes(state.chosen)) state.chosen = here.length ? here[0] : null;
  tell(here);
  put(state.values);
  const now = state.chosen === null ? null : played(state.chosen);
  redrawTree(quiz.waits ? null : now);
  redrawKinds(here);
  if (withMap) redrawMap();
  else paintOver();
  put(state.values);
  redrawSliders();
  redrawLegend(here);
  redrawCurve();
  writeAddress();
  drawing.ms.push(performance.now() - begun);
}

function redrawLegend(here) {
  if (!state.axes.length) return;
  const words = quiz.waits ? "not shown before you have answered" : here.length ? listed(here.map(k => LABELS[k])) : "no known equilibrium";
  const where = state.axes.map(i => `${D.parameters[i].name.replaceAll("_", " ")} ${show(state.values[i])}`);
  map.canvas.setAttribute("aria-label", `Map of equilibria. At ${listed(where)}: ${words}.`);
  const key = `${regions.map(region => region.kinds.join()).join(";")}|${isDark()}`;
  if ($("legend").dataset.of === key) return;
  $("legend").dataset.of = key;
  const onMap = [...new Set(regions.flatMap(region => region.kinds))].sort((a, b) => a - b);
  $("legend").replaceChildren(...onMap.map(k => make("li", {}, swatch(k), `${k + 1}. ${bases[k]}`)));
}

// -- the address -------------------------------------------------------------------------------------

/** The situation as text: what differs from the beginning. */
function situation() {
  const parts = MOVABLE.filter(i => state.values[i] !== BEGIN[i]).map(i => [D.parameters[i].name, Number(state.values[i].toPrecision(6))]);
  if (state.axes.join() !== D.axes.join()) parts.push(["axes", state.axes.map(i => D.parameters[i].name).join(".")]);
  if (state.chosen !== null && state.chosen !== (existing()[0] ?? null)) parts.push(["class", state.chosen + 1]);
  return parts.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join("&");
}

function writeAddress() {
  try {
    history.replaceState(null, "", `#${situation()}`);
  } catch {
    // A page inside a notebook has no address of its own.
  }
}

function readAddress() {
  for (const [name, text] of new URLSearchParams(location.hash.slice(1))) {
    const i = D.parameters.findIndex(parameter => parameter.name === name), value = Number(text);
    if (i >= 0 && Number.isFinite(value)) {
      const [low, high] = D.parameters[i].range;
      state.values[i] = within(value, [low ?? -Infinity, high ?? Infinity]);
      const reach = D.parameters[i].reach;
      D.parameters[i].reach = [Math.min(reach[0], state.values[i]), Math.max(reach[1], state.values[i])];
    }
    if (name === "class" && D.kinds[value - 1]) state.chosen = value - 1;
    if (name === "axes") {
      const found = text.split(".").map(part => D.parameters.findIndex(parameter => parameter.name === part));
      if (found.length === state.axes.length && found.every(n => MOVABLE.includes(n))) state.axes = found;
    }
  }
}

// -- buttons -----------------------------------------------------------------------------------------

async function copy(text, what) {
  let said = `${what} is in the clipboard: `;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = `${what} (select and copy): `;
  }
  $("copied").replaceChildren(said, make("code", {}, text));
}

$("reset").onclick = () => {
  state.values = BEGIN.slice();
  state.free = D.kinds.map(() => ({}));
  $("copied").replaceChildren();
  update({map: true});
};
$("python").onclick = () => {
  const moved = MOVABLE.filter(i => state.values[i] !== BEGIN[i]).map(i => `${D.parameters[i].name}=${Number(state.values[i].toPrecision(6))}`);
  copy(`${D.python}${moved.length ? `.at(${moved.join(", ")})` : ""}`, "The game at these values");
};
$("link").onclick = () => copy(location.href, "The address of this situation");
