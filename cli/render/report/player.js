/* The copy that plays, if there is one beside the page, and the cues over its picture. */
const video = () => reel?.node.querySelector("video") ?? null;
const shownTracks = new Set();
const tracksOf = (item) => data.tracks.filter((track) => item.assets.includes(track.asset));

/* One track of each language is shown first: the one that its version names first. */
const chooseTracks = () => {
  for (const item of reels) {
    const seen = new Set();
    for (const track of tracksOf(item)) {
      const tag = track.language.split("-", 1)[0];
      if (!seen.has(tag) && seen.size < 3) shownTracks.add(track);
      seen.add(tag);
    }
  }
};

/* To a place; the middle of its frame, so that no rounding shows the frame before it. */
const seek = (time) => {
  const playing = video();
  if (playing) playing.currentTime = time + (reel.rate ? reel.rate[1] / reel.rate[0] / 2 : 0);
  moveTo(time);
};

const step = (frames) => {
  video()?.pause();
  seek(secondsOf(placeOf(position, reel.rate) + (reel.rate ? frames : frames * 40), reel.rate));
};

const playOrPause = () => {
  const playing = video();
  if (!playing) return;
  if (playing.paused) playing.play().catch(() => {});
  else playing.pause();
};

const overlayCues = () => {
  const overlay = reel.node.querySelector(".overlay");
  if (!overlay) return;
  const now = position * 1000 + 1;
  const lines = [];
  for (const track of tracksOf(reel).filter((item) => shownTracks.has(item))) {
    for (const cue of track.cues.filter(([, start, end]) => start <= now && now < end)) {
      lines.push(element("p", { lang: track.language }, element("span", {}, rowsOf(cue).join("\n"))));
    }
  }
  overlay.replaceChildren(...lines);
};

/* A page that was sent without its folder has no copy to play: it says so instead of showing a player that does nothing. */
const withoutPlayer = (item) => {
  item.node.querySelector(".picture").remove();
  item.node.querySelector(".no-copy").hidden = false;
};

const startPlayer = () => {
  chooseTracks();
  for (const item of reels) {
    const playing = item.node.querySelector("video");
    if (!playing) continue;
    if (playing.error) {
      withoutPlayer(item);
      continue;
    }
    playing.addEventListener("error", () => withoutPlayer(item), { once: true });
    const follow = () => {
      if (item === reel) moveTo(playing.currentTime);
    };
    const everyFrame = () => {
      follow();
      if (!playing.paused) requestAnimationFrame(everyFrame);
    };
    playing.addEventListener("play", everyFrame);
    playing.addEventListener("seeked", follow);
  }
  moved.push(overlayCues);
};
