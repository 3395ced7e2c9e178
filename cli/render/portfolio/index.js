// The index of the portfolio: search by any spelling of a name, and filters. Nothing is sent anywhere.
"use strict";

(function () {
  var form = document.getElementById("find"), list = document.getElementById("titles");
  var names = releaseprintNames, data = releaseprintTitles;
  var FIELDS = ["genre", "language", "right", "territory", "year_from", "year_to"];
  var AT_ONCE = 120, waiting = [];
  var cards = new Map(), original = Array.from(list.children);
  original.forEach(function (card) { cards.set(card.dataset.id, card); });
  Spelling.use(data.spelling);

  var sets = data.sets.map(function (text) {
    var codes = new Set(text.replace(/^-/, "").split(" ").filter(Boolean));
    return text[0] === "-" ? function (code) { return !code || !codes.has(code); }
      : function (code) { return code ? codes.has(code) : codes.size > 0; };
  });
  var titles = data.titles.map(function (item) {
    return { id: item[0], names: item[1], genres: item[2], year: item[3], language: item[4], rights: item[5], keys: null };
  });
  var order = new Map(original.map(function (card, place) { return [card.dataset.id, place]; }));

  function keysOf(title) {
    if (!title.keys) {
      title.keys = title.names.map(function (pair) { return Spelling.key(pair[0], pair[1] || "und"); });
      title.keys.push(Spelling.key(title.id, "und"));
    }
    return title.keys;
  }

  function value(id) { return document.getElementById(id).value.trim(); }

  function fits(title, wanted) {
    var from = parseInt(wanted.year_from, 10), to = parseInt(wanted.year_to, 10);
    if (wanted.genre && !title.genres.includes(wanted.genre)) return false;
    if (wanted.language && title.language !== wanted.language) return false;
    if (from > title.year || to < title.year) return false;
    if (!wanted.right && !wanted.territory) return true;
    return title.rights.some(function (set, place) {
      return (!wanted.right || data.categories[place] === wanted.right) && sets[set](wanted.territory);
    });
  }

  function best(ranks) {
    ranks = ranks.filter(function (rank) { return rank >= 0; });
    return ranks.length ? Math.min.apply(null, ranks) : -1;
  }

  function named(text) {
    var asked = Spelling.key(text, "");
    if (!asked.whole) return titles.map(function (title) { return [title, 0]; });
    var found = ranked(function (key) { return Spelling.likeness(key, asked); });
    return found.length ? found : ranked(function (key) { return Spelling.slips(key, asked); });
  }

  function ranked(measure) {
    return titles.map(function (title) { return [title, best(keysOf(title).map(measure))]; })
      .filter(function (pair) { return pair[1] >= 0; });
  }

  // A browser lays out some hundred cards in a moment and ten thousand in seconds: the rest comes as the reader gets there.
  function more() {
    list.append.apply(list, waiting.splice(0, AT_ONCE));
  }

  function show() {
    var wanted = {};
    FIELDS.forEach(function (field) { wanted[field] = value(field); });
    var found = named(value("name")).filter(function (pair) { return fits(pair[0], wanted); });
    found.sort(function (a, b) { return a[1] - b[1] || order.get(a[0].id) - order.get(b[0].id); });
    waiting = found.map(function (pair) { return cards.get(pair[0].id); });
    list.replaceChildren();
    more();
    var said = found.length === 1 ? names.index.found_one : names.index.found;
    document.getElementById("count").textContent = said.replace("{count}", found.length);
    document.getElementById("nothing").hidden = found.length > 0;
  }

  function fill(id, words, keep) {
    var select = document.getElementById(id);
    (keep || Object.keys(words).sort(function (a, b) {
      return words[a].localeCompare(words[b], document.documentElement.lang);
    })).forEach(function (key) {
      var option = document.createElement("option");
      option.value = key;
      option.textContent = words[key];
      select.append(option);
    });
  }

  fill("genre", names.genres);
  fill("language", names.languages);
  fill("right", names.categories, data.categories);
  fill("territory", names.territories);
  var timer = 0;
  form.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(show, 120);
  });
  form.addEventListener("reset", function () { setTimeout(show, 0); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
  });
  form.hidden = false;
  show();
  var end = document.createElement("div");
  list.after(end);
  new IntersectionObserver(function (seen) {
    if (seen.some(function (item) { return item.isIntersecting; })) more();
  }, { rootMargin: "0px 0px 1500px 0px" }).observe(end);

  // The keys of ten thousand titles take a second: they are made a few at a time before anybody asks for them.
  function prepare(place) {
    titles.slice(place, place + 50).forEach(keysOf);
    if (place < titles.length) setTimeout(prepare, 0, place + 50);
  }
  prepare(0);
})();
