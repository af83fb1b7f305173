// The desk's model: the view as the server gave it, the person's work as it stands in this window, and where they are.
// Parts listen: "place" (criterion, page or view changed), "work" (something written), "marks", "status", "lock".

import { Outbox, slotName } from "./outbox.js";
import * as work from "./work.js";

export class Desk {
  constructor(view, net, root) {
    Object.assign(this, { view, net, root, listeners: new Map(), clicked: [], found: [], theirs: new Map() });
    this.work = structuredClone(view.work ?? {});
    this.sentences = new Map(view.sentences.map((sentence) => [sentence.id, sentence]));
    this.criteria = new Map(view.criteria.map((criterion) => [criterion.id, criterion]));
    this.order = view.criteria.map((criterion) => criterion.id);
    this.place = { view: "read", criterion: this.order[0], page: 1, zoom: 1 };
    this.editing = null;
    const told = {
      acked: (event, version) => this.#acked(event, version),
      adopted: (event) => this.#taken(event),
      conflicted: (event) => this.tell("conflict", slotName(event.criterion, event.kind, event.item)),
      refused: (event) => this.tell("conflict", slotName(event.criterion, event.kind, event.item)),
      changed: () => this.tell("status"),
    };
    this.agreedVersions = new Map();
    const versionOf = (name) => {
      const [criterion, kind] = work.parted(name);
      if (kind === "drafts_ignored") return this.view.ignores_drafts?.version ?? 0;
      return kind === "agreed" ? (this.agreedVersions.get(criterion) ?? 0) : work.versionIn(this.work, name);
    };
    this.outbox = new Outbox(net, `${view.me.person}/${view.review}`, versionOf, told);
    for (const event of this.outbox.adopt()) work.apply(this.work, event, null);
  }

  on(what, listener) {
    for (const one of [what].flat()) {
      if (!this.listeners.has(one)) this.listeners.set(one, []);
      this.listeners.get(one).push(listener);
    }
  }

  tell(what, detail) {
    for (const listener of this.listeners.get(what) ?? []) listener(detail);
  }

  get criterion() {
    return this.criteria.get(this.place.criterion);
  }

  /** The work on a criterion, empty where there is none. */
  workOn(id = this.place.criterion) {
    return work.on(this.work, id);
  }

  get mayWrite() {
    return Boolean(this.view.may_write) && !this.view.locked;
  }

  /** « Lecture d’abord »: what the program found stays hidden until the juror's own note, or the request. */
  hides(id = this.place.criterion) {
    if (this.ignoresDrafts) return true;
    if (!this.view.blind_first || this.view.locked) return false;
    const own = this.workOn(id);
    const writing = this.writingFirst === id;
    return !own.drafts_asked && (writing || !own.note.text.trim());
  }

  get ignoresDrafts() {
    return Boolean(this.view.ignores_drafts?.value);
  }

  /** One act of the person: shown at once, on its way to the server, kept until stored. */
  act(kind, criterion, item, value, { typing = false, quiet = false } = {}) {
    if (!this.mayWrite && !["agreed", "consent"].includes(kind)) return;
    const event = this.outbox.put(kind, criterion, item, value, { typing });
    work.apply(this.work, event, null);
    if (kind === "drafts_ignored") this.view.ignores_drafts = { ...this.view.ignores_drafts, value: value.value };
    if (!quiet) this.tell("work", { criterion, kind, item });
  }

  /** Goes somewhere; `keep` writes no step for the browser's Back. */
  go(change, { keep = false } = {}) {
    const before = { ...this.place };
    Object.assign(this.place, change);
    if (!this.criteria.has(this.place.criterion)) this.place.criterion = this.order[0];
    const turned = before.criterion !== this.place.criterion || before.view !== this.place.view;
    if (before.criterion !== this.place.criterion) {
      this.clicked = [];
      this.editing = null;
      this.writingFirst = null;
    }
    this.tell("place", { before, turned, keep });
  }

  /** Turns to the page of a sentence and marks it. */
  show(ids, { page = null } = {}) {
    this.clicked = [ids].flat();
    const first = this.sentences.get(this.clicked[0]);
    const wanted = page ?? first?.pages[0] ?? this.place.page;
    this.tell("marks");
    this.tell("seek", { page: wanted, sentence: this.clicked[0] ?? null });
  }

  /** Takes over what the server says of the work, where nothing of this window is on its way. */
  refresh(fresh) {
    const was = this.view.locked;
    Object.assign(this.view, { locked: fresh.locked, may_write: fresh.may_write, ignores_drafts: fresh.ignores_drafts });
    work.merge(this.work, fresh.work, (name) => this.outbox.pendingFor(name));
    this.tell("work", { criterion: null });
    if (was !== fresh.locked) this.tell("lock");
  }

  /** Another window of this browser had something stored. */
  heard({ event, version }) {
    const name = slotName(event.criterion, event.kind, event.item);
    if (this.outbox.pendingFor(name)) return;
    work.apply(this.work, event, version);
    this.tell("work", { criterion: event.criterion, kind: event.kind, item: event.item, elsewhere: true });
  }

  settle(name, whose) {
    const conflict = this.outbox.conflictFor(name);
    const [criterion, kind, item] = work.parted(name);
    if (whose === "theirs" && conflict) {
      work.apply(this.work, { criterion, kind, item, value: conflict.current?.value ?? null }, conflict.current?.version ?? null);
    }
    this.outbox.settle(name, whose);
    this.tell("conflict", name);
    this.tell("work", { criterion, kind, item, elsewhere: true });
  }

  #taken(event) {
    work.apply(this.work, event, null);
    this.tell("work", { criterion: event.criterion, kind: event.kind, item: event.item, elsewhere: true });
  }

  #acked(event, version) {
    work.setVersion(this.work, event, version);
    if (event.kind === "drafts_ignored") this.view.ignores_drafts.version = version;
    if (event.kind === "lock") {
      this.view.locked = new Date().toISOString();
      this.tell("lock");
    }
    this.tell("acked", { event, version });
  }
}
