/* A list of findings, by asset, that is built piece by piece: the first ones at once, the others while nobody waits. */
const PIECE = 100;
const AT_ONCE = 200;
const ITEM_HEIGHT = 84;

class FindingList {
  constructor(root) {
    this.root = root;
    this.items = [];
  }

  show(items) {
    clearTimeout(this.later);
    this.items = items;
    this.built = 0;
    this.places = new Map(items.map((finding, place) => [finding.index, place]));
    this.group = null;
    this.root.replaceChildren();
    if (items.length === 0) {
      const text = findings.length ? say("No finding passes the filter.") : say("No findings.");
      this.root.append(element("p", {}, text));
    }
    this.build(AT_ONCE);
    this.goOn();
  }

  goOn() {
    if (this.built >= this.items.length) return;
    this.later = setTimeout(() => {
      this.build(this.built + 5 * PIECE);
      this.goOn();
    }, 20);
  }

  build(until = Infinity) {
    while (this.built < Math.min(until, this.items.length)) {
      const asset = this.items[this.built].asset;
      if (this.group === null || this.asset !== asset) this.open(asset);
      const piece = element("div", { class: "chunk", role: "presentation" });
      for (let count = 0; count < PIECE && this.items[this.built]?.asset === asset; count += 1) {
        piece.append(itemOf(this.items[this.built]));
        this.built += 1;
      }
      piece.style.containIntrinsicBlockSize = `auto ${piece.childElementCount * ITEM_HEIGHT}px`;
      this.group.append(piece);
    }
  }

  open(asset) {
    const { name, rate } = data.assets[asset];
    const heading = asset ? element("bdi", { lang: "" }, name) : say(name);
    const section = element("section", { class: "group" }, element("h3", {}, heading));
    if (rate) {
      const fps = (rate[0] / rate[1]).toFixed(3).replace(/\.?0+$/, "");
      const text = `timecode at ${fps} fps, non-drop, 00:00:00:00 at the first frame`;
      section.append(element("p", { class: "quiet" }, say(text)));
    }
    this.group = element("div", { class: "list", role: "list" });
    this.asset = asset;
    section.append(this.group);
    this.root.append(section);
  }

  /* The item of a finding, built if it was not yet; undefined if the filter leaves it out. */
  item(index) {
    const place = this.places.get(index);
    if (place === undefined) return undefined;
    this.build(place + 1);
    return this.root.querySelector(`.finding[data-index="${index}"]`);
  }
}
