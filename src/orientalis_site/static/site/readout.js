// Reads a drawn chart out in place, by year or by cell of a map. Drawing, scales and words are the server's; the numbers
// are fetched when the chart is scrolled to. Without this file every page is whole.
const split = (text) => text.split(" ").map(Number);
const within = (value, low, high) => Math.min(Math.max(value, low), high);
const set = (element, attributes) => Object.entries(attributes).forEach((pair) => element.setAttribute(...pair));

// Ties go to the even figure, as on the server (no decimals, or one).
function number(value, words, digits = 0) {
  const floor = Math.floor(value * 10 ** digits);
  const isTie = (value * (digits + 1)) % 1 === 0.5;
  const text = (isTie ? (floor + (floor % 2)) / 10 ** digits : value).toFixed(digits);
  const [whole, part] = text.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, words.thousands) + (part ? words.decimal + part : "");
}

function percent(share, words) {
  const value = 100 * share;
  const bound = value > 0 && value < 0.1 ? "<" : value > 99.9 && value < 100 ? ">" : "";
  const digits = value && value !== 100 && (value < 10 || value > 99) ? 1 : 0;
  const text = number(bound ? within(value, 0.1, 99.9) : value, words, digits);
  return (bound && bound + words.thousands) + text + words.percent;
}

// {name} is a number, {name:p} a share; years and names are text.
const fill = (words, held) =>
  words.line.replace(/\{(\w+)(:p)?\}/g, (_, name, isShare) => {
    const value = held[name] ?? words.undefined;
    return typeof value === "string" ? value : (isShare ? percent : number)(value, words);
  });

function marks(svg, ...names) {
  const make = (name) => document.createElementNS(svg.namespaceURI, name);
  const group = svg.appendChild(make("g"));
  return [group, ...names.map((name) => group.appendChild(make(name)))];
}

// `at(x, y)` and `key(event)` mark a place and return what it says; a falsy answer hides the marks.
function listen(svg, out, group, at, key, enter, live) {
  const say = (text) => {
    set(group, { class: "cross", visibility: text ? "visible" : "hidden" });
    out.textContent = text || svg.dataset.hint;
    out.classList.toggle("hint", !text);
  };
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    out.ariaLive = "off";
    say(at((event.clientX - box.left) * scale, (event.clientY - box.top) * scale));
  };
  const press = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const text = key(event);
    out.ariaLive = live;
    if (text) event.preventDefault();
    if (text || event.key === "Escape") say(text);
  };
  const on = (name, action) => svg.addEventListener(name, action);
  set(svg, { tabindex: 0 });
  on("pointermove", point);
  on("pointerdown", point);
  on("pointerleave", (event) => event.pointerType === "mouse" && say());
  on("blur", () => say());
  on("focus", () => svg.matches(":focus-visible") && say(enter()));
  on("keydown", press);
  say();
}

// A slider over years: its value in words is spoken, so the line itself is silent.
function overYears(svg, { columns }, out) {
  const words = svg.dataset;
  const [left, top, width, height] = split(words.plot);
  const [first, last] = split(words.years);
  const years = columns.year.map((year) => year + Number(words.offset));
  const names = words.dots.split(" ");
  const [group, rule, ...dots] = marks(svg, "path", ...names.map(() => "circle"));
  let at = years.length - 1;
  const show = (index) => {
    at = within(index, 0, years.length - 1);
    const x = left + (width * (years[at] - first)) / Math.max(last - first, 1);
    set(rule, { d: `M${x} ${top}v${height}` });
    names.forEach((name, i) => {
      const value = columns[name][at];
      set(dots[i], { cx: x, cy: top + height * (1 - within(value / words.top, 0, 1)), r: value == null ? 0 : 3.4 });
    });
    const held = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[at]]));
    const text = fill(words, { ...held, year: `${years[at]}` });
    set(svg, { "aria-valuenow": years[at], "aria-valuetext": text });
    return text;
  };
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -1e4, End: 1e4 };
  set(svg, { role: "slider", "aria-valuemin": years[0], "aria-valuemax": years[at] });
  show(at);
  const near = (x) => show(Math.round(first + ((x - left) / width) * (last - first) - years[0]));
  listen(svg, out, group, near, ({ key }) => steps[key] && show(at + steps[key]), () => show(at), "off");
}

// A map: arrow keys go five cells, with Shift one; the line is spoken.
function overCells(svg, record, out) {
  const words = svg.dataset;
  const [rows, columns] = split(words.grid);
  const [, , width, height] = split(words.plot);
  const side = width / columns;
  const cells = new Map(record.cells.flatMap(([row, first, values]) => values.map((v, i) => [row * columns + first + i, v])));
  const most = [...cells].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
  let at = [Math.floor(most / columns), most % columns];
  const water = svg.querySelector(".water");
  const places = [...svg.querySelectorAll("[data-place]")];
  [...svg.children].forEach((child) => set(child, { "aria-hidden": true }));
  const [group, box] = marks(svg, "rect");
  const show = (row, column) => {
    at = [within(row, 0, rows - 1), within(column, 0, columns - 1)];
    const [y, x] = at.map((index) => (index + 0.5) * side);
    set(box, { x: x - 3.5, y: y - 3.5, width: 7, height: 7 });
    if (water?.isPointInFill(new DOMPoint(at[1] + 0.5, at[0] + 0.5))) return words.water;
    const away = places.map(({ cx, cy }) => Math.hypot(cx.baseVal.value - x, cy.baseVal.value - y));
    const near = away.indexOf(Math.min(...away));
    const share = (cells.get(at[0] * columns + at[1]) ?? 0) / record.scale;
    return fill(words, { share, place: places[near]?.dataset.place, distance: (away[near] / side) * words.cellKm });
  };
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const walk = ({ key, shiftKey }) => steps[key] && show(...steps[key].map((way, i) => at[i] + way * (shiftKey ? 1 : 5)));
  set(svg, { role: "application" });
  const near = (x, y) => y < height && show(Math.floor(y / side), Math.floor(x / side));
  listen(svg, out, group, near, walk, () => show(...at), "polite");
}

async function start(figure) {
  const drawings = [...figure.querySelectorAll("svg[data-line]")];
  const held = await fetch(figure.dataset.src).then((answer) => answer.json()).catch(() => null);
  const record = [held].flat().find((one) => one?.id === drawings[0]?.dataset.id);
  if (!record) return;
  const out = document.createElement("output");
  out.className = "readout";
  drawings.at(-1).after(out);
  drawings.forEach((svg) => (record.columns ? overYears : overCells)(svg, record, out));
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) seen.unobserve(target), start(target);
}, { rootMargin: "900px" });
document.querySelectorAll("figure[data-src]").forEach((figure) => seen.observe(figure));
