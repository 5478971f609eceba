// What changed, in a sentence: which class came or went, and the inequality that began to hold or broke.
let before = null, hasChanged = false;

/** Tell what is different from the last telling; without a difference, where the nearest border is. */
function tell(here) {
  const parts = [];
  if (!isAllowed()) parts.push("These values break an assumption of the game: ", ...broken(), ".");
  else if (before && before.allowed && before.here.join() !== here.join()) parts.push(...difference(here));
  else if (!before || !before.allowed || !hasChanged) parts.push(...present(here));
  if (parts.length) $("news").replaceChildren(...parts);
  before = {here, values: state.values.slice(), allowed: isAllowed()};
}

const broken = () => joinedMath(relationsIn(D.assumed).filter(i => !meets(i)));
const joinedMath = numbers => numbers.flatMap((i, n) => [n ? " and " : "", math(D.relations[i].m)]).filter(part => part !== "");
const strong = k => make("b", {}, `“${LABELS[k]}”`);

function difference(here) {
  const gone = before.here.filter(k => !here.includes(k)), come = here.filter(k => !before.here.includes(k));
  hasChanged = true;
  return [...gone.flatMap(goneInWords), ...come.flatMap(comeInWords)];
}

function goneInWords(k) {
  const {i, by} = tightest(D.kinds[k].when);
  return [strong(k), " exists no longer: it needs ", math(D.relations[i].m), `, now short by ${show(Math.abs(by), 2)}. `];
}

function comeInWords(k) {
  const now = state.values.slice();
  put(before.values);
  const {i} = tightest(D.kinds[k].when);
  put(now);
  return [strong(k), " now exists", ...(i === null ? [] : [": ", math(D.relations[i].m), " began to hold"]), ". "];
}

/** How many exist, and which condition is closest to changing that. */
function present(here) {
  const count = D.kinds.length ? `${here.length} of ${D.kinds.length} ${D.kinds.length === 1 ? "class exists" : "classes exist"} here` : "No class is known";
  const parts = [here.length ? `${count}: ` : `${count}. `, ...here.flatMap((k, n) => [n ? (n + 1 === here.length ? " and " : ", ") : "", strong(k)]).filter(part => part !== "")];
  if (here.length) parts.push(". ");
  if (here.length > 1) parts.push("The model does not choose between them. ");
  if (!here.length && D.kinds.length) parts.push("Every game has an equilibrium; the one that is played here is not among the classes known. ");
  return parts;
}
