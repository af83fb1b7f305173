// Where the person is, in the address after the #: Back, a reload and a copied address lead to the same criterion, page and view.

const VIEWS = { read: "lire", finish: "terminer", harmonise: "harmoniser" };

export function placeIn(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const place = {};
  if (said.get("critere")) place.criterion = said.get("critere");
  if (Number(said.get("page")) >= 1) place.page = Math.trunc(Number(said.get("page")));
  const view = Object.keys(VIEWS).find((name) => VIEWS[name] === said.get("vue"));
  place.view = view ?? "read";
  return place;
}

export function hashOf({ criterion, page, view }) {
  const said = new URLSearchParams({ critere: criterion, page: String(page) });
  if (view !== "read") said.set("vue", VIEWS[view]);
  return `#${said}`;
}

/** Keeps the address and the desk's place together; returns what ends it. */
export function keepAddress(desk) {
  let timer = null;
  const write = (push) => {
    clearTimeout(timer);
    const hash = hashOf(desk.place);
    if (hash === location.hash) return;
    const whole = location.pathname + location.search + hash;
    if (push) history.pushState(history.state, "", whole);
    else history.replaceState(history.state, "", whole);
  };
  const returned = () => {
    const place = placeIn(location.hash);
    if (!place.criterion) return;
    const last = desk.view.dossier.pages.length;
    const page = Math.min(place.page ?? 1, last);
    desk.go({ ...place, page }, { keep: true });
    desk.tell("seek", { page, sentence: null });
  };
  desk.on("place", ({ turned, keep }) => {
    if (keep) return;
    if (turned) write(true);
    else {
      clearTimeout(timer);
      timer = setTimeout(() => write(false), 150);
    }
  });
  window.addEventListener("popstate", returned);
  write(false);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("popstate", returned);
  };
}
