// The map of two parameters (or a strip of one), exact at every pixel: coarse at once, then finer until all are known.
const SLICE = 11;             // milliseconds of work between two pictures
const CELL = 5;               // pixels of a page between the places that are tried for a name
const map = {canvas: $("map"), pen: $("map").getContext("2d"), nanoseconds: 400, job: 0, regions: null};
const LEFT = 52, BOTTOM = 40, TOP = 8, RIGHT = 10;

function sizeMap() {
  const wide = Math.max(240, map.canvas.clientWidth), strip = state.axes.length < 2;
  map.scale = Math.min(2, window.devicePixelRatio || 1);
  map.box = {wide, high: strip ? 150 : Math.round(Math.min(420, 0.86 * wide))};
  map.canvas.style.height = `${map.box.high}px`;
  map.canvas.width = Math.round(wide * map.scale);
  map.canvas.height = Math.round(map.box.high * map.scale);
  map.wide = Math.round((wide - LEFT - RIGHT) * map.scale);
  map.high = Math.round((map.box.high - TOP - BOTTOM) * map.scale);
  map.image = map.pen.createImageData(map.wide, map.high);
  map.regions = new Int32Array(map.wide * map.high);
}

const axis = number => D.parameters[state.axes[number]];
const across = value => LEFT + (value - axis(0).reach[0]) / (axis(0).reach[1] - axis(0).reach[0]) * map.wide / map.scale;
const upwards = value => state.axes.length < 2 ? TOP + map.high / map.scale / 2
  : TOP + (1 - (value - axis(1).reach[0]) / (axis(1).reach[1] - axis(1).reach[0])) * map.high / map.scale;

// A region is a set of classes that exist together; it has a number, colours and a name.
const regionNumbers = new Map();
const regions = [];
const OUTSIDE = -1, UNKNOWN = -2;

function regionHere() {
  if (!isAllowed()) return OUTSIDE;
  let low = 0, high = 0;
  for (let k = 0; k < EXISTS.length; k++) if (EXISTS[k]()) k < 48 ? low += 2 ** k : high += 2 ** (k - 48);
  const key = high ? `${low} ${high}` : low;
  let number = regionNumbers.get(key);
  if (number === undefined) {
    number = regions.length;
    regionNumbers.set(key, number);
    regions.push({kinds: EXISTS.map((exists, k) => exists() ? k : -1).filter(k => k >= 0)});
  }
  return number;
}

const GROUND = {light: [255, 255, 255], dark: [18, 23, 29]};
const TINTS = D.kinds.map(kind => [1, 3, 5].map(i => parseInt(kind.tint.slice(i, i + 2), 16)));
const tintOf = k => isDark() ? TINTS[k].map((part, i) => Math.round(0.55 * part + 0.45 * GROUND.dark[i])) : TINTS[k];

function coloursOf(number) {
  const grey = isDark() ? [60, 66, 73] : [176, 176, 176], light = isDark() ? [38, 44, 51] : [232, 232, 232];
  if (number < 0) return [grey];
  const kinds = regions[number].kinds;
  return kinds.length ? kinds.map(tintOf) : [light, grey];
}

/** Redraw the whole map: what a slider has moved. */
function redrawMap() {
  if (!state.axes.length) return;
  map.job++;
  regions.length = 0;
  regionNumbers.clear();
  map.regions.fill(UNKNOWN);
  map.known = 0;
  const budget = SLICE * 1e6 / map.nanoseconds;
  let step = 1;
  while (map.wide * map.high / (step * step) > budget && step < 16) step *= 2;
  const begun = performance.now(), counted = pass(step, 0, map.high, Infinity);
  map.nanoseconds = Math.max(20, 0.7 * map.nanoseconds + 0.3 * (performance.now() - begun) * 1e6 / Math.max(1, counted.points));
  finish();
  if (step > 1) refine(map.job, step / 2, 0);
}

function refine(job, step, from) {
  requestAnimationFrame(() => {
    if (job !== map.job) return;
    const to = pass(step, from, map.high, performance.now() + SLICE).row;
    if (to < map.high) refine(job, step, to);
    else {
      finish();
      if (step > 1) refine(job, step / 2, 0);
    }
  });
}

/** Compute the points of a raster of this step, from a row on, until the time is up; fill the squares around them. */
function pass(step, from, high, until) {
  const values = state.values.slice(), [i, j] = state.axes, wide = map.wide;
  const [low, top] = axis(0).reach, strip = state.axes.length < 2;
  const [low2, top2] = strip ? [0, 1] : axis(1).reach;
  let row = from, points = 0;
  put(values);
  for (; row < high; row += step) {
    if (performance.now() > until) break;
    if (!strip) SET[j](low2 + (1 - (row + 0.5) / high) * (top2 - low2));
    for (let column = 0; column < wide; column += step) {
      const at = row * wide + column;
      if (map.regions[at] !== UNKNOWN && row % (2 * step) === 0 && column % (2 * step) === 0 && map.known === 2 * step) continue;
      SET[i](low + (column + 0.5) / wide * (top - low));
      TIE();
      point++;
      points++;
      const number = regionHere();
      const bottom = Math.min(high, row + step), right = Math.min(wide, column + step);
      for (let y = row; y < bottom; y++) map.regions.fill(number, y * wide + column, y * wide + right);
    }
    if (strip) {
      for (let y = 1; y < high; y++) map.regions.copyWithin(y * wide, 0, wide);
      row = high;
    }
  }
  if (row >= high) map.known = step;
  put(state.values);
  return {row, points};
}

/** Turn regions into colours, with borders, names, axes and the point. */
function finish() {
  paint();
  map.names = named();
  paintOver();
}

function paint() {
  const {wide, high, regions: at} = map, data = map.image.data, cache = new Map();
  const line = isDark() ? [225, 230, 235] : [40, 48, 58], stripe = Math.max(1, Math.round(7 * map.scale));
  for (let y = 0, o = 0; y < high; y++) {
    for (let x = 0; x < wide; x++, o++) {
      const number = at[o];
      let colours = cache.get(number);
      if (!colours) cache.set(number, colours = coloursOf(number));
      const isBorder = (x + 1 < wide && at[o + 1] !== number) || (y + 1 < high && at[o + wide] !== number);
      const colour = isBorder ? line : colours.length === 1 ? colours[0] : colours[Math.floor((x + y) / stripe) % colours.length];
      data[4 * o] = colour[0];
      data[4 * o + 1] = colour[1];
      data[4 * o + 2] = colour[2];
      data[4 * o + 3] = 255;
    }
  }
}

/** Draw everything but the colours, which are kept: a point that is dragged needs no more. */
function paintOver() {
  if (!state.axes.length) return;
  const pen = map.pen, ink = getComputedStyle(document.body).getPropertyValue("--ink");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, map.canvas.width, map.canvas.height);
  if (!quiz.waits) pen.putImageData(map.image, Math.round(LEFT * map.scale), Math.round(TOP * map.scale));
  pen.setTransform(map.scale, 0, 0, map.scale, 0, 0);
  pen.strokeStyle = pen.fillStyle = ink;
  pen.lineWidth = 1;
  pen.strokeRect(LEFT + 0.5, TOP + 0.5, map.wide / map.scale - 1, map.high / map.scale - 1);
  if (!quiz.waits) map.names.forEach(writeName);
  ticks(ink);
  mark(BEGIN, false);
  mark(state.values, true);
}

function ticks(ink) {
  const pen = map.pen, floor = TOP + map.high / map.scale, middle = LEFT + map.wide / map.scale / 2;
  pen.fillStyle = ink;
  pen.font = "12px system-ui, sans-serif";
  for (const share of [0, 0.5, 1]) {
    const value = axis(0).reach[0] + share * (axis(0).reach[1] - axis(0).reach[0]);
    pen.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
    pen.fillText(show(value), across(value), floor + 15);
  }
  pen.textAlign = "center";
  pen.font = "600 12px system-ui, sans-serif";
  pen.fillText(axis(0).name.replaceAll("_", " "), middle, floor + 32);
  if (state.axes.length < 2) return;
  pen.save();
  pen.translate(12, TOP + map.high / map.scale / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(axis(1).name.replaceAll("_", " "), 0, 0);
  pen.restore();
  pen.font = "12px system-ui, sans-serif";
  pen.textAlign = "right";
  for (const share of [0, 0.5, 1]) {
    const value = axis(1).reach[0] + share * (axis(1).reach[1] - axis(1).reach[0]);
    pen.fillText(show(value), LEFT - 5, upwards(value) + (share === 0 ? 0 : share === 1 ? 10 : 4));
  }
}

/** A ring where the page began, a full point where it is now. */
function mark(values, now) {
  const pen = map.pen, x = across(within(values[state.axes[0]], axis(0).reach));
  const y = state.axes.length < 2 ? upwards(0) : upwards(within(values[state.axes[1]], axis(1).reach));
  if (!now && values === BEGIN && state.axes.every(i => Math.abs(state.values[i] - BEGIN[i]) < 1e-12)) return;
  pen.beginPath();
  pen.arc(x, y, now ? 7 : 5, 0, 7);
  if (now) {
    pen.fillStyle = "#b3161b";
    pen.fill();
  }
  pen.lineWidth = now ? 2.5 : 1.5;
  pen.strokeStyle = now ? "#ffffff" : isDark() ? "#ffffff" : "#1d2733";
  pen.stroke();
}

// -- names in regions --------------------------------------------------------------------------------

/** Return the names of the large regions, each with a place where all of it lies inside its region. */
function named() {
  const columns = Math.floor(map.wide / map.scale / CELL), rows = Math.floor(map.high / map.scale / CELL);
  const cells = new Int32Array(columns * rows), areas = new Map();
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    const y = Math.floor((r + 0.5) * CELL * map.scale), x = Math.floor((c + 0.5) * CELL * map.scale);
    const number = cells[r * columns + c] = map.regions[y * map.wide + x];
    areas.set(number, (areas.get(number) ?? 0) + 1);
  }
  const large = [...areas].filter(([number, area]) => number !== UNKNOWN && area > 0.008 * cells.length);
  return large.sort((a, b) => b[1] - a[1]).slice(0, 14).map(([number]) => placed(number, cells, columns, rows)).filter(Boolean);
}

const textOf = number => number === OUTSIDE ? ["outside the assumptions"]
  : regions[number].kinds.length === 0 ? ["not known"] : regions[number].kinds.map(k => LABELS[k]);

/** A name where it fits: on one line, on several, upright, or as the classes' numbers. */
function placed(number, cells, columns, rows) {
  const names = textOf(number), known = number >= 0 && regions[number].kinds.length > 0;
  const whole = names.join(" or "), each = names.flatMap((name, i) => wrapped(i ? `or ${name}` : name, 26));
  const numbers = known ? [[regions[number].kinds.map(k => k + 1).join(" or "), 1]] : [];
  const ways = [[each, 0], [wrapped(whole, 22), 0], [wrapped(whole, 13), 0], [wrapped(whole, 30), 1], ...numbers.map(([text]) => [[text], 0])];
  const room = roomsOf(number, cells, columns, rows);
  map.pen.font = "12px system-ui, sans-serif";
  for (const [lines, upright] of ways) {
    const long = Math.max(...lines.map(line => map.pen.measureText(line).width)) + 8, high = 15 * lines.length + 4;
    const [w, h] = upright ? [high, long] : [long, high];
    const place = room(Math.ceil(w / CELL), Math.ceil(h / CELL));
    if (place) return {lines, upright, x: LEFT + place[0] * CELL, y: TOP + place[1] * CELL, long, high};
  }
  return null;
}

function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines[lines.length - 1] && (lines[lines.length - 1] + " " + word).length > letters) lines.push(word);
    else lines[lines.length - 1] = (lines[lines.length - 1] + " " + word).trim();
  }
  return lines;
}

/** How far each cell is from the border of its region, in cells. */
function depths(number, cells, columns, rows) {
  const depth = new Int16Array(columns * rows);
  for (const [from, to, step] of [[0, rows, 1], [rows - 1, -1, -1]]) {
    for (let r = from; r !== to; r += step) for (let n = 0; n < columns; n++) {
      const c = step > 0 ? n : columns - 1 - n, at = r * columns + c;
      if (cells[at] !== number) depth[at] = 0;
      else {
        const side = c - step >= 0 && c - step < columns ? depth[at - step] : 0;
        const above = r - step >= 0 && r - step < rows ? depth[at - step * columns] : 0;
        const near = 1 + Math.min(side, above);
        depth[at] = step > 0 ? near : Math.min(depth[at], near);
      }
    }
  }
  return depth;
}

/** Return a function that finds, for a box of so many cells, the middle of the best place all inside a region. */
function roomsOf(number, cells, columns, rows) {
  const depth = depths(number, cells, columns, rows), across = columns + 1, sums = new Int32Array(across * (rows + 1));
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    const inside = cells[r * columns + c] === number ? 1 : 0, at = (r + 1) * across + c + 1;
    sums[at] = inside + sums[at - across] + sums[at - 1] - sums[at - across - 1];
  }
  const inside = (c, r, wide, high) => sums[(r + high) * across + c + wide] - sums[r * across + c + wide] - sums[(r + high) * across + c] + sums[r * across + c];
  const [middleX, middleY] = middleOf(number, cells, columns);
  return (wide, high) => {
    let best = null, most = -Infinity;
    for (let r = 0; r + high <= rows; r++) for (let c = 0; c + wide <= columns; c++) {
      if (inside(c, r, wide, high) < wide * high) continue;
      // As far inside as possible, and of equally deep places the one nearest to the middle.
      const x = c + wide / 2, y = r + high / 2, away = Math.hypot(x - middleX, y - middleY);
      const worth = Math.min(depth[Math.floor(y) * columns + Math.floor(x)], 8 + Math.max(wide, high) / 2) - 0.1 * away;
      if (worth > most) {
        most = worth;
        best = [x, y];
      }
    }
    return best;
  };
}

function middleOf(number, cells, columns) {
  let x = 0, y = 0, count = 0;
  cells.forEach((cell, at) => {
    if (cell !== number) return;
    x += at % columns;
    y += Math.floor(at / columns);
    count++;
  });
  return [x / count + 0.5, y / count + 0.5];
}

function writeName({lines, upright, x, y, long, high}) {
  const pen = map.pen;
  pen.save();
  pen.translate(x, y);
  if (upright) pen.rotate(-Math.PI / 2);
  pen.font = "12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.globalAlpha = 0.8;
  pen.fillStyle = isDark() ? "#12171d" : "#ffffff";
  pen.fillRect(-long / 2, -high / 2, long, high);
  pen.globalAlpha = 1;
  pen.fillStyle = isDark() ? "#f2f5f8" : "#1d2733";
  lines.forEach((line, i) => pen.fillText(line, 0, 14 + 15 * i - high / 2));
  pen.restore();
}

// -- hands -------------------------------------------------------------------------------------------

function moveTo(event) {
  const box = map.canvas.getBoundingClientRect(), [i, j] = state.axes;
  const share = within((event.clientX - box.left - LEFT) / (map.wide / map.scale), [0, 1]);
  const rise = within(1 - (event.clientY - box.top - TOP) / (map.high / map.scale), [0, 1]);
  const changes = {[i]: axis(0).reach[0] + share * (axis(0).reach[1] - axis(0).reach[0])};
  if (j !== undefined) changes[j] = axis(1).reach[0] + rise * (axis(1).reach[1] - axis(1).reach[0]);
  change(changes);
}

let isDragged = false;
map.canvas.onpointerdown = event => {
  isDragged = true;
  map.canvas.setPointerCapture(event.pointerId);
  map.canvas.focus({preventScroll: true});
  moveTo(event);
};
map.canvas.onpointermove = event => isDragged && moveTo(event);
map.canvas.onpointerup = map.canvas.onpointercancel = () => isDragged = false;
map.canvas.onkeydown = event => {
  const way = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 1], ArrowDown: [1, -1]}[event.key];
  if (!way || way[0] >= state.axes.length) return;
  event.preventDefault();
  const i = state.axes[way[0]], [low, high] = D.parameters[i].reach;
  const step = (high - low) / (event.shiftKey ? 10 : 100);
  change({[i]: within(state.values[i] + way[1] * step, [low, high])});
};
