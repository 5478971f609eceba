// A curve of one measure along one parameter: a line for each class where it exists, and the band between them.
const curve = {of: 0, along: null};
const MEASURES = [...D.outcomes.map((name, i) => ({name: `probability of ${name}`, at: k => KINDS[k].out()[i], bounds: [0, 1]})),
  ...D.players.map((player, i) => ({name: `payoff of ${player.name}`, at: k => KINDS[k].pay()[i], bounds: null}))];
const FRAME = {wide: 640, high: 270, left: 56, right: 14, top: 12, bottom: 44};
const SAMPLES = 160;

function buildCurve() {
  if (!MOVABLE.length || !D.kinds.length) {
    $("curve-part").hidden = true;
    return;
  }
  curve.along = state.axes[0] ?? MOVABLE[0];
  const of = make("select", {"aria-label": "Measure"}, MEASURES.map((measure, m) => make("option", {value: m}, measure.name)));
  const along = make("select", {"aria-label": "Along"}, MOVABLE.map(i => make("option", {value: i}, D.parameters[i].name.replaceAll("_", " "))));
  along.value = curve.along;
  of.onchange = () => { curve.of = Number(of.value); curve.cost = 0; redrawCurve(); };
  along.onchange = () => { curve.along = Number(along.value); curve.cost = 0; redrawCurve(); };
  $("curve-of").append(make("label", {}, "show ", of), make("label", {}, "along ", along));
}

/** The classes at one value of the parameter, with the least and greatest value of the measure in each. */
function sampled(value) {
  SET[curve.along](value);
  TIE();
  point++;
  return {value, kinds: existing().map(k => ({k, span: spanOf(k)}))};
}

/** The least and greatest value of the measure in a class, its free values at their ends. */
function spanOf(k) {
  const at = () => MEASURES[curve.of].at(k), free = settle(k);
  let low = at(), high = low;
  for (const one of free) {
    for (const end of one.range) {
      FREE[one.symbol](end);
      const value = at();
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    FREE[one.symbol](one.value);
  }
  return [low, high];
}

/** Samples along the parameter; where the classes change, both sides of the border. */
function samples() {
  const [low, high] = D.parameters[curve.along].reach, rows = [];
  const keyOf = row => row.kinds.map(({k}) => k).join();
  for (let n = 0; n <= SAMPLES; n++) {
    const row = sampled(low + (high - low) * n / SAMPLES), last = rows[rows.length - 1];
    if (last && keyOf(last) !== keyOf(row)) {
      let [a, b] = [last, row];
      for (let step = 0; step < 24; step++) {
        const middle = sampled((a.value + b.value) / 2);
        if (keyOf(middle) === keyOf(a)) a = middle;
        else b = middle;
      }
      rows.push(a, b);
    }
    rows.push(row);
  }
  put(state.values);
  return rows;
}

/** Draw the curve; where only the parameter along it has moved, no more than its upright line. */
function redrawCurve() {
  if (curve.along === null) return;
  const others = state.values.map((value, i) => i === curve.along ? "" : value);
  const key = [$("curve").clientWidth, curve.of, curve.along, state.chosen, D.parameters[curve.along].reach, others, Object.values(state.free).map(free => Object.values(free))].join("|");
  curve.wanted = key;
  clearTimeout(curve.waits);
  if (curve.key !== key && curve.cost < QUICK) drawCurve(key);
  else if (curve.key !== key) curve.waits = setTimeout(() => drawCurve(key), PAUSE);
  markCurve();
}

const QUICK = 4, PAUSE = 90;  // a curve that takes more milliseconds than QUICK waits until the hand rests so long
curve.cost = 0;

function markCurve() {
  const now = curve.x(within(valueOf(curve.along), D.parameters[curve.along].reach));
  curve.line.setAttribute("x1", now);
  curve.line.setAttribute("x2", now);
}

function drawCurve(key) {
  const begun = performance.now();
  curve.key = key;
  put(state.values);
  FRAME.wide = within($("curve").clientWidth || 640, [300, 760]);
  const rows = samples(), {wide, high, left, right, top, bottom} = FRAME;
  const all = rows.flatMap(row => row.kinds.flatMap(({span}) => span)).filter(Number.isFinite);
  let [least, most] = MEASURES[curve.of].bounds ?? [Math.min(0, ...all), Math.max(0, ...all)];
  if (most - least < 1e-9) most = least + 1;
  const [low, up] = D.parameters[curve.along].reach;
  const x = value => left + (value - low) / (up - low) * (wide - left - right);
  const y = value => top + (most - value) / (most - least) * (high - top - bottom);
  const name = D.parameters[curve.along].name.replaceAll("_", " ");
  const svg = draw("svg", {viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": `${MEASURES[curve.of].name} along ${name}`});
  svg.append(band(rows, x, y), ...frame(x, y, [low, up], [least, most], name));
  const names = [];
  D.kinds.forEach((_, k) => svg.append(...lineOf(k, rows, x, y, names)));
  curve.x = x;
  curve.line = draw("line", {y1: top, y2: high - bottom, style: "stroke:#b3161b;stroke-width:1.5"});
  svg.append(curve.line, ...names);
  $("curve").replaceChildren(svg);
  markCurve();
  curve.cost = performance.now() - begun;
}

function band(rows, x, y) {
  const spans = rows.filter(row => row.kinds.length).map(row => [row.value, Math.min(...row.kinds.map(({span}) => span[0])), Math.max(...row.kinds.map(({span}) => span[1]))]);
  const over = spans.map(([value, , top]) => `${x(value).toFixed(1)},${y(top).toFixed(1)}`);
  const under = spans.map(([value, bottom]) => `${x(value).toFixed(1)},${y(bottom).toFixed(1)}`).reverse();
  return draw("path", {d: spans.length ? `M${[...over, ...under].join("L")}Z` : "", style: "fill:var(--band);stroke:none"});
}

function frame(x, y, [low, up], [least, most], name) {
  const {wide, high, left, right, top, bottom} = FRAME, floor = high - bottom, line = "stroke:var(--quiet);stroke-width:1";
  const parts = [draw("path", {d: `M${left},${top}V${floor}H${wide - right}`, style: `fill:none;${line}`})];
  for (const share of [0, 0.5, 1]) {
    const value = low + share * (up - low), height = least + share * (most - least);
    parts.push(draw("text", {x: x(value), y: floor + 17, "text-anchor": share === 1 ? "end" : share ? "middle" : "start"}, show(value)));
    parts.push(draw("text", {x: left - 6, y: y(height) + 4, "text-anchor": "end"}, show(height)));
  }
  parts.push(draw("text", {x: (left + wide - right) / 2, y: high - 8, "text-anchor": "middle", style: "font-weight:600"}, name));
  return parts;
}

const DASHES = ["", "7 4", "2 3", "10 3 2 3", "4 2", "12 4"];

/** A class's line in pieces, and its number beside the longest one. */
function lineOf(k, rows, x, y, names) {
  const pieces = [[]];
  for (const row of rows) {
    const own = row.kinds.find(one => one.k === k);
    if (own && own.span.every(Number.isFinite)) pieces[pieces.length - 1].push([x(row.value), y(own.span[0]), y(own.span[1])]);
    else if (pieces[pieces.length - 1].length) pieces.push([]);
  }
  const whole = pieces.filter(piece => piece.length);
  if (!whole.length) return [];
  const longest = whole.reduce((a, b) => b[b.length - 1][0] - b[0][0] > a[a.length - 1][0] - a[0][0] ? b : a);
  const spread = 0.15 + 0.7 * (k + 0.5) / D.kinds.length;
  const at = longest[Math.min(longest.length - 1, Math.floor(spread * longest.length))];
  names.push(draw("text", {x: at[0], y: at[2] > FRAME.top + 16 ? at[2] - 5 : at[1] + 15, "text-anchor": "middle", style: "font-weight:700;paint-order:stroke;stroke:var(--paper);stroke-width:4px"}, String(k + 1)));
  const isChosen = state.chosen === k;
  return whole.flatMap(piece => [1, 2].filter(side => side === 1 || piece.some(([, low, high]) => Math.abs(low - high) > 0.5)).map(side =>
    draw("path", {d: `M${piece.map(place => `${place[0].toFixed(1)},${place[side].toFixed(1)}`).join("L")}${piece.length === 1 ? "h.1" : ""}`, style: `fill:none;stroke:var(--ink);stroke-width:${isChosen ? 3 : 1.6};stroke-linecap:round`, "stroke-dasharray": DASHES[k % DASHES.length]})));
}
