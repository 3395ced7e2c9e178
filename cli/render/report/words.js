/* Texts in the language that is chosen; what has no translation stays English. */
const LANGUAGES = ["en", "ko", "ja"];
let language = data.language;
const NUMBER = /[0-9]+(?:[.,:][0-9]+)*/g;

const say = (english) => {
  const other = LANGUAGES.indexOf(language) - 1;
  if (other < 0) return english;
  const exact = data.exact[english];
  if (exact) return exact[other];
  const pattern = data.patterns[english.replace(NUMBER, "#")];
  if (!pattern) return english;
  const numbers = english.match(NUMBER) ?? [];
  return pattern[other].replace(/#/g, () => numbers.shift());
};

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/* A quoted text in the language of what it comes from; plain Latin letters may be any language. */
const quoted = (text, tag) => element("bdi", /[^\x00-\x7f]/.test(text) ? { lang: tag } : { lang: "" }, text);

/* What a finding says: its template in the chosen language, with its values; quoted ones as they are. */
const message = (finding) => {
  const [english, korean, japanese, names, kept] = finding.template;
  const translated = { en: english, ko: korean, ja: japanese }[language];
  const tag = data.assets[finding.asset].language;
  const parts = [];
  for (const part of (translated ?? english).split(/(\{\{|\}\}|\{\w+\})/)) {
    if (part === "{{" || part === "}}") parts.push(part[0]);
    else if (/^\{\w+\}$/.test(part)) {
      const name = part.slice(1, -1);
      const value = finding.values[names.indexOf(name)] ?? "";
      if (kept.includes(name)) parts.push(quoted(value, tag));
      else parts.push(translated === null ? value : say(value));
    } else if (part) parts.push(part);
  }
  return translated === null ? [element("span", { lang: "en" }, ...parts)] : parts;
};

/* The texts that stand in the page from the start. */
const sayPage = () => {
  document.documentElement.lang = language;
  document.title = `${say(data.verdict)}: ${data.heading}`;
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", say(data.texts[node.dataset.label]));
  }
  for (const node of document.querySelectorAll("[data-t]")) {
    const english = data.texts[node.dataset.t];
    node.textContent = say(english);
    if (language !== "en" && node.textContent === english) node.lang = "en";
    else node.removeAttribute("lang");
  }
};
