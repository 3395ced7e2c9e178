/* Which findings are shown: by severity, family of checks, language of the asset, and text. */
const filterForm = document.getElementById("filter");
const list = new FindingList(document.getElementById("list"));
const waivedList = document.getElementById("waived") ? new FindingList(document.getElementById("waived")) : null;
const texts = new Map();

/* What a search looks through, in the chosen language and in English. */
const searched = (finding) => {
  const key = `${language} ${finding.index}`;
  if (!texts.has(key)) {
    const said = message(finding).map((part) => (typeof part === "string" ? part : part.textContent)).join("");
    const values = Object.fromEntries(finding.template[3].map((name, place) => [name, finding.values[place]]));
    const english = filled(finding.template[0], values);
    const parts = [said, english, finding.check, finding.label, say(finding.label), finding.source, finding.fingerprint];
    texts.set(key, [...parts, data.assets[finding.asset].name].join("\n").normalize("NFC").toLowerCase());
  }
  return texts.get(key);
};

const options = (select, all, values) => {
  const before = select.value;
  select.replaceChildren(element("option", { value: "" }, all), ...values.map(([value, text]) => element("option", { value }, text)));
  select.value = before;
};

const fillFilter = () => {
  const families = [...new Set(findings.map(familyOf))].sort();
  options(filterForm.elements.family, say("all families"), families.map((name) => [name, say(name)]));
  const tags = [...new Set(findings.map((finding) => data.assets[finding.asset].language))].filter(Boolean).sort();
  options(filterForm.elements.track, say("all languages"), tags.map((tag) => [tag, tag]));
};

const passing = () => {
  const { family, track, text } = filterForm.elements;
  const severities = new Set([...filterForm.querySelectorAll("[name=severity]:checked")].map((box) => Number(box.value)));
  const words = text.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter((finding) =>
    severities.has(finding.severity) &&
    (!family.value || familyOf(finding) === family.value) &&
    (!track.value || data.assets[finding.asset].language === track.value) &&
    words.every((word) => searched(finding).includes(word)));
};

const applyFilter = () => {
  const shown = passing();
  list.show(shown);
  const text = filled(say("{shown} of {all} findings shown"), { shown: shown.length, all: findings.length });
  filterForm.querySelector("[role=status]").textContent = text;
};

const startFilter = () => {
  filterForm.hidden = findings.length === 0;
  let waiting;
  filterForm.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(applyFilter, 150);
  });
  filterForm.addEventListener("submit", (event) => {
    event.preventDefault();
    applyFilter();
  });
};
