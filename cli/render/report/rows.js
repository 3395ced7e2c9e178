/* One finding as an item of a list. */
const limitsOf = (finding) =>
  [["measured", finding.measured], ["allowed", finding.allowed]]
    .filter(([name, value]) => value && !finding.template[3].includes(name))
    .map(([name, value]) => element("p", { class: "quiet" }, `${say(name)} ${say(value)}`));

const timeOf = (finding) => {
  if (finding.start === null) return "";
  const { rate } = data.assets[finding.asset];
  const made = element("button", { type: "button", class: "time" }, label(finding.start, rate));
  if (finding.end !== null) made.title = `${label(finding.start, rate)} – ${label(finding.end, rate)}`;
  return made;
};

const footOf = (finding) => {
  const line = finding.line === null ? "" : `line ${finding.line}`;
  const places = [...new Set([finding.label, line])].filter(Boolean).map(say).join(", ");
  const said = [element("span", { class: "check" }, finding.check), places && ` · ${places}`];
  said.push(" · ", element("span", { lang: "en" }, finding.source), " ", element("code", {}, finding.fingerprint));
  return element("p", { class: "quiet" }, ...said);
};

const waiverOf = ([reason, by, granted, until]) =>
  element("p", { class: "waiver" }, element("bdi", { lang: "" }, reason), " — ", element("bdi", { lang: "" }, by),
    `, ${granted}, ${say("until")} ${say(until)}`);

const itemOf = (finding, name = "li") => {
  const severity = SEVERITIES[finding.severity];
  const said = element("div", { class: "said" });
  const still = finding.waiver ? undefined : data.stills[finding.index];
  if (still) said.append(element("img", { src: still, alt: "", loading: "lazy" }));
  said.append(element("p", {}, ...message(finding)), ...limitsOf(finding));
  if (finding.borderline) {
    said.append(element("p", { class: "quiet" }, say("borderline: passes one reading of the clause and fails another")));
  }
  if (finding.reason) said.append(element("p", { class: "quiet" }, say(finding.reason)));
  if (finding.waiver) said.append(waiverOf(finding.waiver));
  said.append(footOf(finding));
  return element(name, { class: `finding ${severity}`, "data-index": finding.index },
    element("div", { class: "when" }, element("span", { class: "severity" }, say(severity)), timeOf(finding)), said);
};
