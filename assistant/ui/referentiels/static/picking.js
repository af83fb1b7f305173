// The page of the source: its picture, the places of the field in view boxed, and words taken by drawing a frame
// around them. Nothing of the page is ever HTML: words are compared and set as text.

const EMPTY = "Tracez un cadre autour des mots à prendre.";

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function placed(box, name) {
  const made = element("div", name);
  const [x0, y0, x1, y1] = box;
  made.style.left = `${100 * x0}%`;
  made.style.top = `${100 * y0}%`;
  made.style.width = `${100 * (x1 - x0)}%`;
  made.style.height = `${100 * (y1 - y0)}%`;
  return made;
}

export function inside(words, frame) {
  const [x0, y0, x1, y1] = frame;
  return words.filter(([, box]) => {
    const x = (box[0] + box[2]) / 2;
    const y = (box[1] + box[3]) / 2;
    return x0 <= x && x <= x1 && y0 <= y && y <= y1;
  });
}

export function joined(words) {
  return words.reduce((said, [text]) => {
    if (said.endsWith("\u00ad")) return said.slice(0, -1) + text;
    if (/[a-zà-ÿ]-$/.test(said) && /^[a-zà-ÿ]/.test(text)) return said + text;
    return said ? `${said} ${text}` : text;
  }, "").replace(/^[•●▪■◦○‣➢✓–—-]\s+/u, "");
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const place = parentElement.querySelector(".pl-source");
  const before = place.querySelector("img");
  const sheet = element("div", "pl-sheet");
  // The same page is not loaded again: it would flicker after every edit.
  const picture = before && before.getAttribute("src") === data.picture ? before : element("img");
  if (picture !== before) picture.src = data.picture;
  picture.alt = data.alt;
  picture.draggable = false;
  sheet.append(picture, ...data.boxes.map((box) => placed(box, "pl-box")));
  const said = element("p", "pl-said", EMPTY);
  said.setAttribute("aria-live", "polite");
  const bar = element("div", "pl-into");
  let taken = "";
  for (const [id, label] of data.fields) {
    const button = element("button", "", label);
    button.type = "button";
    button.disabled = true;
    button.addEventListener("click", () => setTriggerValue("taken", { into: id, text: taken }));
    bar.append(button);
  }
  place.replaceChildren(said, bar, sheet);

  let start = null;
  let frame = null;
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const between = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  const drawn = (event) => {
    const now = between(start, at(event));
    for (const old of sheet.querySelectorAll(".pl-word, .pl-frame")) old.remove();
    const found = inside(data.words, now);
    frame = placed(now, "pl-frame");
    sheet.append(frame, ...found.map(([, box]) => placed(box, "pl-word")));
    taken = joined(found);
    said.textContent = taken || EMPTY;
    for (const button of bar.children) button.disabled = !taken;
  };
  sheet.addEventListener("pointerdown", (event) => {
    start = at(event);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => { if (start) drawn(event); });
  sheet.addEventListener("pointerup", (event) => {
    if (start) drawn(event);
    if (frame) frame.remove();
    start = null;
  });
}
