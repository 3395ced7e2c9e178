/* The languages side by side around a place, and the table of a track's cues with their faults. */
const AROUND_MS = 6000;
const MOST_AROUND = 5;
const PAGE_OF_CUES = 200;
const byCue = new Map();
for (const finding of findings) {
  const cue = CUE.exec(finding.label);
  if (!cue) continue;
  const key = `${finding.asset} ${cue[1]}`;
  byCue.set(key, [...(byCue.get(key) ?? []), finding]);
}
const findingsOf = (track, cue) => byCue.get(`${track.asset} ${cue[0]}`) ?? [];

/* The parts of a row that findings quote; a text that is the whole cue says nothing of where in it the fault is. */
const faultsIn = (row, rows, found) => {
  const whole = rows.join(" / ");
  const parts = new Set();
  for (const value of found.flatMap((finding) => [...finding.values, finding.measured])) {
    if (/^[0-9.,:\s]*$/.test(value) || value === whole) continue;
    for (const part of value.split(" / ")) {
      const bare = part.replace(/…$/, "").replace(/^(['"“‘])(.*)['"”’]$/, "$2").trim();
      if (bare && row.includes(bare) && !/^[0-9.]+$/.test(bare)) parts.add(bare);
    }
  }
  return [...parts].sort((one, other) => other.length - one.length);
};

/* What is over the limit of a row stands in it as a second text. */
const textOfRow = (row) => (typeof row === "string" ? row : row.join(""));
const rowsOf = (cue) => cue[5].map(textOfRow);

const markedRow = (row, rows, found) => {
  const made = element("span", { class: "row" });
  if (typeof row !== "string") {
    made.append(row[0], element("mark", {}, row[1]));
    return made;
  }
  const parts = faultsIn(row, rows, found);
  if (parts.length === 0) {
    made.append(row);
    return made;
  }
  const any = new RegExp(`(${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "u");
  row.split(any).forEach((part, place) => made.append(place % 2 ? element("mark", {}, part) : part));
  return made;
};
const markedRows = (track, cue) => cue[5].map((row) => markedRow(row, rowsOf(cue), findingsOf(track, cue)));

const nearest = (track) => {
  const now = position * 1000;
  return track.cues
    .filter(([, start, end]) => end > now - AROUND_MS && start < now + AROUND_MS)
    .sort((one, other) => Math.abs(one[1] - now) - Math.abs(other[1] - now))
    .slice(0, MOST_AROUND)
    .sort((one, other) => one[1] - other[1]);
};

const isShownNow = ([, start, end]) => {
  const now = position * 1000 + 1;
  return start <= now && now < end;
};

const columnOf = (track) => {
  const { rate, name } = data.assets[track.asset];
  const heading = element("h3", {}, `${track.language} `, element("bdi", { lang: "", class: "quiet" }, name));
  const cues = nearest(track).map((cue) =>
    element("p", { class: isShownNow(cue) ? "now" : undefined, lang: track.language },
      element("span", { class: "time" }, label(cue[3], rate)), ...markedRows(track, cue)));
  return element("div", {}, heading, ...cues);
};

/* Which tracks are shown, side by side and over the picture. */
const drawChoice = () => {
  const boxes = tracksOf(reel).map((track) => {
    const box = element("input", { type: "checkbox", checked: shownTracks.has(track) });
    box.addEventListener("change", () => {
      if (box.checked) shownTracks.add(track);
      else shownTracks.delete(track);
      drawAround();
      overlayCues();
    });
    const { name } = data.assets[track.asset];
    return element("label", {}, box, ` ${track.language} `, element("bdi", { lang: "", class: "quiet" }, name.replace(/^.*[/]/, "")));
  });
  document.getElementById("choice").replaceChildren(...boxes);
};

let drawnAround = "";
const drawAround = () => {
  const tracks = tracksOf(reel).filter((track) => shownTracks.has(track));
  const state = JSON.stringify(tracks.map((track) => [track.asset, nearest(track).map((cue) => [cue[0], isShownNow(cue)])]));
  if (state === drawnAround) return;
  drawnAround = state;
  document.getElementById("around").replaceChildren(...tracks.map(columnOf));
};

const faultOf = (finding) => {
  const severity = SEVERITIES[finding.severity];
  return element("p", {}, element("span", { class: `severity ${severity}` }, say(severity)), " ", ...message(finding));
};

const cueRow = (track, cue) => {
  const { rate } = data.assets[track.asset];
  const found = findingsOf(track, cue);
  const count = (half) => String(half / 2);
  const counts = cue[6].map((half) =>
    element("span", { class: track.cpl !== null && half > track.cpl * 2 ? "row over" : "row" },
      track.cpl === null ? count(half) : `${count(half)} / ${track.cpl}`));
  const tenths = cue[7];
  const speed = tenths === null ? "" : (tenths / 10).toFixed(1);
  const isFast = track.cps !== null && tenths > track.cps * 10;
  const go = element("button", { type: "button", class: "time", "data-cue": cue[0] }, label(cue[3], rate));
  return element("tr", {},
    element("th", { scope: "row" }, String(cue[0])),
    element("td", { class: "time" }, go, element("span", { class: "row quiet" }, label(cue[4], rate))),
    element("td", { lang: track.language }, ...markedRows(track, cue)),
    element("td", { class: "number", "data-head": say("Characters") }, ...counts),
    element("td", { class: isFast ? "number over" : "number", "data-head": say("Characters/s") }, track.cps === null || tenths === null ? speed : `${speed} / ${track.cps}`),
    element("td", {}, ...found.map(faultOf)));
};

const cueSection = document.getElementById("cues");
let cuePages = 1;
const drawCues = (all = false) => {
  const form = document.getElementById("cue-choice");
  const track = data.tracks[Number(form.elements.track.value)];
  const cues = form.elements.faulty.checked ? track.cues.filter((cue) => findingsOf(track, cue).length) : track.cues;
  const shown = all ? cues : cues.slice(0, cuePages * PAGE_OF_CUES);
  const table = cueSection.querySelector("table");
  table.querySelector("tbody")?.remove();
  table.append(element("tbody", {}, ...shown.map((cue) => cueRow(track, cue))));
  document.getElementById("more").hidden = shown.length === cues.length;
  const text = filled(say("{shown} of {all} cues shown"), { shown: shown.length, all: track.cues.length + track.left_out });
  const beyond = track.left_out ? filled(say("the page has no room for the last {left} of them"), { left: track.left_out }) : "";
  form.querySelector("[role=status]").textContent = beyond ? `${text}; ${beyond}` : text;
};

const startCues = (go) => {
  if (!cueSection) return;
  cueSection.hidden = false;
  const form = document.getElementById("cue-choice");
  const faulty = data.tracks.findIndex((track) => track.cues.some((cue) => findingsOf(track, cue).length));
  form.elements.track.value = String(Math.max(0, faulty));
  form.elements.faulty.checked = faulty >= 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    cuePages = 1;
    drawCues();
  });
  document.getElementById("more").addEventListener("click", () => {
    cuePages += 5;
    drawCues();
  });
  cueSection.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cue]");
    if (!button) return;
    const track = data.tracks[Number(form.elements.track.value)];
    const cue = track.cues.find((item) => item[0] === Number(button.dataset.cue));
    go(track.asset, cue[1] / 1000);
  });
  drawCues();
};
