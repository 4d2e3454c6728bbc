// The levers of the page. Every figure comes from the model's own lines (interpreter.js), every word from Python;
// here is only which words hold, how a figure is written (finmodel/lines/display.py), and where it stands.
const finmodelLevers = (() => {
  const data = JSON.parse(document.getElementById("levers-data").textContent);
  const model = finmodelInterpreter(data.model), addresses = Object.keys(data.model.figures);
  const MONTHS = "April May June July August September October November December January February March".split(" ");
  const firstYear = Number(data.years[0].slice(0, 4)), monthCount = 12 * data.years.length;
  const panel = document.getElementById("levers"), banner = document.getElementById("what-if");
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const on = (element, event, run) => element.addEventListener(event, run);
  const classes = document.body.classList, tried = () => location.hash.startsWith("#try:");
  const MINUS = "\u2212", JOINED = `${MINUS}\u200d£`;

  // half up from the 15 digits that a spreadsheet shows, as text
  const number = (value, places) => {
    const [digits, power] = Math.abs(value).toExponential(14).split("e");
    const figures = digits.replace(".", ""), keep = Number(power) + 1 + places;
    const up = keep >= 0 && keep < 15 && figures[keep] >= "5" ? 1n : 0n;
    const whole = keep < 0 ? 0n : BigInt(figures.slice(0, keep).padEnd(keep, "0") || "0") + up;
    const text = `${whole}`.padStart(places + 1, "0"), cut = text.length - places;
    const grouped = text.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ",");
    return `${value < 0 && whole > 0n ? MINUS : ""}${grouped}${places ? `.${text.slice(cut)}` : ""}`;
  };
  const pounds = (value, places = 0) => {
    const text = number(value, places);
    return text.startsWith(MINUS) ? `${JOINED}${text.slice(1)}` : `£${text}`;
  };
  const plain = (value, places) => {
    const text = number(value, places);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  };
  const short = (value) => {
    for (const [places, unit, name] of [[0, 1, ""], [0, 1e3, "k"], [2, 1e6, "m"], [1, 1e6, "m"]])
      if (number(value / unit, places).replace(MINUS, "").replace(".", "").length <= 3) return pounds(value / unit, places) + name;
    return `${pounds(value / 1e6)}m`;
  };
  const signed = (value) => {
    const text = short(value);
    return number(value, 2) === "0.00" || text.startsWith(MINUS) ? text : `+${text}`;
  };
  const whole = (exact, up) => {
    if (number(exact, 1) === number(up, 1)) return plain(up, 4);
    let places = 1;
    while (places < 9 && number(exact, places) === number(up - 1, places)) places += 1;
    return `${number(exact, places)}, rounded up to ${plain(up, 4)}`;
  };
  const monthName = (place) => `${MONTHS[place % 12]} ${firstYear + Math.floor((place + 3) / 12)}`;
  const forms = {
    pounds, short, signed, whole,
    0: (value) => number(value, 0), 1: (value) => number(value, 1), 2: (value) => number(value, 2),
    apart: (value, needed) => {
      const [one, other] = [needed + value, needed].map((each) => Number(number(each, 1).replaceAll(",", "").replace(MINUS, "-")));
      return number(one - other, 1).replace(/^0.0$/, "less than 0.1").replace(MINUS, "");
    },
    plain: (value) => plain(value, 1), gap: (value, whole) => plain(Math.abs(whole - value), 1),
    month: (value) => monthName(Math.round(value) - 1), year: (value) => data.years[Math.round(value) - 1],
    after: (value) => {
      const start = Number(data.years[data.years.length - 1].slice(0, 4)) + Math.round(value);
      return `${start}/${`${(start + 1) % 100}`.padStart(2, "0")}`;
    },
  };

  const valueOf = (place) => { const [figure, period] = data.figures[place]; return model.figures(addresses[figure])[period]; };
  const holds = ([place, least, below, than]) => {
    const value = valueOf(place), apart = than === undefined ? value : value - valueOf(than);
    if (least === undefined || value === null) return least === undefined && value === null;
    return apart >= (least ?? -Infinity) && apart < (below ?? Infinity);
  };
  const written = (piece) => {
    if (!Array.isArray(piece)) return data.said[piece] ?? piece;
    const [place, form, beside] = piece, [figure, period] = data.figures[place], address = addresses[figure], value = valueOf(place);
    const shown = document.createElement("bdi");
    shown.dataset.figure = address;
    if (period) shown.dataset.period = period;
    shown.dataset.value = value ?? "";
    if (form === "reason") shown.textContent = model.reason(address, period);
    else shown.textContent = value === null ? "no figure" : forms[form](value, beside === undefined ? undefined : valueOf(beside));
    return shown;
  };
  const mark = (element, given = {}) => {
    for (const name of ["figure", "period", "value"]) if (given[name] === undefined) delete element.dataset[name]; else element.dataset[name] = given[name];
  };
  const put = (element, text) => {
    const [only, ...more] = read(text), alone = !more.length && only instanceof Element;
    mark(element, alone ? only.dataset : {});
    element.replaceChildren(...(alone ? only.childNodes : [only, ...more]));
  };
  const read = (text) => (data.texts[text].find(([states]) => states.every(holds)) ?? [[], ["no figure"]])[1].map(written);

  const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);
  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

  // The chart of the answer, as finmodel/report/cumulative_chart.py draws it; `ghost`: the strong line as stated.
  const SVG = "http://www.w3.org/2000/svg", COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
  const drawn = (name, attributes, text = "") => {
    const shape = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    shape.textContent = text;
    return shape;
  };
  const tenth = (value) => Math.round(value * 10) / 10;
  const scaleOver = (values, start, end) => {
    let low = Math.min(0, ...values), high = Math.max(0, ...values);
    if (high - low < 0.01) high = low + 1;
    const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((size) => size * power).find((size) => size >= rough * 0.999);
    low = Math.floor(low / step + 1e-9) * step;
    high = Math.ceil(high / step - 1e-9) * step;
    return { low, high, step, at: (value) => tenth(start + ((value - low) / (high - low)) * (end - start)) };
  };
  const isNil = (value) => Math.abs(value) < 0.005;
  const coursesNow = (chart) => {
    const groups = new Map();
    chart.courses.forEach(([title, address, payback, strong]) => {
      const running = model.figures(addresses[address]), key = running.map((value) => number(value, 2)).join();
      if (!groups.has(key)) groups.set(key, { running, titles: [], strong: false, paid: model.figures(addresses[payback])[0] });
      groups.get(key).titles.push(title);
      groups.get(key).strong ||= strong === 1;
    });
    const moving = [...groups.values()].filter(({ running }) => !running.every(isNil)).sort((a, b) => b.strong - a.strong);
    const strong = moving.length === 1 || (moving.length > 0 && moving[0].strong);
    moving.forEach((line, place) => {
      line.letter = moving.length > 1 ? String.fromCharCode(65 + place) : "";
      line.look = (strong ? place : place + 1) % 6;
    });
    return { moving, strong };
  };
  const draw = (chart, ghost) => {
    const { svg, legend } = chart, [left, right, top, bottom] = chart.field, { moving, strong } = coursesNow(chart);
    const own = [...(moving[0]?.running ?? []), ...(ghost ?? [])];
    let amounts = [...moving.flatMap(({ running }) => running), ...(ghost ?? [])];
    const narrow = scaleOver(own, 0, 1);
    const cut = strong && moving.length > 1 && Math.max(...amounts) - Math.min(...amounts) > 1.5 * (narrow.high - narrow.low);
    if (cut) amounts = [narrow.low, narrow.high];
    const scale = scaleOver(amounts, bottom, top);
    moving.forEach((line) => { line.leaves = cut && line.running.some((value) => value < narrow.low || value > narrow.high); });
    const across = (right - left) / monthCount, shapes = [], add = (...of) => shapes.push(drawn(...of));
    const [unit, name] = [[1e6, "£ million"], [1e3, "£ thousand"]].find(([size]) => Math.max(-scale.low, scale.high) >= 2 * size) ?? [1, "£"];
    add("text", { x: 2, y: 16, "text-anchor": "start", class: "axis-title" }, name);
    for (let n = 0; n <= Math.round((scale.high - scale.low) / scale.step); n += 1) {
      const value = scale.low + scale.step * n, y = scale.at(value), zero = Math.abs(value) < scale.step / 1e6;
      add("line", { x1: left, y1: y, x2: right, y2: y, class: zero ? "nil" : "grid" });
      add("text", { x: left - 8, y: tenth(y + 4), "text-anchor": "end", class: "tick" }, zero ? "0" : plain(value / unit, 2));
    }
    const line = (running, kind) => {
      const points = [[left, scale.at(0)]];
      let before = 0;
      for (const [place, amount] of running.entries()) {
        const inside = scale.low <= amount && amount <= scale.high, edge = amount < scale.low ? scale.low : scale.high;
        points.push(inside ? [tenth(left + across * (place + 1)), scale.at(amount)]
          : [tenth(left + across * (place + (edge - before) / (amount - before))), scale.at(edge)]);
        if (!inside) break;
        before = amount;
      }
      add("polyline", { points: points.map((point) => point.join()).join(" "), class: kind });
      return points[points.length - 1];
    };
    if (ghost) line(ghost, "series ghost");
    [...moving].reverse().forEach((each) => {
      const [cx, cy] = line(each.running, `series series-${each.look}`);
      if (!each.leaves) add("circle", { cx, cy, r: 5, class: `end end-${each.look}` });
    });
    const paid = moving.filter((each) => each.paid !== null && each.paid > 1.5 && !each.leaves);
    [...new Set(paid.map((each) => Math.round(each.paid)))].sort((a, b) => a - b).forEach((month, row) => {
      const lines = paid.filter((each) => Math.round(each.paid) === month), x = tenth(left + across * month), y = 36 + 20 * row;
      const heights = lines.map((each) => scale.at(each.running[month - 1])), letters = lines.map((each) => each.letter);
      add("line", { x1: x, y1: y + 4, x2: x, y2: Math.max(...heights), class: "mark" });
      heights.forEach((cy) => add("circle", { cx: x, cy, r: 5, class: "paid" }));
      const who = letters.length > 6 ? `${COUNTS[letters.length] ?? letters.length} lines` : listed(letters);
      const anchor = month - 1 < monthCount / 2 ? "start" : "end";
      add("text", { x, y, "text-anchor": anchor, class: "value" }, capital(`${who} ${monthName(month - 1)}`.trim()));
    });
    const keys = moving.map((each) => {
      const many = each.titles.length > 2;
      const title = many ? `${capital(COUNTS[each.titles.length] ?? `${each.titles.length}`)} options, one line: same figures` : listed(each.titles);
      const end = pounds(each.running[each.running.length - 1]);
      return [each.letter, `series series-${each.look}`, `${title}: ${each.leaves ? "leaves the scale; " : ""}${end} at the end`];
    });
    if (ghost) keys.push(["", "series ghost", data.words.stated]);
    legend.replaceChildren(...keys.map(([letter, kind, text]) => {
      const item = document.createElement("li"), sign = drawn("svg", { width: 34, height: 16, viewBox: "0 0 34 16", "aria-hidden": "true" });
      sign.append(drawn("path", { d: "M1 8H33", class: kind }));
      const bold = document.createElement("b"), words = document.createElement("span");
      bold.textContent = letter;
      words.textContent = text;
      item.append(sign, ...(letter ? [bold] : []), words);
      return item;
    }));
    const years = chart.stated.filter((shape) => !dependent(shape));
    svg.replaceChildren(...years, ...shapes);
    one("desc", svg).textContent = [data.words.title, ...keys.map(([letter, , text]) => `${letter} ${text}`.trim())].join(". ");
  };
  const dependent = (shape) => shape.nodeType !== 1 || shape.matches("polyline, circle, .mark, .nil, .value, .axis-title, .tick[text-anchor=end]")
    || (shape.matches("line.grid") && shape.getAttribute("y1") === shape.getAttribute("y2"));
  const charts = data.charts.map(([id, field, courses]) => {
    const svg = document.getElementById(`${id}-title`).closest("svg"), figure = svg.closest(".on-desk, .on-phone, figure");
    const legend = one(".legend", figure);
    return { field, courses: courses.map((place) => data.courses[place]), svg, legend, stated: [...svg.childNodes], keys: [...legend.childNodes], desc: one("desc", svg).textContent };
  });
  let ghosts = null;                                 // the strong lines as stated, worked out when first wanted
  const statedLines = () => {
    model.run();
    return charts.map(coursesNow).map(({ moving, strong }) => (strong ? moving[0].running : null));
  };

  const gauges = all("[data-forecast]").map((gauge) => ({ gauge, stated: [...gauge.childNodes], label: gauge.getAttribute("aria-label") }));
  const drawGauge = ({ gauge }) => {
    const [forecast, needed] = [gauge.dataset.forecast, gauge.dataset.needed].map((address) => model.figures(address)[0]);
    const most = Math.max(forecast ?? 0, needed ?? 0) * Number(gauge.dataset.headroom);
    const known = forecast !== null && needed !== null && most > 0 && forecast >= 0 && needed >= 0;
    gauge.toggleAttribute("hidden", !known);
    gauge.setAttribute("aria-label", known ? `forecast ${number(forecast, 1)}; needs ${number(needed, 1)}` : data.words.none);
    if (!known) return;
    const x = (400 * needed) / most;
    gauge.replaceChildren(drawn("rect", { x: 0, y: 8, width: 400, height: 22, class: "scale" }),
      drawn("rect", { x: 0, y: 8, width: ((400 * forecast) / most).toFixed(1), height: 22, class: "forecast" }),
      drawn("line", { x1: x.toFixed(1), y1: 2, x2: x.toFixed(1), y2: 36, class: "needed" }));
  };

  const texts = all("[data-text]").map((element) => ({ element, stated: [...element.childNodes], text: element.textContent, data: { ...element.dataset } }));
  const again = (ghost = []) => {
    texts.forEach(({ element, text }) => {
      put(element, element.dataset.text);
      element.classList.toggle("changed", element.textContent !== text);
      const beside = element.closest(".strip span")?.lastChild;
      if (beside) beside.textContent = element.textContent === text ? "" : `(paper ${text})`;
    });
    charts.forEach((chart, place) => draw(chart, ghost[place]));
    gauges.forEach(drawGauge);
  };
  const asStated = () => {
    classes.remove("what-if", "no-answer");
    texts.forEach(({ element, stated, data: given }) => {
      element.replaceChildren(...stated);
      mark(element, given);
    });
    charts.forEach(({ svg, legend, stated, keys, desc }) => {
      svg.replaceChildren(...stated);
      legend.replaceChildren(...keys);
      one("desc", svg).textContent = desc;
    });
    gauges.forEach(({ gauge, stated, label }) => {
      gauge.removeAttribute("hidden");
      gauge.replaceChildren(...stated);
      gauge.setAttribute("aria-label", label);
    });
  };

  // What the page shows of an answer and cannot show anew is marked, and set aside while inputs are moved.
  const SAID = "#answer > p, #answer .columns p, .masthead .summary, #options .what-if tbody :not(.only-what-if) > th", COUNTED = ["#answer .keys dd > span", "#answer .keys dd", "#answer figure caption > span",
    "#options .below", "#options .cards > .note", "#options-table td", "#options .card dd"].join();
  const counts = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && /[0-9]/.test(node.data));
  const fixed = (each) => !one("[data-text]", each) && !each.closest("[data-text], #what-if");
  [...all(SAID), ...all(COUNTED).filter(counts)].filter(fixed).forEach((each) => each.classList.add("set-aside"));

  // Levers: what is shown, and what the model is given.
  const inputs = Object.keys(data.model.inputs);
  const levers = all(".lever", panel).map((row, place) => {
    const field = one("[data-address]", row), slider = one("[type=range]", row), reset = one("button", row), { address } = field.dataset;
    const label = one("label", row).firstChild.data.trim(), note = one("label .under", row)?.textContent ?? "";
    const [shown, least, most] = [field.defaultValue, field.min, field.max].map(Number), name = address.split(".").pop().replaceAll("_", "-");
    reset.setAttribute("aria-label", `Reset: ${label}`);
    const own = data.levers[place], behind = own.inputs.map(([input, periods]) => [inputs[input] ?? input, periods]);
    return { times: 1, before: "", after: "", name, ...own, inputs: behind, address, label, note, shown, least, most, now: shown, field, slider, reset };
  });
  const moved = () => levers.filter((lever) => lever.now !== lever.shown);
  const given = ({ now, times, value, moves }, own) => {
    if (moves === "by") return own.map((each) => each + now - value);
    return moves ? own.map((each) => (each * (now / times)) / value) : [now / times];
  };
  // every input that is moved; the questions of a meeting come first and are asked of what the others leave
  const changes = () => {
    const made = {};
    moved().reverse().forEach((lever) => lever.inputs.forEach(([address]) => { made[address] = given(lever, made[address] ?? model.stated(address)); }));
    return made;
  };
  const single = (text) => text.replace(/^1\s(child|month)(ren|s)/, "1 $1");
  const said = (lever, value) => single(`${lever.before}${plain(value, 4)}${lever.after}`.replace(`£${MINUS}`, JOINED));
  const inShort = (lever) => {
    const [before, after] = lever.says ?? [`${lever.label.split(/ \(|: |(?<=.{9}),/)[0]} ${lever.before}`, lever.after];
    const text = single(`${before}${plain(lever.now, 4)}${after}`);
    return lever.shown ? `${text}, not ${lever.before}${plain(lever.shown, 4)}${lever.says ? "" : lever.after}` : text;
  };

  const live = one(".announced", panel), status = one(".done", panel), asked = one("#print-what-if"), yaml = one("textarea", panel);
  const title = document.title, strip = one(".strip", panel);
  let announcing = 0;
  const announce = (any) => {
    clearTimeout(announcing);
    announcing = setTimeout(() => { live.textContent = any ? strip.innerText : data.words.again; }, 700);
  };
  const show = () => {
    const any = moved();
    levers.forEach((lever) => { lever.reset.hidden = lever.now === lever.shown; });
    all(".doing button", panel).forEach((button) => { button.disabled = !any.length; });
    yaml.hidden = true;
    status.textContent = "";
    if (classes.contains("what-if") || any.length) announce(any.length);
    if (tried()) history.replaceState(null, "", any.length ? link() : location.href.split("#")[0]);
    document.title = any.length ? `${data.words.title}: ${title}` : title;
    if (!any.length) { asStated(); return; }
    classes.add("what-if");
    one(".moves", strip).textContent = any.length > 2 ? `${any.length} changes` : any.map(inShort).join("; ");
    one(".which", banner).replaceChildren(...any.map((lever) => {
      const item = document.createElement("li");
      item.textContent = `${lever.label}: ${said(lever, lever.now)} (paper: ${said(lever, lever.shown)})${lever.note && ` ${lever.note}`}`;
      return item;
    }));
    one(".later", banner).hidden = !any.some(({ moves }) => moves === "by");
    try {
      ghosts ??= statedLines();
      model.run(changes());
      classes.remove("no-answer");
      again(ghosts);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      classes.add("no-answer");
      one(".why", banner).textContent = `${data.words.refused}: ${error.message}.`;
      texts.forEach(({ element }) => element.replaceChildren("–"));
    }
  };
  const move = (lever, value) => {
    lever.now = value;
    lever.slider.value = value;
    lever.slider.setAttribute("aria-valuetext", said(lever, value));
    lever.field.removeAttribute("aria-invalid");
    if (Number(lever.field.value) !== value || lever.field.value === "") lever.field.value = value;
  };
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(show); };
  const within = (lever, value) => {
    const inside = Math.min(Math.max(value, lever.least), lever.most);
    return lever.whole ? Math.round(inside) : inside;
  };
  levers.forEach((lever) => {
    const { field, slider, reset } = lever;
    slider.setAttribute("aria-valuetext", said(lever, lever.now));
    on(slider, "input", () => {  // the step that is nearest to the paper's figure is that figure
      const value = Number(Number(slider.value).toPrecision(12));
      move(lever, Math.abs(value - lever.shown) < slider.step / 2 ? lever.shown : value);
      soon();
    });
    on(field, "input", () => {
      const value = Number(field.value);
      if (field.value !== "" && within(lever, value) === value) { move(lever, value); soon(); return; }
      field.setAttribute("aria-invalid", "true");
      const upTo = lever.most < 1e9 ? `${data.words.to} ${said(lever, lever.most)}` : data.words.up;
      status.textContent = `${lever.label}: ${lever.whole ? data.words.whole : data.words.number} ${said(lever, lever.least)} ${upTo}.`;
    });
    on(field, "change", () => {
      const value = Number(field.value), kept = field.value === "" ? lever.now : within(lever, value);
      if (kept === lever.now && field.value !== "" && kept === value) return;
      const right = field.value !== "" && kept === value;
      move(lever, kept);
      show();
      status.textContent = right ? "" : `${lever.label}: ${data.words.kept} ${said(lever, kept)}.`;
    });
    on(field, "focus", () => setTimeout(() => field.select()));
    on(field, "beforeinput", (event) => {  // 60k, which a number field would take for 60
      const times = { k: 1e3, m: 1e6 }[event.data?.toLowerCase()];
      if (!times || !field.value) return;
      event.preventDefault();
      field.value *= times;
      field.dispatchEvent(new Event("input"));
    });
    on(field, "wheel", () => field.blur());
    on(reset, "click", () => { move(lever, lever.shown); show(); field.focus(); });
  });
  const resetAll = () => { asked.checked = false; levers.forEach((lever) => move(lever, lever.shown)); show(); one("summary", panel).focus(); };
  all(".reset-all").forEach((button) => on(button, "click", resetAll));

  // What is moved, to be kept: as a scenario of the case, and in the page's own address.
  const exact = (value) => `${Number(value.toPrecision(15))}`;
  const scenario = () => {
    const any = moved(), ways = Object.fromEntries(any.flatMap(({ inputs, times }) => inputs.map(([address, periods]) => [address, { periods, times }])));
    const sets = Object.entries(changes()).flatMap(([address, values]) => {
      const { periods = [["", 0]], times } = ways[address], figure = (value) => (times === 100 ? `${exact(value * 100)}%` : exact(value));
      return periods.map(([period, place]) => `      - {input: ${address}${period && `.${period}`}, figure: ${figure(values[place])}}`);
    });
    const id = any.map(({ name, now }) => `${name}-${now}`.replace(/[^a-z0-9]+/g, "-")).join("-").slice(0, 40).replace(/-$/, "");
    const text = any.map((lever) => `${lever.label}: ${said(lever, lever.now)}`).join("; ");
    return `scenarios:\n  - id: ${id}\n    title: ${JSON.stringify(text.slice(0, 160))}\n    set:\n${sets.join("\n")}\n`;
  };
  const link = () => `${location.href.split("#")[0]}#try:${moved().map(({ address, now }) => `${address}=${exact(now)}`).join("&")}`;
  const copy = (text, done) => {
    yaml.value = text;
    yaml.hidden = false;
    yaml.focus();
    yaml.select();
    const write = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
    write.then(() => done, () => data.words.select).then((words) => { status.textContent = words; });
  };
  on(one(".copy-scenario", panel), "click", () => copy(scenario(), data.words.scenario));
  on(one(".copy-link", panel), "click", () => { const there = link(); history.replaceState(null, "", there); copy(there, data.words.link); });
  const fromLink = () => {
    let text = location.hash;
    try { text = decodeURIComponent(text); } catch {}
    if (!text.startsWith("#try:")) return;
    levers.forEach((lever) => move(lever, lever.shown));
    const unknown = text.slice(5).split("&").filter((pair) => {
      const [address, value] = pair.split("="), lever = levers.find((each) => each.address === address);
      if (!lever || !value || !Number.isFinite(Number(value))) return true;
      move(lever, within(lever, Number(value)));
      return false;
    });
    moved().forEach(({ field }) => { for (let fold = field.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true; });
    one("details", panel).open = true;
    show();
    if (unknown.length) status.textContent = `${data.words.unknown}: ${unknown.join(", ").slice(0, 300)}.`;
  };

  // Paper shows what the paper says, unless the what-if is asked for.
  const beforePrint = () => { if (!asked.checked) asStated(); };
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", show);
  on(matchMedia("print"), "change", ({ matches }) => (matches ? beforePrint() : show()));
  addEventListener("hashchange", fromLink);
  on(one("details", panel), "toggle", () => { document.documentElement.style.scrollPaddingBottom = `${panel.offsetHeight}px`; });
  panel.hidden = false;
  document.documentElement.classList.add("has-levers");
  if (!tried()) show();
  fromLink();
  return { forms, read, show, again, levers, model, move, scenario, link };
})();
