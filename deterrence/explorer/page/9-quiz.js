// Predict first: a question before the answer is shown.
const quiz = {on: D.predict || new URLSearchParams(location.search).has("predict"), waits: false, round: 0};

function buildQuiz() {
  if (!quiz.on || !D.kinds.length) return;
  $("quiz").hidden = false;
  ask();
}

function ask() {
  quiz.waits = true;
  document.body.classList.add("covered");
  const options = D.outcomes.map((name, i) => make("label", {}, make("input", {type: "radio", name: "guess", value: i, required: true}), name));
  const where = MOVABLE.length ? "At the values of the sliders (move them first if you like), " : "";
  const form = make("fieldset", {}, make("legend", {}, `${where}what is most likely to happen?`), options);
  const button = make("button", {type: "submit"}, "Show");
  $("quiz-form").replaceChildren(form, button);
  $("quiz-answer").replaceChildren();
  $("quiz-form").onsubmit = event => {
    event.preventDefault();
    answer(Number(new FormData($("quiz-form")).get("guess")));
  };
}

function answer(guess) {
  quiz.waits = false;
  document.body.classList.remove("covered");
  put(state.values);
  const here = existing(), told = here.map(k => [k, likeliest(played(k).out)]);
  const right = told.filter(([, ends]) => ends.includes(guess)).length;
  const words = told.map(([k, ends]) => `in “${LABELS[k]}” it is ${ends.map(i => D.outcomes[i]).join(" or ")}`);
  const verdict = !told.length ? "No equilibrium is known here. " : right === told.length ? "Yes. " : right ? "In a part of the equilibria. " : "No. ";
  const free = told.length ? `You said ${D.outcomes[guess]}; ${listed(words)}. ` : "";
  const again = make("button", {type: "button", onclick: another}, "Ask me at other values");
  $("quiz-answer").replaceChildren(make("b", {}, verdict), free, "Now move the point and see what would change it. ", again);
  $("quiz-form").replaceChildren();
  map.canvas.focus({preventScroll: true});
  update();
}

/** Return the outcomes that are as likely as any other. */
const likeliest = out => out.flatMap((p, i) => p > Math.max(...out) - 1e-9 ? [i] : []);

/** Move to other values: points that fill the map evenly (the golden ratio's), where the game's assumptions hold. */
function another() {
  const axes = state.axes.length ? state.axes : MOVABLE.slice(0, 2);
  for (let tries = 0; tries < 50; tries++) {
    quiz.round++;
    axes.forEach((i, n) => {
      const [low, high] = D.parameters[i].reach, share = (0.5 + quiz.round * (n ? 0.5698402909980532 : 0.7548776662466927)) % 1;
      state.values[i] = low + share * (high - low);
    });
    put(state.values);
    if (isAllowed()) break;
  }
  ask();
  update({map: true});
}
