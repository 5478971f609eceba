// The page begins.
if (new URLSearchParams(location.search).has("embed")) document.body.classList.add("embed");
if (!D.parameters.length && !D.held.length) document.body.classList.add("still");
readAddress();
setColours();
buildTree();
buildKinds();
buildAxes();
buildSliders();
buildCurve();
buildQuiz();
$("proved").textContent = D.proved;

function resize() {
  if (!state.axes.length) return;
  sizeMap();
  put(state.values);
  redrawMap();
}

if (state.axes.length) {
  sizeMap();
  let width = map.canvas.clientWidth;
  new ResizeObserver(() => {
    if (map.canvas.clientWidth === width) return;
    width = map.canvas.clientWidth;
    resize();
  }).observe(map.canvas);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  setColours();
  kindParts.forEach(({box}, k) => box.querySelector(".swatch").replaceWith(swatch(k)));
  update({map: true});
});
redraw({map: true});

/* In a frame that may be reached, such as a notebook's, the page is as tall as what it shows: nothing scrolls twice. */
if (window.frameElement) {
  const main = document.querySelector("main");
  new ResizeObserver(() => { window.frameElement.style.height = `${Math.ceil(main.getBoundingClientRect().height) + 4}px`; }).observe(main);
}

/** For tests, and for pages that hold this one in a frame: read and set the situation. */
window.explorer = Object.freeze({
  get values() {
    put(state.values);
    return Object.fromEntries(D.parameters.map((parameter, i) => [parameter.name, valueOf(i)]));
  },
  set(values) {
    const changes = {};
    for (const [name, value] of Object.entries(values)) {
      const i = D.parameters.findIndex(parameter => parameter.name === name);
      if (i < 0) throw new RangeError(`There is no parameter ${name}.`);
      changes[i] = value;
    }
    change(changes);
  },
  at(values) {
    put(D.parameters.map((parameter, i) => values[parameter.name] ?? state.values[i]));
    const found = existing().map(k => ({number: k + 1, name: D.kinds[k].name, free: D.kinds[k].free.length, ...played(k)}));
    put(state.values);
    return found.map(({number, name, free, play, pay, out}) => ({number, name, free: free.length, play, pay, out}));
  },
  /** What the map shows at pixels of a raster: the values there, the classes, and how near the nearest border is. */
  pixels(columns, rows) {
    const found = [], [i, j] = state.axes;
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
      const x = Math.floor((c + 0.5) / columns * map.wide), y = Math.floor((r + 0.5) / rows * map.high);
      const values = state.values.slice(), spans = [axis(0).reach, axis(1).reach];
      values[i] = spans[0][0] + (x + 0.5) / map.wide * (spans[0][1] - spans[0][0]);
      values[j] = spans[1][0] + (1 - (y + 0.5) / map.high) * (spans[1][1] - spans[1][0]);
      put(values);
      const slack = Math.min(...D.kinds.flatMap(kind => relationsIn(kind.when)).map(n => Math.abs(gap(n))));
      const region = map.regions[y * map.wide + x];
      const kinds = region < 0 ? [] : regions[region].kinds.map(k => k + 1);
      found.push({values: Object.fromEntries(D.parameters.map((parameter, n) => [parameter.name, values[n]])), kinds, slack});
    }
    put(state.values);
    return found;
  },
  get busy() {
    return isAsked || (state.axes.length > 0 && map.known !== 1) || (curve.along !== null && curve.key !== curve.wanted);
  },
  drawing,
});
