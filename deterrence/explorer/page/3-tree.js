// The tree: drawn once, then only its weights, probabilities and payoffs change.
const tree = {branches: {}, labels: {}, payoffs: {}, ends: [], at: -1};

function colourOf(set) {
  return set < 0 ? "var(--quiet)" : `var(--player-${D.sets[set].player})`;
}

/** Players' colours, lighter on dark ground. */
function setColours() {
  D.players.forEach((player, i) => {
    document.documentElement.style.setProperty(`--player-${i}`, isDark() ? lighter(player.colour, 0.5) : player.colour);
  });
}

function lighter(colour, share) {
  const parts = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16));
  return `rgb(${parts.map(part => Math.round(part + (255 - part) * share)).join(",")})`;
}

function buildTree() {
  const [width, height] = D.tree.size;
  const svg = draw("svg", {viewBox: `0 0 ${width} ${height}`, width: 1.25 * width, role: "img", "aria-label": "Game tree"});
  tree.mark = svg.appendChild(draw("rect", {class: "row-mark", x: 0, width, height: 16, y: -99}));
  for (const members of D.tree.joined) svg.append(dashed(members));
  const branches = D.tree.nodes.filter(node => node.up !== undefined).map(branch);
  svg.append(...branches.map(([path]) => path), ...branches.map(([, label]) => label));
  for (const node of D.tree.nodes) svg.append(...standing(node));
  D.players.forEach((player, i) => {
    const x = D.tree.columns[i], y = D.tree.head / 2;
    svg.append(marker(i, x, y), draw("text", {x: x + 9, y: y + 3, class: "name", style: `fill:var(--player-${i})`}, player.name));
  });
  $("tree").append(svg);
  tree.svg = svg;
  sizeTree($("tree").clientWidth < READABLE * width);
  $("tree-size").onclick = () => sizeTree(!tree.isLarge);
}

const READABLE = 0.72;

/** Show a tree as wide as its place or, where its letters would be too small, larger, from the root on. */
function sizeTree(large) {
  const place = $("tree"), [width, height] = D.tree.size, fits = place.clientWidth >= READABLE * width;
  tree.isLarge = large && !fits;
  const wide = tree.isLarge ? width : Math.min(1.25 * width, place.clientWidth);
  tree.svg.style.width = `${Math.round(wide)}px`;
  $("tree-size").hidden = fits;
  $("tree-size").textContent = tree.isLarge ? "Show the whole tree" : "Enlarge the tree";
  if (tree.isLarge) place.scrollTop = NODES[0].at[1] * wide / width - place.clientHeight / 2;
}

function dashed(members) {
  const places = members.map(n => NODES[n].at.join(",")).join("L");
  return draw("path", {d: `M${places}`, style: `stroke:${colourOf(NODES[members[0]].set)}`, "stroke-dasharray": "4 3", "stroke-width": 1.3});
}

function branch(node) {
  const [x0, y0] = NODES[node.up].at, [x, y] = node.at, turn = x0 + D.tree.fan;
  const path = tree.branches[node.n] = draw("path", {d: `M${x0},${y0}L${turn},${y}L${x},${y}`});
  const label = tree.labels[node.n] = draw("text", {x: turn + 2.5, y: y - 3.5});
  return [path, label];
}

/** A text of several lines, the last one at a height. */
function write(element, lines, x) {
  element.replaceChildren(...lines.map((line, i) => draw("tspan", {x, dy: i ? 13 : 0}, line)));
}

function marker(player, x, y) {
  const style = `fill:var(--player-${player})`;
  if (player % 3 === 0) return draw("rect", {x: x - 3.5, y: y - 3.5, width: 7, height: 7, style});
  if (player % 3 === 1) return draw("circle", {cx: x, cy: y, r: 4, style});
  return draw("path", {d: `M${x},${y - 4.5}L${x + 4.5},${y + 3.5}L${x - 4.5},${y + 3.5}Z`, style});
}

/** The marker of a node, who moves there, and what stands at an end. */
function standing(node) {
  const [x, y] = node.at, parts = [];
  const isEnd = node.text_x !== undefined;
  if (isEnd) parts.push(draw("circle", {cx: x, cy: y, r: 1.8, style: "fill:var(--quiet)"}));
  else if (node.set < 0) parts.push(draw("path", {d: `M${x},${y - 5}l5,5l-5,5l-5,-5Z`, style: "fill:var(--paper);stroke:var(--quiet);stroke-width:1.2"}));
  else parts.push(marker(D.sets[node.set].player, x, y));
  (node.names ?? []).forEach((name, i) => {
    const dy = node.up === undefined ? 3 + 12 * i - 6 * (node.names.length - 1) : 12 + 12 * i;
    const fill = node.set < 0 ? "var(--quiet)" : colourOf(node.set);
    parts.push(draw("text", {x: node.names_x - 7.5, y: y + dy, "text-anchor": "end", class: i || node.set < 0 ? "known" : "name", style: `fill:${fill}`}, name));
  });
  if (isEnd) parts.push(...end(node));
  return parts;
}

function end(node) {
  const y = node.at[1], up = 6.5 * (node.text.length - 1);
  const text = draw("text", {x: node.text_x, y: y + 3.5 - up, class: node.pay ? "" : "known"});
  write(text, node.text, node.text_x);
  if (!node.pay) return [text];
  tree.ends.push(node.n);
  tree.payoffs[node.n] = D.players.map((_, i) => draw("text", {x: D.tree.columns[i] + 9, y: y + 3.5, style: `fill:var(--player-${i})`}));
  const touch = draw("rect", {x: node.text_x, y: y - 8, width: D.tree.size[0] - node.text_x, height: 16, fill: "transparent"});
  touch.onpointerenter = touch.onclick = () => tellEnd(tree.ends.indexOf(node.n));
  return [text, ...tree.payoffs[node.n], touch];
}

/** Say an end's payoffs as formulas, below the tree. */
function tellEnd(at) {
  if (at < 0 || at >= tree.ends.length) return;
  tree.at = at;
  const node = NODES[tree.ends[at]], values = PAY[node.n]();
  tree.mark.setAttribute("y", node.at[1] - 8);
  const parts = D.players.flatMap((player, i) => {
    const formula = node.pay[i] === null ? [] : [math(node.pay[i]), " = "];
    return [i ? "; " : "", `${player.name} `, ...formula, show(values[i])];
  });
  $("formula").replaceChildren(make("b", {}, node.text.join(" ")), ": ", ...parts.filter(part => part !== ""), ".");
}

function redrawTree(now) {
  const reach = now ? reached(now.play) : {};
  for (const node of D.tree.nodes) {
    if (node.up === undefined) continue;
    const set = NODES[node.up].set, chance = now || set < 0 ? chanceOf(node, now?.play) : null;
    const onPath = now && reach[node.n] > 1e-12, isPlayed = chance === null || chance > 1e-12;
    const path = tree.branches[node.n], label = tree.labels[node.n];
    path.style.stroke = isPlayed ? colourOf(set) : "var(--line)";
    path.style.strokeWidth = onPath ? 3.4 : chance === null ? 1.2 : set < 0 ? 1.2 : isPlayed ? 2 : 0.9;
    path.dataset.path = onPath ? "yes" : "no";
    const isMixed = chance !== null && (set < 0 || (chance > 1e-12 && chance < 1 - 1e-12));
    const lines = node.label.slice();
    if (isMixed) lines[lines.length - 1] += set < 0 ? ` (${show(chance)})` : ` ${show(chance)}`;
    write(label, lines, NODES[node.up].at[0] + D.tree.fan + 2.5);
    label.setAttribute("class", set < 0 ? "quiet" : onPath ? "on" : isPlayed ? "" : "off");
    label.setAttribute("y", node.at[1] - 3.5 - 13 * (lines.length - 1));
  }
  for (const n of tree.ends) PAY[n]().forEach((value, i) => tree.payoffs[n][i].textContent = show(value));
  if (tree.at >= 0) tellEnd(tree.at);
}

$("tree").onkeydown = event => {
  const step = {ArrowDown: 1, ArrowUp: -1, Home: -1e9, End: 1e9}[event.key];
  if (!step) return;
  event.preventDefault();
  tellEnd(within(tree.at + step, [0, tree.ends.length - 1]));
};
