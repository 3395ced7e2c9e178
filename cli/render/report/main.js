/* Everything together: what is drawn first, the languages, and printing. */
const drawAll = () => {
  fillFilter();
  applyFilter();
  waivedList?.show(waived);
  if (reels.length) {
    drawnAround = "";
    drawPosition();
    drawChoice();
    drawAround();
    overlayCues();
  }
  if (cueSection) drawCues();
  showChosen();
};

const languageForm = document.getElementById("languages");
languageForm.hidden = false;
languageForm.addEventListener("change", (event) => {
  language = event.target.value;
  sayPage();
  drawAll();
});

/* Paper shows every finding, whatever the filter leaves out on the screen. */
addEventListener("beforeprint", () => {
  list.show(findings);
  list.build();
  waivedList?.build();
  if (cueSection) drawCues(true);
});
addEventListener("afterprint", drawAll);

document.documentElement.classList.remove("plain");
startFilter();
if (reels.length) {
  startTimeline(seek);
  startPlayer();
  moved.push(drawAround);
}
startCues(go);
startKeys();
drawAll();
