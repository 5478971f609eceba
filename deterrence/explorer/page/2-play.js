// Which classes exist at the present values, and what is played in them. Nothing here draws.
const BEGIN = D.parameters.map(parameter => parameter.value);
const MOVABLE = D.parameters.map((_, i) => i).filter(i => !D.parameters[i].tied);
for (const kind of D.kinds) kind.free = kind.free.map(([isBelief, of, set, symbol, math]) => ({isBelief, of, set, symbol, math}));

// A class is called by its name without what tells it apart; where several share that, with its number.
const bases = D.kinds.map(kind => kind.name.replace(/ (\(.*\)|\[\d+\])$/, ""));
const LABELS = bases.map((base, k) => bases.filter(other => other === base).length > 1 ? `${base}\u00a0(${k + 1})` : base);

const state = {values: BEGIN.slice(), axes: D.axes.slice(), chosen: null, free: D.kinds.map(() => ({}))};

// Every relation is computed once for a point, however many conditions it stands in.
let point = 1;
const seen = new Int32Array(D.relations.length);
const verdicts = new Uint8Array(D.relations.length);

function put(values) {
  for (let i = 0; i < values.length; i++) SET[i](values[i]);
  TIE();
  point++;
}

/** The value of a parameter at the point that was put, also of one that follows from others. */
const valueOf = i => GET[i]();

/** By how much a relation holds; below zero where it fails. */
function gap(i) {
  const left = SIDES[i][0](), right = SIDES[i][1](), sign = D.relations[i].op;
  if (sign === "==") return -Math.abs(left - right);
  if (sign === "!=") return Math.abs(left - right);
  return sign[0] === ">" ? left - right : right - left;
}

const STRICT = D.relations.map(({op}) => [">", "<", "!="].includes(op));

/** Whether a relation holds, up to what a browser's arithmetic may round. */
function meets(i) {
  const [left, right] = SIDES[i], rounding = EPSILON * Math.max(1, Math.abs(left()), Math.abs(right()));
  return STRICT[i] ? gap(i) > rounding : gap(i) >= -rounding;
}

function verdict(i) {
  if (seen[i] !== point) {
    seen[i] = point;
    verdicts[i] = meets(i) ? 1 : 0;
  }
  return verdicts[i] === 1;
}

/** Turn a condition into a function. */
function tested(when) {
  if (when === true || when === false) return () => when;
  if (typeof when === "number") return () => verdict(when);
  const parts = when.slice(1).map(tested), all = when[0] === "and";
  return () => {
    for (const part of parts) if (part() !== all) return !all;
    return all;
  };
}

const EXISTS = D.kinds.map(kind => tested(kind.when));
const isAllowed = tested(D.assumed);
const existing = () => isAllowed() ? EXISTS.map((exists, k) => exists() ? k : -1).filter(k => k >= 0) : [];

/** The relations of a condition, in their order. */
const relationsIn = when => typeof when === "boolean" ? [] : typeof when === "number" ? [when] : when.slice(1).flatMap(relationsIn);

/** The relation on which a condition turns, and by how much: of several that must hold the tightest. */
function tightest(when) {
  if (typeof when === "boolean") return {i: null, by: when ? Infinity : -Infinity};
  if (typeof when === "number") return {i: when, by: gap(when)};
  const parts = when.slice(1).map(tightest);
  return parts.reduce((a, b) => (when[0] === "and" ? b.by < a.by : b.by > a.by) ? b : a);
}

// -- free values: what may vary without leaving a class ------------------------------------------------

/** The range of one free value, the others as they are; its inequalities are linear in it. */
function freeRange(k, j) {
  const set = FREE[D.kinds[k].free[j].symbol];
  let low = 0, high = 1;
  for (const i of D.kinds[k].together) {
    set(0);
    const at0 = gap(i);
    set(1);
    const slope = gap(i) - at0;
    if (Math.abs(slope) < 1e-12) continue;
    if (slope > 0) low = Math.max(low, -at0 / slope);
    else high = Math.min(high, -at0 / slope);
  }
  return [low, high];
}

/** Put free values: those that were chosen as far as they are possible, else the middle of what is. */
function settle(k) {
  const free = D.kinds[k].free, chosen = state.free[k], values = free.map((_, j) => chosen[j] ?? 0.5);
  const putAll = () => free.forEach((one, j) => FREE[one.symbol](values[j]));
  const ranges = [];
  putAll();
  for (let round = 0; round < 3; round++) {
    free.forEach((one, j) => {
      const [low, high] = ranges[j] = freeRange(k, j);
      if (low <= high) values[j] = chosen[j] === undefined ? (low + high) / 2 : within(chosen[j], [low, high]);
      putAll();
    });
    if (ranges.every(([low, high]) => low <= high + EPSILON)) break;
    approach(k, values);
    putAll();
  }
  return free.map((one, j) => ({...one, value: values[j], range: ranges[j]}));
}

/** Move values towards where all their linear inequalities hold, over one violated plane after another (Motzkin). */
function approach(k, values) {
  const {free, together} = D.kinds[k];
  const putAll = () => free.forEach((one, j) => FREE[one.symbol](values[j]));
  for (let step = 0; step < 500; step++) {
    putAll();
    const worst = together.reduce((a, i) => gap(i) < gap(a) ? i : a, together[0]);
    const miss = gap(worst);
    if (miss > 0) return;
    const slopes = free.map(one => {
      FREE[one.symbol](0);
      const at0 = gap(worst);
      FREE[one.symbol](1);
      const slope = gap(worst) - at0;
      putAll();
      return slope;
    });
    const size = slopes.reduce((sum, slope) => sum + slope * slope, 0);
    if (size < 1e-18) return;
    values.forEach((value, j) => values[j] = within(value + (1e-9 - 1.5 * miss) * slopes[j] / size, [0, 1]));
  }
}

// -- what is played --------------------------------------------------------------------------------

/** Everything of one class at the present values. */
function played(k) {
  const free = settle(k), table = rows => rows.map(row => ROWS[row]());
  return {free, play: table(D.kinds[k].play), belief: table(D.kinds[k].belief), pay: KINDS[k].pay(), out: KINDS[k].out()};
}

/** The probability with which play reaches each node of the tree that is drawn. */
function reached(play) {
  const reach = {};
  for (const node of D.tree.nodes) {
    if (node.up === undefined) reach[node.n] = 1;
    else reach[node.n] = reach[node.up] * chanceOf(node, play);
  }
  return reach;
}

const NODES = Object.fromEntries(D.tree.nodes.map(node => [node.n, node]));

/** The probability of the branch to a node. */
function chanceOf(node, play) {
  const set = NODES[node.up].set;
  return set < 0 ? CHANCE[node.n]() : play[set][node.branch];
}
