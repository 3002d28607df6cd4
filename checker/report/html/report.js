"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const card = document.getElementById("card");
  const overlay = document.getElementById("lines");
  const lines = overlay.querySelector("g");
  const filters = document.querySelector(".filters");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 56rem)");
  const FAILS = 3, MOST_LINES = 40, MOST_CHECKS = 12;
  const byId = (id) => document.getElementById(id);
  const findings = [...document.querySelectorAll(".finding")];

  // Marks are numbered in their order; those that no finding leads to come without their id.
  for (const article of document.querySelectorAll(".text")) {
    const number = article.id.slice(1);
    let place = 0;
    for (const mark of article.getElementsByTagName("b")) if (!mark.dataset.of) mark.id = `f${number}-${place++}`;
  }

  // What is known of the marks of a document; read when it is first asked for.
  const known = new Map();
  function dataOf(number) {
    if (!known.has(number)) {
      const data = JSON.parse(byId("j" + number).textContent);
      data.checksOf = data.f.map(() => []);
      data.byNote = [];
      for (const check of data.c) {
        for (const place of check[4]) data.checksOf[place].push(check);
        if (check[5]) data.byNote[check[5]] = check;
      }
      known.set(number, data);
    }
    return known.get(number);
  }
  const parts = (id) => id.slice(1).split("-");
  const markAt = (number, place) => byId(`f${number}-${place}`);
  const findingAt = (number, note) => byId(`n${number}-${note}`);

  function markFrom(target) {
    const piece = target instanceof Element ? target.closest(".text b") : null;
    return piece && (piece.id ? piece : byId(piece.dataset.of));
  }

  // One thing is active at a time: a figure or a finding, with the marks that its lines lead to.
  let active = null;
  let leaving = 0; // the timer that takes the card away after the pointer has left its figure
  let cameFrom = null; // the finding whose figure was asked for, to which Escape leads back

  function activate(mark, check, withCard) {
    clear();
    const [number, place] = parts(mark.id);
    const data = dataOf(number);
    const checks = check ? [check] : data.checksOf[place];
    const ends = new Map();
    for (const each of checks) {
      for (const other of each[4]) {
        if (other === +place || (ends.get(other) && each[2] !== FAILS)) continue;
        ends.set(other, each[2] === FAILS || each[5] ? "against" : "along");
      }
    }
    active = { mark, card: withCard, ends: [] };
    mark.classList.add("on");
    for (const [other, kind] of ends) {
      if (active.ends.length >= MOST_LINES) break;
      const end = markAt(number, other);
      if (!end) continue;
      end.classList.add("with");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", kind);
      lines.append(path);
      active.ends.push({ end, path });
    }
    for (const each of checks) {
      const finding = each[5] && findingAt(number, each[5]);
      if (finding) finding.classList.add("on");
    }
    if (withCard) fill(mark, number, place, data, checks);
    place_all();
  }

  function clear() {
    clearTimeout(leaving); // what is shown next does not go when the pointer has been away from what was shown before
    if (!active) return;
    for (const each of document.querySelectorAll(".on,.with")) each.classList.remove("on", "with");
    active.mark.removeAttribute("aria-describedby");
    lines.replaceChildren();
    card.hidden = true;
    active = null;
  }

  // The card ---------------------------------------------------------------------------------------------------------
  function make(tag, text, name) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  }

  function link(text, target) {
    const element = make("a", text);
    element.href = "#" + target;
    return element;
  }

  const textOf = (mark) =>
    [mark, ...mark.closest("article").querySelectorAll(`[data-of="${mark.id}"]`)].map((piece) => piece.textContent).join("");

  function fill(mark, number, place, data, checks) {
    const [value = "", interval = "", unit = 0, metric = 0, holder = 0, period = 0, kind = 0, manner = 0, ...further] = data.f[place];
    const said = (at) => words.words[data.s[at]] || data.s[at];
    const head = make("header");
    head.append(make("strong", textOf(mark)));
    const close = make("button", "×");
    close.type = "button";
    close.setAttribute("aria-label", words.close);
    head.append(close);
    card.replaceChildren(head);
    const support = { c: "confirmed", x: "contradicted", u: "unsupported" }[mark.className[0]];
    if (support) card.append(make("p", words[support], support));
    const facts = make("dl");
    const fact = (term, description) => {
      if (!description) return;
      const row = make("div");
      row.append(make("dt", term), make("dd", description));
      facts.append(row);
    };
    const tail = (text) => (text && unit ? `${text} ${data.s[unit]}` : text);
    fact(words.kind, kind && said(kind));
    fact(words.value, value && [tail(value), manner && said(manner)].filter(Boolean).join(" · "));
    fact(words.interval, [tail(interval), !value && manner && said(manner)].filter(Boolean).join(" · "));
    fact(words.metric, data.s[metric]);
    fact(words.holder, data.s[holder]);
    fact(words.period, data.s[period]);
    for (let at = 0; at < further.length; at += 2) fact(words.further[further[at]], data.s[further[at + 1]]);
    if (facts.children.length) card.append(facts);
    if (checks.length) {
      const list = make("ul");
      const failing = (check) => (check[2] === FAILS || check[5] ? 0 : 1);
      const ordered = [...checks].sort((a, b) => failing(a) - failing(b));
      for (const check of ordered.slice(0, MOST_CHECKS)) list.append(checkItem(check, number, +place, data));
      if (checks.length > MOST_CHECKS) list.append(make("li", words.more.replace("{}", checks.length - MOST_CHECKS)));
      card.append(list);
    }
    mark.setAttribute("aria-describedby", "card");
    card.hidden = false;
  }

  function checkItem([rule, slug, outcome, expression, places, note], number, place, data) {
    const item = make("li");
    const head = make("div");
    head.append(make("span", `${outcome === FAILS ? "✕" : "✓"} ${words.outcomes[outcome]}`, outcome === FAILS ? "fails" : "holds"));
    head.append(" ", make("small", `${data.s[rule]} ${data.s[slug]}`));
    if (note && findingAt(number, note)) head.append(" ", link(`${words.finding} ${note}`, `n${number}-${note}`));
    item.append(head);
    if (expression) item.append(make("div", data.s[expression]));
    const others = places.filter((other) => other !== place && markAt(number, other)).slice(0, MOST_CHECKS);
    if (others.length) {
      const row = make("small", `${words.against} `);
      others.forEach((other, at) => {
        if (at) row.append(" · ");
        row.append(link(textOf(markAt(number, other)), `f${number}-${other}`));
      });
      item.append(row);
    }
    return item;
  }

  // Places -----------------------------------------------------------------------------------------------------------
  function place_all() {
    if (!active) return;
    const from = active.mark.getClientRects()[0];
    if (!from) return;
    if (active.card && !narrow.matches) {
      const width = card.offsetWidth, height = card.offsetHeight;
      const below = from.bottom + 10 + height <= innerHeight || from.top < height + 10;
      const edge = active.mark.closest("article").getBoundingClientRect().right; // the findings stay in sight
      const left = Math.max(8, Math.min(from.left, Math.max(edge, width + 16) - width - 8));
      card.style.left = `${left}px`;
      card.style.top = `${Math.max(8, below ? Math.min(from.bottom + 10, innerHeight - height - 8) : from.top - height - 10)}px`;
    }
    for (const { end, path } of active.ends) {
      const to = end.getClientRects()[0];
      path.setAttribute("d", to ? curve(from, to) : "M0 0");
    }
  }

  function curve(from, to) {
    const limit = (y) => Math.max(-200, Math.min(innerHeight + 200, y)).toFixed(1);
    const x1 = (from.left + from.width / 2).toFixed(1), x2 = (to.left + to.width / 2).toFixed(1);
    if (Math.abs(from.top - to.top) < from.height) {
      const rise = Math.min(20, 8 + Math.abs(x2 - x1) / 16);
      const y1 = limit(from.top - 2), y2 = limit(to.top - 2);
      return `M${x1} ${y1}C${x1} ${limit(y1 - rise)} ${x2} ${limit(y2 - rise)} ${x2} ${y2}`;
    }
    const down = to.top > from.top;
    const y1 = limit(down ? from.bottom + 3 : from.top - 2), y2 = limit(down ? to.top - 3 : to.bottom + 4);
    const middle = ((+y1 + +y2) / 2).toFixed(1);
    return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
  }

  let waiting = false;
  function later() {
    if (!active || waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      place_all();
    });
  }
  addEventListener("scroll", later, { passive: true, capture: true });
  addEventListener("resize", later);

  // Going from one to the other --------------------------------------------------------------------------------------
  function scrollTo(element, block) {
    element.scrollIntoView({ block, inline: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  function focusMark(mark) {
    const article = mark.closest("article");
    for (const other of article.querySelectorAll('b[tabindex="0"]')) other.tabIndex = -1;
    mark.tabIndex = 0;
    mark.setAttribute("role", "button");
    mark.focus({ preventScroll: true });
    if (!active || active.mark !== mark || !active.card) activate(mark, null, true);
  }

  function checkOf(finding) {
    const [number, note] = parts(finding.id);
    return byId("j" + number) && dataOf(number).byNote[note];
  }

  const figureOf = (finding) => {
    const anchor = finding.querySelector("a.go");
    return anchor && byId(anchor.hash.slice(1));
  };

  function goToFigure(finding) {
    const mark = figureOf(finding);
    if (!mark) return;
    cameFrom = finding;
    scrollTo(mark, "center");
    focusMark(mark);
  }

  function goToFinding(finding) {
    clear();
    finding.hidden = false;
    scrollTo(finding, "nearest");
    const anchor = finding.querySelector("a.go");
    if (anchor) anchor.focus({ preventScroll: true });
    finding.classList.add("on");
  }

  // The finding has the focus and its figure is shown beside it.
  function lookAt(finding) {
    const mark = figureOf(finding);
    scrollTo(finding, "nearest");
    if (!mark) return;
    if (!narrow.matches) scrollTo(mark, "center");
    activate(mark, checkOf(finding), false);
  }

  function step(forward) {
    const shown = findings.filter((finding) => !finding.hidden && finding.querySelector("a.go"));
    if (!shown.length) return;
    const here = document.activeElement.closest(".finding") || cameFrom;
    const at = here ? shown.indexOf(here) : -1;
    const next = shown[Math.max(0, Math.min(shown.length - 1, forward ? at + 1 : at < 0 ? shown.length - 1 : at - 1))];
    cameFrom = next;
    next.querySelector("a.go").focus({ preventScroll: true });
    lookAt(next);
  }

  function stepFigure(mark, forward) {
    const all = [...mark.closest("article").querySelectorAll("b[id]")];
    const next = all[all.indexOf(mark) + (forward ? 1 : -1)];
    if (!next) return;
    scrollTo(next, "nearest");
    focusMark(next);
  }

  function back() {
    const inText = document.activeElement.closest(".text") || card.contains(document.activeElement);
    const mark = active && active.mark;
    if (card.contains(document.activeElement) && mark) {
      mark.focus({ preventScroll: true });
      return;
    }
    clear();
    for (const each of document.querySelectorAll(".finding.on")) each.classList.remove("on");
    if (inText && cameFrom && !cameFrom.hidden) {
      const finding = cameFrom;
      cameFrom = null;
      goToFinding(finding);
    }
  }

  // Events -----------------------------------------------------------------------------------------------------------
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(leaving);
    const mark = markFrom(event.target);
    if (mark) {
      if (!active || active.mark !== mark || !active.card) activate(mark, null, true);
    } else if (active && active.card && !card.contains(event.target)) {
      leaving = setTimeout(() => {
        const focused = markFrom(document.activeElement);
        if (focused) activate(focused, null, true);
        else clear();
      }, 250);
    }
  });

  document.addEventListener("focusin", (event) => {
    const mark = markFrom(event.target);
    if (mark && (!active || active.mark !== mark)) activate(mark, null, true);
    const finding = event.target.closest(".finding");
    if (finding && event.target.matches("a.go:focus-visible")) {
      const figure = figureOf(finding);
      if (figure && (!active || active.mark !== figure)) activate(figure, checkOf(finding), false);
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#card button")) return clear();
    const anchor = event.target.closest('a[href^="#"]');
    const finding = event.target.closest(".finding");
    if (anchor) {
      const target = byId(anchor.hash.slice(1));
      if (!target) return;
      if (target.matches(".text b")) {
        event.preventDefault();
        if (finding) cameFrom = finding;
        if (anchor.matches(".go")) return goToFigure(finding);
        scrollTo(target, "center");
        focusMark(target);
      } else if (target.matches(".finding")) {
        event.preventDefault();
        goToFinding(target);
      }
      return;
    }
    if (finding && getSelection().isCollapsed) return goToFigure(finding);
    const mark = markFrom(event.target);
    if (mark) {
      focusMark(mark);
      const check = dataOf(parts(mark.id)[0]).checksOf[parts(mark.id)[1]].find((each) => each[5]);
      const own = check && findingAt(parts(mark.id)[0], check[5]);
      if (own && !own.hidden && !narrow.matches) scrollTo(own, "nearest");
    } else if (!card.contains(event.target) && getSelection().isCollapsed && !event.target.closest(".filters")) clear();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key;
    // A filter keeps its own keys; it has no use for j and k, which lead from it to the findings that it left.
    if (event.target.matches("select, input") && key !== "j" && key !== "k") return;
    const mark = markFrom(document.activeElement);
    const inList = document.activeElement.closest(".finding");
    if (key === "Escape") back();
    else if (key === "j" || (inList && key === "ArrowDown")) step(true);
    else if (key === "k" || (inList && key === "ArrowUp")) step(false);
    else if (mark && key === "ArrowRight") stepFigure(mark, true);
    else if (mark && key === "ArrowLeft") stepFigure(mark, false);
    else if (mark && (key === "Enter" || key === " ")) {
      const first = card.querySelector("a");
      if (first && !card.hidden) first.focus();
    } else return;
    event.preventDefault();
  });

  // Filters ----------------------------------------------------------------------------------------------------------
  const notesOf = new Map([...document.querySelectorAll(".text b[data-n]")].map((mark) => [mark, mark.dataset.n.split(" ")]));

  function narrowDown() {
    const chosen = new FormData(filters);
    const severities = new Set(chosen.getAll("severity"));
    const rule = chosen.get("rule");
    let count = 0;
    for (const finding of findings) {
      finding.hidden = !severities.has(finding.classList[1]) || Boolean(rule && rule !== finding.dataset.r);
      if (!finding.hidden) count += 1;
    }
    for (const list of document.querySelectorAll(".findings")) {
      list.nextElementSibling.hidden = list.querySelector(".finding:not([hidden])") !== null;
    }
    for (const [mark, notes] of notesOf) {
      const number = parts(mark.id)[0];
      mark.dataset.n = notes.filter((note) => !findingAt(number, note).hidden).join(" ");
    }
    const supports = new Set(chosen.getAll("support"));
    document.body.dataset.hide = ["c", "x", "u"].filter((each) => !supports.has(each)).join(" ");
    filters.querySelector("output").textContent = findings.length
      ? words.shown.replace("{}", count).replace("{}", findings.length)
      : "";
    clear();
  }
  filters.addEventListener("change", narrowDown);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.hidden = false;
  filters.reset();
  narrowDown();

  // One stop of the Tab key in each article; the arrow keys go on from there.
  for (const article of document.querySelectorAll(".text")) {
    const first = article.querySelector("b[id]");
    if (first) first.tabIndex = 0;
  }
  const target = location.hash && byId(location.hash.slice(1));
  if (target && target.matches(".finding")) goToFinding(target);
  else if (target && target.matches(".text b")) {
    target.scrollIntoView({ block: "center" });
    focusMark(target);
  }
})();
