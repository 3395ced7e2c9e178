/* The time line: a part of it by the view boxes of its lanes, the place that is looked at, and a click that goes there. */
const reels = data.reels.map((reel, index) => ({ ...reel, index, node: document.querySelectorAll(".reel")[index] }));
let reel = reels[0];
let zoom = 1;
let position = 0;
const moved = [];

const seekBar = document.getElementById("seek");
const reelOf = (asset) => reels.find((item) => item.assets.includes(asset));
const seconds = () => reel.length / 100;

const windowOf = () => {
  const size = reel.length / zoom;
  return [Math.max(0, Math.min(reel.length - size, position * 100 - size / 2)), size];
};

const drawPosition = () => {
  const lanes = reel.node.querySelector(".lanes");
  let head = lanes.querySelector(".playhead");
  if (!head) {
    head = element("div", { class: "playhead" });
    lanes.append(head);
  }
  const [start, size] = windowOf();
  const svg = lanes.querySelector("svg");
  for (const lane of lanes.querySelectorAll("svg")) lane.setAttribute("viewBox", `${start} 0 ${size} 100`);
  head.style.left = `${svg.getBoundingClientRect().left - lanes.getBoundingClientRect().left +
    ((position * 100 - start) / size) * svg.clientWidth}px`;
  const now = label(placeOf(position, reel.rate), reel.rate);
  document.getElementById("now").textContent = now;
  seekBar.value = String(position);
  seekBar.setAttribute("aria-valuetext", now);
};

const moveTo = (time) => {
  position = Math.max(0, Math.min(seconds(), time));
  drawPosition();
  for (const told of moved) told();
};

const showReel = (index) => {
  reel = reels[index];
  for (const item of reels) item.node.hidden = item !== reel;
  const choice = document.getElementById("reel");
  if (choice) choice.value = String(index);
  drawChoice();
  seekBar.max = String(seconds());
  seekBar.step = String(reel.rate ? reel.rate[1] / reel.rate[0] : 0.04);
};

const startTimeline = (seek) => {
  document.getElementById("controls").hidden = false;
  const choice = document.getElementById("reel");
  if (choice) {
    choice.closest("p").hidden = false;
    choice.addEventListener("change", () => {
      showReel(Number(choice.value));
      seek(0);
    });
  }
  seekBar.addEventListener("input", () => seek(Number(seekBar.value)));
  document.getElementById("zoom").addEventListener("change", (event) => {
    zoom = Number(event.target.value);
    drawPosition();
  });
  for (const item of reels) {
    item.node.querySelector(".lanes").addEventListener("click", (event) => {
      const box = item.node.querySelector("svg").getBoundingClientRect();
      const [start, size] = windowOf();
      seek((start + ((event.clientX - box.left) / box.width) * size) / 100);
    });
  }
  addEventListener("resize", drawPosition);
  showReel(0);
};
