// The spelling rules of releaseprint for a page: the keys and sounds of a name, and how closely two agree.
// A port of assets/spelling.py, assets/romanising.py and assets/searching.py; the tables come from there with the data.
"use strict";

var Spelling = (function () {
  var KANA_MARKS = "\u3099\u309a";
  var HANGUL = /[\uac00-\ud7a3]/, KANA = /[\u3041-\u30fc]/, WORD = /[\p{L}\p{N}]+/gu, MARK = /\p{M}/u;
  var SHORTEST_PART = 2, SHORTEST_SOUND = 4;
  var tables, korean, japanese;

  function use(given) {
    tables = given;
    var sounds = Object.keys(tables.koreanSounds).sort(function (a, b) { return b.length - a.length; });
    korean = new RegExp(sounds.join("|"), "g");
    japanese = tables.japanese.map(function (pair) { return [new RegExp(pair[0], "g"), pair[1]]; });
  }

  function fold(text) {
    // Unicode's full case folding is not in the language: the letters in which it differs from lower case are few.
    var cased = text.normalize("NFKC").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
    var kept = Array.from(cased.normalize("NFD")).filter(function (char) {
      return !MARK.test(char) || KANA_MARKS.includes(char);
    }).join("");
    return kept.normalize("NFC").replace(/['’\-ʼ]/g, "").match(WORD) || [];
  }

  function heard(final) { return final in tables.atEnd ? tables.atEnd[final] : final; }

  function liaison(final, vowel) {
    if (final === "h" || final === "nh" || final === "rh") return ["", final.slice(0, -1)];
    var parts = final === "ch" ? null : /^(n|r|g|b)(ch|[a-z])$/.exec(final);
    var kept = parts ? parts[1] : "", moved = parts ? parts[2] : final;
    if (vowel === "i" && moved === "d") moved = "j";
    else if (vowel === "i" && moved === "t") moved = "ch";
    return [heard(kept), moved];
  }

  function joined(final, initial, vowel) {
    if (!initial && final && final !== "ng") return liaison(final, vowel);
    if ((final === "h" || final === "nh" || final === "rh") && initial in tables.breathed) {
      return [heard(final).replace("t", ""), tables.breathed[initial]];
    }
    var end = heard(final);
    if (initial === "h" && end in tables.nasal) return ["", final === "j" || final === "nj" ? "ch" : end];
    var nasal = end in tables.nasal ? tables.nasal[end] : end;
    if (initial === "n" || initial === "m") return end === "l" && initial === "n" ? ["l", "l"] : [nasal, initial];
    if (initial === "r" && end) return end === "n" || end === "l" ? ["l", "l"] : [nasal, "n"];
    return [end, initial];
  }

  function hangul(text, spoken) {
    var out = "", final = "";
    for (var char of text) {
      var number = char.codePointAt(0) - 0xac00;
      if (number < 0 || number >= 11172) {
        out += heard(final) + char;
        final = "";
        continue;
      }
      var initial = tables.initial[Math.floor(number / 588)], vowel = tables.vowel[Math.floor(number / 28) % 21];
      out += (spoken ? joined(final, initial, vowel) : [heard(final), initial]).join("") + vowel;
      final = tables.final[number % 28];
    }
    return out + heard(final);
  }

  function blended(sound, small) {
    if (!/^[a-z]*[iueo]$/.test(sound)) return sound + small;
    var stem = sound.slice(0, -1);
    return stem + (small[0] === "y" && /(sh|ch|j)$/.test(stem) ? small.slice(1) : small);
  }

  function kana(text) {
    var out = [], doubled = false;
    for (var char of text.replace(/[ァ-ヶ]/g, function (one) { return String.fromCharCode(one.charCodeAt(0) - 0x60); })) {
      var last = out.length ? out[out.length - 1] : "";
      if (char === "っ") doubled = true;
      else if (char === "ー" && /[aiueo]$/.test(last)) out.push(last.slice(-1));
      else if (char in tables.small) out.splice(-1, 1, last ? blended(last, tables.small[char]) : tables.small[char]);
      else {
        var sound = char in tables.kana ? tables.kana[char] : char;
        out.push(doubled ? (sound.startsWith("ch") ? "t" : sound[0]) + sound : sound);
        doubled = false;
      }
    }
    return out.join("");
  }

  function koreanSound(letters) {
    return letters.replace(korean, function (found) { return tables.koreanSounds[found]; }).replace(/(.)\1+/g, "$1");
  }

  function japaneseSound(letters) {
    return japanese.reduce(function (left, pair) { return left.replace(pair[0], pair[1]); }, letters);
  }

  function key(text, language) {
    var words = fold(text), whole = words.join(""), primary = language.split("-")[0].toLowerCase();
    var found = { words: words, whole: whole, korean: [], japanese: [] };
    if (/^[\x00-\x7f]*$/.test(whole)) {
      if (!primary || primary === "ko") found.korean.push(koreanSound(whole));
      if (!primary || primary === "ja") found.japanese.push(japaneseSound(whole));
    } else if (HANGUL.test(whole)) {
      found.korean.push(koreanSound(words.map(function (word) { return hangul(word, true); }).join("")));
      found.korean.push(koreanSound(hangul(whole, false)));
    } else if (KANA.test(whole)) found.japanese.push(japaneseSound(kana(whole)));
    return found;
  }

  function starts(words) {
    var place = 0;
    return words.map(function (word) { var at = place; place += word.length; return at; });
  }

  function byLetters(own, asked) {
    if (own.whole === asked.whole) return 0;
    if (own.whole.startsWith(asked.whole)) return 1;
    if (starts(own.words).some(function (at) { return own.whole.startsWith(asked.whole, at); })) return 2;
    return asked.whole.length >= SHORTEST_PART || !/^[\x00-\x7f]*$/.test(asked.whole) ? 3 : -1;
  }

  function bySound(own, asked) {
    var best = -1;
    [[own.korean, asked.korean], [own.japanese, asked.japanese]].forEach(function (both) {
      both[0].forEach(function (mine) {
        both[1].forEach(function (theirs) {
          if (!theirs) return;
          var long = theirs.length >= SHORTEST_SOUND;
          var rank = mine === theirs ? 4 : long && mine.startsWith(theirs) ? 5 : long && mine.includes(theirs) ? 6 : -1;
          if (rank >= 0 && (best < 0 || rank < best)) best = rank;
        });
      });
    });
    return best;
  }

  // How closely a name agrees with what is looked for: 0 is the same, 6 only sounds alike; -1 does not agree.
  function likeness(own, asked) {
    var hasAll = own.whole.includes(asked.whole) ||
      asked.words.every(function (word) { return own.whole.includes(word); });
    return hasAll ? byLetters(own, asked) : bySound(own, asked);
  }

  function errorsAllowed(length) { return (length >= 5) + (length >= 8); }

  function distance(wanted, text, places) {
    var most = errorsAllowed(wanted.length);
    if (!most || text.length + most < wanted.length) return -1;
    var column = Array.from({ length: wanted.length + 1 }, function (_, row) { return row; });
    var best = wanted.length;
    for (var place = 1; place <= text.length; place++) {
      var diagonal = column[0], above = places === null || places.includes(place) ? 0 : column[0] + 1;
      column[0] = above;
      for (var row = 1; row <= wanted.length; row++) {
        var left = column[row];
        above = wanted[row - 1] === text[place - 1] ? diagonal : 1 + Math.min(diagonal, left, above);
        diagonal = left;
        column[row] = above;
      }
      best = Math.min(best, above);
    }
    return best <= most ? best : -1;
  }

  // The fewest slips of the hand between a name and what is looked for; -1 for too many.
  function slips(own, asked) {
    var found = [distance(asked.whole, own.whole, starts(own.words))];
    asked.korean.forEach(function (wanted) { own.korean.forEach(function (mine) { found.push(distance(wanted, mine, null)); }); });
    asked.japanese.forEach(function (wanted) { own.japanese.forEach(function (mine) { found.push(distance(wanted, mine, null)); }); });
    found = found.filter(function (errors) { return errors >= 0; });
    return found.length ? Math.min.apply(null, found) : -1;
  }

  return { use: use, key: key, likeness: likeness, slips: slips };
})();

if (typeof module !== "undefined") module.exports = Spelling;
