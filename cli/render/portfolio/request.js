// The screener request of a title: a file that is saved here, or an e-mail that is opened. Nothing is sent by the page.
"use strict";

(function () {
  var form = document.getElementById("screener"), names = releaseprintNames;
  var select = document.getElementById("territory");
  Object.keys(names.territories).sort(function (a, b) {
    return names.territories[a].localeCompare(names.territories[b], document.documentElement.lang);
  }).forEach(function (code) {
    var option = document.createElement("option");
    option.value = code;
    option.textContent = names.territories[code];
    select.append(option);
  });

  function request() {
    var fields = new FormData(form);
    return {
      schema: names.schema,
      title: form.dataset.title,
      person: fields.get("person").trim().normalize("NFC"),
      company: fields.get("company").trim().normalize("NFC"),
      reason: fields.get("reason").trim().normalize("NFC"),
      territory: fields.get("territory"),
      languages: fields.getAll("languages")
    };
  }

  function save(text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "screener-request-" + form.dataset.title + ".json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    document.getElementById("saved").textContent = names.request.saved.replace("{name}", link.download);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = JSON.stringify(request(), null, 2) + "\n";
    if (event.submitter && event.submitter.value === "mail") {
      var subject = names.request.subject.replace("{name}", form.dataset.name);
      location.href = "mailto:" + form.dataset.mailto + "?subject=" + encodeURIComponent(subject) +
        "&body=" + encodeURIComponent(text.replace(/\n/g, "\r\n"));
    } else save(text);
  });
  form.hidden = false;
})();
