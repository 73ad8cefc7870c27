"use strict";
(() => {
  const words = document.body.dataset;
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const make = (name, set = {}, ...children) => {
    const made = Object.assign(document.createElement(name), set);
    made.append(...children);
    return made;
  };
  const button = (text, click, label) => {
    const made = make("button", { type: "button", textContent: text, onclick: click });
    if (label) made.setAttribute("aria-label", label);
    return made;
  };

  // Numbers as they are written: 1,234 · 78.7% · 2.1万 · 76.0%～81.2%; what is none stands last.
  const number = (text) => {
    if (/^\s*\d{4}-\d\d-\d\d/.test(text)) return Date.parse(text.trim().replace(" ", "T"));
    const plain = text.replace(/[,\s‹<]/g, "").replace(/^−/, "-");
    return parseFloat(plain) * (/万/.test(text) ? 1e4 : 1);
  };
  const compare = (a, b, numeric) => {
    if (!numeric) return a.localeCompare(b, document.documentElement.lang, { numeric: true });
    const [x, y] = [number(a), number(b)];
    return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) : x - y;
  };

  const sort = (table, head, at) => {
    const way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    all("th", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", way);
    const text = (row) => row.cells[at].textContent.trim();
    const rows = all("tbody tr", table);
    const none = /^(—|-|)$/;
    const numeric = head.classList.contains("n") ||
      rows.every((row) => none.test(text(row)) || /^[-−‹<]?\d[\d.,]*\s*(%|～|~|–|to |$)/.test(text(row)));
    const known = (row) => !none.test(text(row)) && (!numeric || !isNaN(number(text(row))));
    const sign = way === "ascending" ? 1 : -1;
    rows.sort((a, b) => known(b) - known(a) || sign * compare(text(a), text(b), numeric));
    table.tBodies[0].append(...rows);
  };

  const filter = (table, place) => {
    const rows = all("tbody tr", table);
    const input = make("input", { type: "search", id: `${table.id}-q` });
    const told = make("output", { htmlFor: input.id });
    input.oninput = () => {
      const asked = input.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !asked.every((word) => text.includes(word));
      }
      const shown = rows.filter((row) => !row.hidden).length;
      told.textContent = `${shown} / ${rows.length} ${words.rows}`;
    };
    const label = make("label", { htmlFor: input.id, textContent: words.filter });
    place.before(make("div", { className: "filter" }, label, input, told));
  };

  for (const table of all("table.data")) {
    const many = table.tBodies[0].rows.length;
    if (many > 1)
      all("th", table).forEach((head, at) => {
        head.replaceChildren(button(head.textContent, () => sort(table, head, at)));
      });
    if (many > 8) filter(table, table.parentNode);
  }

  // A map is drawn beforehand at several shares of its paths, by count and by time.
  const captions = [];
  for (const figure of all("figure.wide")) {
    const views = all(".view", figure);
    if (views.length < 2) continue;
    const kinds = [...new Set(views.slice(1).map((view) => view.dataset.shown))];
    const shares = [...new Set(views.slice(1).map((view) => view.dataset.share))].sort((a, b) => a - b);
    let [kind, at] = [kinds[0], shares.length - 1];
    const told = make("output");
    const slider = make("input", { type: "range", min: 0, max: shares.length - 1, value: at, step: 1 });
    const said = figure.querySelector("figcaption");
    const printed = said && said.textContent;
    // On paper stands the drawing with both counts and times, which its caption speaks of.
    const print = () => {
      views.forEach((view, place) => (view.hidden = place > 0));
      if (said) said.textContent = printed;
    };
    captions.push({ print, back: () => show() });
    const show = () => {
      views.forEach((view) => {
        view.hidden = view.dataset.shown !== kind || view.dataset.share !== shares[at];
        if (said && !view.hidden) said.textContent = view.dataset.caption;
      });
      told.textContent = `${Math.round(shares[at] * 100)}%`;
      buttons.forEach((one, place) => one.setAttribute("aria-pressed", kinds[place] === kind));
    };
    slider.setAttribute("aria-label", words.paths);
    slider.oninput = () => {
      at = +slider.value;
      show();
    };
    const buttons = kinds.map((one) => button(words[one], () => {
      kind = one;
      show();
    }));
    const label = make("label", { textContent: words.paths }, slider);
    figure.prepend(make("div", { className: "tools" }, ...buttons, label, told));
    at = Math.max(shares.indexOf("0.9"), 0);
    slider.value = at;
    show();
  }

  // What fits, a table or a picture, is no stop for the keyboard.
  const fits = new ResizeObserver((seen) => {
    for (const { target } of seen) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  all(".scroll, figure:not(.wide) .picture").forEach((box) => fits.observe(box));

  const maps = all("figure.wide .picture").map((box) => {
    const svg = box.firstElementChild;
    const { x, y, width, height } = svg.viewBox.baseVal;
    const whole = [x, y, width, height];
    let view = whole;
    let wheeled = 0;
    const show = (next) => {
      const w = Math.min(Math.max(next[2], width / 16), width);
      const h = (w * height) / width;
      const inside = (at, from, size, part) => Math.min(Math.max(at, from), from + size - part);
      view = [inside(next[0], x, width, w), inside(next[1], y, height, h), w, h];
      svg.setAttribute("viewBox", view.join(" "));
      box.classList.toggle("zoomed", w < width);
    };
    const zoom = (times, at = { x: view[0] + view[2] / 2, y: view[1] + view[3] / 2 }) =>
      show([at.x - (at.x - view[0]) / times, at.y - (at.y - view[1]) / times, view[2] / times, 0]);
    const move = (dx, dy) => show([view[0] + dx, view[1] + dy, view[2], 0]);
    const point = (event) =>
      new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

    // It opens as large as its letters need; the whole of it is a button away.
    const sizes = all("text", svg).map((one) => parseFloat(one.getAttribute("font-size")));
    const opened = new ResizeObserver(() => {
      if (!box.clientWidth) return;
      opened.disconnect();
      const drawn = Math.min(svg.clientWidth / width, svg.clientHeight / height);
      const times = Math.min(9.2 / (Math.min(...sizes) * drawn), 16);
      if (times > 1) show([x + (width - width / times) / 2, y, width / times, 0]);
    });
    if (sizes.length) opened.observe(box);
    box.classList.add("moving");
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${svg.getAttribute("aria-label")} (${words.help})`);
    box.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if ("+=".includes(event.key)) zoom(1.4);
      else if ("-_".includes(event.key)) zoom(1 / 1.4);
      else if (event.key === "0") show(whole);
      else if (step[event.key] && view[2] < width)
        move(...step[event.key].map((way) => (way * view[2]) / 8));
      else return;
      event.preventDefault();
    };
    // A wheel that scrolls the page goes on scrolling it, and so does one at the end of zooming.
    box.addEventListener("wheel", (event) => {
      const start = view[2];
      if (event.timeStamp - scrolled < 300 && event.timeStamp - wheeled > 300) return;
      zoom(Math.exp(-event.deltaY / 400), point(event));
      if (view[2] === start) return;
      wheeled = event.timeStamp;
      event.preventDefault();
    }, { passive: false });
    let held = null;
    box.onpointerdown = (event) => {
      if (event.button || view[2] >= width) return;
      held = point(event);
      box.setPointerCapture(event.pointerId);
    };
    box.onpointermove = (event) => {
      if (!held) return;
      const now = point(event);
      move(held.x - now.x, held.y - now.y);
    };
    box.onpointerup = box.onpointercancel = () => (held = null);
    box.before(make("div", { className: "tools" },
      button("+", () => zoom(1.4), words.in), button("−", () => zoom(1 / 1.4), words.out),
      button(words.whole, () => show(whole)), make("span", { textContent: words.help })));
    return { print: () => svg.setAttribute("viewBox", whole.join(" ")), back: () => show(view) };
  });
  let scrolled = -1e3;
  addEventListener("scroll", (event) => (scrolled = event.timeStamp), { passive: true });

  const folds = all("details");
  const annex = document.getElementById("annex");
  const first = annex && annex.querySelector("h2");
  if (first && folds.length > 2)
    first.before(make("div", { className: "all" },
      button(words.open, () => folds.forEach((one) => (one.open = true))),
      button(words.close, () => folds.forEach((one) => (one.open = false)))));

  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  let closed = [];
  addEventListener("beforeprint", () => {
    captions.forEach((one) => one.print());
    closed = folds.filter((one) => !one.open);
    closed.forEach((one) => (one.open = true));
    maps.forEach((map) => map.print());
  });
  addEventListener("afterprint", () => {
    captions.forEach((one) => one.back());
    closed.forEach((one) => (one.open = false));
    maps.forEach((map) => map.back());
  });

  // The contents show where the reader is.
  const links = new Map(all("nav a").map((link) => [link.hash.slice(1), link]));
  const marks = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const here = () => {
    const past = marks.filter((mark) => mark.getBoundingClientRect().top < 120);
    const now = past.length && links.get(past[past.length - 1].id);
    links.forEach((link) => link.removeAttribute("aria-current"));
    if (!now) return;
    now.setAttribute("aria-current", "true");
    const list = now.closest("nav");
    const at = now.offsetTop - list.scrollTop;
    if (at < 0 || at > list.clientHeight - 60) list.scrollTop = now.offsetTop - list.clientHeight / 2;
  };
  addEventListener("scroll", () => requestAnimationFrame(here), { passive: true });
  here();
})();
