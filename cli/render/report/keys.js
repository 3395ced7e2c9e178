/* The chosen finding, and the keys. */
let chosen = null;

const showChosen = () => {
  for (const item of document.querySelectorAll("#list .chosen")) item.classList.remove("chosen");
  if (chosen === null) return;
  const item = list.item(chosen.index);
  item?.classList.add("chosen");
  item?.setAttribute("aria-current", "true");
  document.getElementById("chosen")?.replaceChildren(itemOf(chosen, "div"));
};

const go = (asset, time) => {
  const at = reelOf(asset);
  if (!at) return;
  if (at !== reel) showReel(at.index);
  seek(time);
};

/* What was found of a whole file has no time: its master is shown, from the start if it was not yet. */
const goTo = (finding) => {
  if (finding.start !== null) go(finding.asset, secondsOf(finding.start, data.assets[finding.asset].rate));
  else if (!reel?.assets.includes(finding.asset)) go(finding.asset, 0);
};

const choose = (finding, { scroll }) => {
  document.querySelector("#list [aria-current]")?.removeAttribute("aria-current");
  chosen = finding;
  showChosen();
  if (scroll) list.item(finding.index)?.scrollIntoView({ block: "center" });
  goTo(finding);
};

/* To the next finding (1) or the one before (-1) in the list as it is filtered; only errors, if asked. */
const next = (way, wanted = () => true) => {
  let place = chosen === null ? -1 : (list.places.get(chosen.index) ?? -1);
  if (place < 0 && way < 0) place = list.items.length;
  for (place += way; place >= 0 && place < list.items.length; place += way) {
    if (wanted(list.items[place])) return choose(list.items[place], { scroll: true });
  }
};

const isError = (finding) => finding.severity === 3;
const KEYS = {
  j: () => next(1),
  k: () => next(-1),
  n: () => next(1, isError),
  p: () => next(-1, isError),
  ".": () => reel && step(1),
  ",": () => reel && step(-1),
  " ": () => playOrPause(),
  "/": () => filterForm.elements.text.focus(),
  "?": () => document.getElementById("help").showModal(),
};

const NOT_TYPED_IN = ":not([type=checkbox], [type=radio], [type=range])";
const isTyping = (target) => target.closest(`select, textarea, input${NOT_TYPED_IN}`) !== null;

const startKeys = () => {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.getElementById("help").open || isTyping(event.target)) return;
    if (event.key === " " && (!video() || event.target.closest("button, video, input"))) return;
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.getElementById("previous")?.addEventListener("click", KEYS.k);
  document.getElementById("next")?.addEventListener("click", KEYS.j);
  document.getElementById("help-button")?.addEventListener("click", KEYS["?"]);
  document.getElementById("waived")?.addEventListener("click", (event) => {
    const item = event.target.closest(".finding");
    if (item && event.target.closest("button")) goTo(waived[Number(item.dataset.index)]);
  });
  for (const id of ["list", "chosen"]) {
    document.getElementById(id)?.addEventListener("click", (event) => {
      const item = event.target.closest(".finding");
      if (item && event.target.closest("button, img")) choose(findings[Number(item.dataset.index)], { scroll: false });
    });
  }
};
