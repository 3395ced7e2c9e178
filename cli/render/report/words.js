/* Texts in the language that is chosen; what has no translation stays English. */
const LANGUAGES = ["en", "ko", "ja"];
let language = data.language;
const NUMBER = /[0-9]+(?:[.,:][0-9]+)*/g;
const JAPANESE = /[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]/;

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

/* A value in the chosen language; a word that is another one in its place is kept with the name of that before it. */
const sayIn = (name, value) => {
  const key = `${name} ${value}`;
  return say(language !== "en" && (data.exact[key] || data.patterns[key]) ? key : value);
};

/* Without the blank between a place and its text where both letters beside it are Japanese. */
const closedUp = (texts) =>
  texts.map(({ text, isValue }, index) => {
    if (isValue) return text;
    const before = texts[index - 1]?.text.at(-1) ?? "";
    const after = texts[index + 1]?.text[0] ?? "";
    const rest = text[0] === " " && JAPANESE.test(before) && JAPANESE.test(text[1] ?? "") ? text.slice(1) : text;
    return rest.at(-1) === " " && JAPANESE.test(rest.at(-2) ?? "") && JAPANESE.test(after) ? rest.slice(0, -1) : rest;
  });

/* What a finding says: its template in the chosen language, with its values; quoted ones as they are. */
const message = (finding) => {
  const [english, korean, japanese, names, kept] = finding.template;
  const translated = { en: english, ko: korean, ja: japanese }[language];
  const tag = data.assets[finding.asset].language;
  const texts = [];
  for (const part of (translated ?? english).split(/(\{\{|\}\}|\{\w+\})/).filter(Boolean)) {
    if (!/^\{\w+\}$/.test(part)) {
      texts.push({ text: part === "{{" || part === "}}" ? part[0] : part, isValue: false });
      continue;
    }
    const name = part.slice(1, -1);
    const value = finding.values[names.indexOf(name)] ?? "";
    const isQuoted = kept.includes(name);
    texts.push({ text: isQuoted || translated === null ? value : sayIn(name, value), isValue: true, isQuoted });
  }
  const said = language === "ja" ? closedUp(texts) : texts.map(({ text }) => text);
  const parts = said.map((text, index) => (texts[index].isQuoted ? quoted(text, tag) : text));
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
