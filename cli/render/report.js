"use strict";
/* Hides findings by severity and family. Without it the page shows everything, and so does every print. */
(() => {
  const filter = document.getElementById("filter");
  if (!filter) return;
  const groups = [...document.querySelectorAll(".group")];
  const rows = groups.flatMap((group) => [...group.querySelectorAll("tbody tr")]);
  const apply = () => {
    const severities = new Set([...filter.querySelectorAll("input:checked")].map((input) => input.value));
    const family = filter.querySelector("select").value;
    for (const row of rows) {
      row.hidden = !severities.has(row.dataset.severity) || (family !== "" && row.dataset.family !== family);
    }
    for (const group of groups) group.hidden = !group.querySelector("tbody tr:not([hidden])");
    const shown = rows.filter((row) => !row.hidden).length;
    filter.querySelector("[role=status]").textContent = `${shown} of ${rows.length} shown`;
  };
  filter.hidden = false;
  filter.addEventListener("change", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
