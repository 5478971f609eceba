// The classes of equilibria: which exist, why, what is played in each, and what may vary.
const kindParts = [];

function buildKinds() {
  if (!D.kinds.length) $("kinds").append(make("p", {}, "No class of equilibria is known."));
  D.kinds.forEach((kind, k) => {
    const radio = make("input", {type: "radio", name: "kind", value: k, onchange: () => choose(k)});
    const stateOf = make("span", {class: "state"}), body = make("div");
    const label = make("label", {}, radio, swatch(k), `${k + 1}. ${kind.name}`, stateOf);
    const box = make("article", {class: "kind"}, label, body);
    box.style.borderLeftColor = kind.tint;
    kindParts.push({box, radio, stateOf, body, open: {}});
    $("kinds").append(box);
  });
}

function swatch(k) {
  const box = make("span", {class: "swatch", "aria-hidden": "true"});
  box.style.backgroundColor = `rgb(${tintOf(k).join(",")})`;
  return box;
}

function choose(k) {
  state.chosen = k;
  update();
}

function redrawKinds(here) {
  D.kinds.forEach((kind, k) => {
    const {box, radio, stateOf, body} = kindParts[k], exists = here.includes(k), chosen = state.chosen === k;
    box.className = `kind${exists ? "" : " gone"}${chosen ? " chosen" : ""}`;
    radio.disabled = !exists;
    radio.checked = chosen;
    stateOf.className = `state ${exists ? "good" : "bad"}`;
    stateOf.textContent = exists ? "✓ exists here" : "✗ does not exist here";
    if (chosen || !exists || body.dataset.of !== "exists" || body.querySelector("details[open]")) refill(k, exists, chosen);
  });
}

/** Write a class's body again, its folds open or shut as they were. */
function refill(k, exists, chosen) {
  const {body} = kindParts[k], focused = document.activeElement?.dataset?.free, parts = [];
  if (!exists) parts.push(lacking(k));
  if (exists && chosen) {
    const now = played(k);
    parts.push(outcomeBars(now), payoffLine(k, now), fold(k, "play", "What is played and believed", true, () => playTable(k, now)));
    if (now.free.length) parts.push(fold(k, "free", "What may vary", false, () => freeSliders(k, now)));
  }
  parts.push(fold(k, "when", "Condition", chosen, () => conditionTable(D.kinds[k].when)));
  body.replaceChildren(...parts);
  body.dataset.of = exists && !chosen ? "exists" : "";
  if (focused !== undefined) body.querySelector(`[data-free="${focused}"]`)?.focus();
}

/** A part that opens; what is in it is made when it is seen. */
function fold(k, name, title, usually, build) {
  const {open} = kindParts[k], inside = make("div", {class: "scroll"});
  const summary = make("summary", {}, title), part = make("details", {}, summary, inside);
  part.open = open[name] ?? usually;
  if (part.open) inside.append(...[build()].flat());
  summary.onclick = () => {
    open[name] = !part.open;
    if (open[name]) {
      put(state.values);
      inside.replaceChildren(...[build()].flat());
    }
  };
  return part;
}

/** Why a class does not exist here. */
function lacking(k) {
  if (!isAllowed()) return make("p", {}, "These values break an assumption of the game.");
  const {i, by} = tightest(D.kinds[k].when);
  if (i === null) return make("p", {}, "It exists nowhere.");
  return make("p", {}, "It needs ", math(D.relations[i].m), STRICT[i] && by > -EPSILON ? ", which is just missed." : `, short by ${show(Math.abs(by), 2)}.`);
}

function outcomeBars(now) {
  const rows = D.outcomes.map((name, i) => [name, now.out[i]]).filter(([, p]) => p > 1e-12).sort((a, b) => b[1] - a[1]);
  return make("div", {class: "bars"}, rows.flatMap(([name, p]) => {
    const bar = make("span", {class: "bar", "aria-hidden": "true"});
    bar.style.width = `${100 * p}%`;
    return [make("span", {}, name), bar, make("span", {title: show(p, 6)}, percent(p))];
  }));
}

function payoffLine(k, now) {
  return make("p", {}, "Payoffs: ", D.players.flatMap((player, i) => {
    const formula = D.kinds[k].pay[i] === null ? [] : [math(D.kinds[k].pay[i]), " = "];
    return [i ? "; " : "", `${player.name} `, ...formula, make("b", {}, show(now.pay[i]))];
  }).filter(part => part !== ""));
}

function playTable(k, now) {
  const kind = D.kinds[k];
  const rows = D.sets.map((set, h) => {
    const actions = set.actions.map((action, a) => [action, now.play[h][a], formulaIn(kind.play[h], a)]);
    const held = set.histories.map((history, n) => [history, now.belief[h][n], formulaIn(kind.belief[h], n)]);
    return make("tr", {},
      make("td", {}, set.name, kind.reached[h] ? "" : make("small", {}, " (not reached)")),
      make("td", {}, shares(actions)),
      make("td", {}, set.histories.length > 1 ? shares(held) : "—"));
  });
  return make("table", {}, make("thead", {}, make("tr", {}, ["Where", "Play", "Belief"].map(word => make("th", {scope: "col"}, word)))), make("tbody", {}, rows));
}

/** The number of the formula at a place of a row of probabilities; null where a number stands there. */
const formulaIn = (row, place) => D.rows[row] ? D.rows[row][place] : null;

/** What has a probability: its name where it is certain, else each with its formula and number. */
function shares(rows) {
  const likely = rows.filter(([, p]) => p > 1e-12);
  if (likely.length === 1 && likely[0][2] === null) return [likely[0][0]];
  return likely.map(([name, p, formula]) => make("div", {}, `${name} `, formula === null ? "" : [math(formula), " = "], make("b", {}, show(p))));
}

function freeSliders(k, now) {
  return now.free.map((one, j) => {
    const [low, high] = one.range, wide = high - low > 1e-12;
    const what = one.isBelief ? "belief in" : "probability of";
    const label = make("label", {}, math(one.math), ` ${what} “${one.of}” at ${D.sets[one.set].name}: from ${show(low)} to ${show(high)}`);
    const slider = make("input", {type: "range", min: low, max: high, step: wide ? (high - low) / 200 : 1, value: one.value, disabled: !wide, "data-free": `${k},${j}`, "aria-label": `${what} ${one.of}`});
    slider.value = one.value;
    slider.oninput = () => {
      state.free[k][j] = Number(slider.value);
      redrawTree(played(k));
      output.textContent = show(Number(slider.value));
    };
    slider.onchange = () => update();
    const output = make("output", {}, show(one.value));
    return make("div", {class: "slider"}, label, output, slider);
  });
}

/** A condition as rows: each inequality, the numbers filled in, and by how much it holds or fails. */
function conditionTable(when) {
  if (when === true) return make("p", {}, "It exists at all parameter values.");
  if (when === false) return make("p", {}, "It exists nowhere.");
  const table = make("table", {}, make("tbody", {}, conditionRows(when, 0)));
  return table;
}

function conditionRows(when, depth) {
  if (typeof when === "number") return [relationRow(when, depth)];
  const [word, ...parts] = when;
  return parts.flatMap((part, n) => {
    const rows = conditionRows(part, depth + (typeof part === "number" ? 0 : 1));
    return n && (word === "or" || typeof part !== "number") ? [make("tr", {}, make("td"), make("td", {colspan: 3}, word)), ...rows] : rows;
  });
}

const SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"};

function relationRow(i, depth) {
  const left = SIDES[i][0](), right = SIDES[i][1](), by = gap(i), holds = meets(i);
  const close = Math.abs(left - right) < 0.01 * (Math.abs(left) + Math.abs(right)) ? 5 : 3;
  return make("tr", {class: holds ? "good" : "bad"},
    make("td", {}, make("span", {role: "img", "aria-label": holds ? "holds" : "fails"}, holds ? "✓" : "✗")),
    make("td", {class: depth ? "joint" : ""}, math(D.relations[i].m)),
    make("td", {class: "number"}, `${show(left, close)} ${SIGNS[D.relations[i].op] ?? D.relations[i].op} ${show(right, close)}`),
    make("td", {class: "number"}, holds ? `slack ${show(Math.abs(by), 2)}` : `short by ${show(Math.abs(by), 2)}`));
}
