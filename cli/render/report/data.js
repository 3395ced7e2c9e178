/* The data of the page, and its times. */
const data = JSON.parse(document.getElementById("data").textContent);
const SEVERITIES = ["", "note", "warning", "error"];
const CUE = /^cue ([0-9]+)$/;

/* A row of numbers as an object; the order is that of rows.py. */
const findingOf = (row, index) => {
  const [check, severity, asset, label, start, end, line, template, measured, allowed, source, reason, borderline,
    fingerprint, ...values] = row;
  const text = (number) => data.strings[number];
  return {
    index, severity, asset, start, end, line, borderline, fingerprint, template: data.templates[template],
    check: text(check), label: text(label), measured: text(measured), allowed: text(allowed), source: text(source),
    reason: text(reason), values: values.map(text),
  };
};
const findings = data.findings.map(findingOf);
const waived = data.waived.map(([row, waiver], index) => ({ ...findingOf(row, index), waiver }));
const familyOf = (finding) => finding.check.split("/", 1)[0];

const pad = (number, length = 2) => String(number).padStart(length, "0");

/* A label of time: timecode, non-drop, of a number of frames, or a clock of milliseconds where there is no rate. */
const label = (place, rate) => {
  const size = Math.abs(place);
  const unit = rate ? Math.round(rate[0] / rate[1]) : 1000;
  const seconds = Math.floor(size / unit);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part));
  const sign = place < 0 ? "-" : "";
  return `${sign}${clock.join(":")}${rate ? `:${pad(size % unit)}` : `.${pad(size % unit, 3)}`}`;
};
const secondsOf = (place, rate) => (rate ? (place * rate[1]) / rate[0] : place / 1000);
const placeOf = (seconds, rate) =>
  rate ? Math.floor((seconds * rate[0]) / rate[1] + 0.05) : Math.round(seconds * 1000);

/* An element with attributes and children; texts are texts. */
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
};
