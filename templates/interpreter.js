// Works out the lines of a model that travel as data (finmodel/lines/script.py). It knows the operations of the
// language; the rules are the model's own. A number that there is not is NaN, with its reason.
"use strict";
const finmodelInterpreter = (model) => {
  const rows = [];                                   // by line: a value a period
  const sizes = [...model.timelines].map((timeline) => model.periods[timeline]);
  const at = (line, period) => (sizes[line] === 1 ? rows[line][0] : rows[line][period]);
  const fail = (what) => { throw new RangeError(what); };
  const whole = (place, count, what) =>
    (Number.isNaN(place) || (place >= 1 && place <= count && place === Math.floor(place)) ? place : fail(what));
  const compared = (test) => (a, b) => (p) => (test(a(p), b(p)) ? 1 : 0);
  const settled = (number, places) => {
    const scale = 10 ** places;
    return Math.sign(number) * (Math.floor(Math.abs(number) * scale + 0.5) / scale);
  };
  const sum = (row) => row.reduce((total, value) => total + value, 0);
  const year = (line, p) => rows[line].slice(p * 12, p * 12 + 12);

  // operations within a period: what they take is worked out in it
  const within = {
    "+": (a, b) => (p) => a(p) + b(p),
    "-": (a, b) => (p) => a(p) - b(p),
    "*": (a, b) => (p) => a(p) * b(p),
    "/": (a, b) => (p) => { const d = b(p); return d === 0 ? fail("a division by zero") : a(p) / d; },
    "<": compared((a, b) => a < b), "<=": compared((a, b) => a <= b), "=": compared((a, b) => a === b),
    ">": compared((a, b) => a > b), ">=": compared((a, b) => a >= b),
    min: (a, b) => (p) => Math.min(a(p), b(p)),
    max: (a, b) => (p) => Math.max(a(p), b(p)),
    power: (a, b) => (p) => { const base = a(p); return base <= 0 ? fail("a power of zero or less") : base ** b(p); },
    if: (flag, then, otherwise) => (p) => (flag(p) !== 0 ? then(p) : otherwise(p)),
    begun: (number, start) => (p) => Math.max(0, Math.min(1, number(p) + 1 - start(p))),
    up: (a, places) => (p) => { const s = settled(a(p), places(p)); return Math.sign(s) * Math.ceil(Math.abs(s)); },
    down: (a, places) => (p) => Math.trunc(settled(a(p), places(p))),
    known: (figure, then) => (p) => (Number.isNaN(figure(p)) ? NaN : then(p)),
    choose: (place, ...table) => (p) => {
      const n = whole(place(p), table.length, "a look-up of a place that the table does not have");
      return Number.isNaN(n) ? NaN : table[n - 1](p);
    },
    period: () => (p) => p + 1,
  };

  // operations over a line's whole row: the line's number first, then what is worked out in the period
  const over = {
    previous: (line, first) => (p) => (p ? at(line, p - 1) : first(0)),
    shifted: (line, by) => (p) => {
      const n = by(0);
      if (n < 0 || n !== Math.floor(n)) fail("a shift that is not a whole number of periods, 0 or more");
      return p >= n ? at(line, p - n) : 0;
    },
    moved: (line, by) => (p) => {
      const n = by(0), earlier = p - Math.floor(n), part = n - Math.floor(n);
      if (n < 0) fail("a move by less than 0 periods");
      return earlier < 0 ? 0 : at(line, earlier) * (1 - part) + at(line, Math.max(earlier - 1, 0)) * part;
    },
    sofar: (line) => (p) => sum(rows[line].slice(0, p + 1)),
    sum: (line) => () => sum(rows[line]),
    size: (line) => () => sum(rows[line].map(Math.abs)),
    highest: (line) => () => Math.max(...rows[line]),
    at: (line, place) => (p) => {
      const n = whole(place(p), sizes[line], "a period outside those of the case");
      return Number.isNaN(n) ? NaN : rows[line][n - 1];
    },
    bysum: (line) => (p) => sum(year(line, p)),
    byaverage: (line) => (p) => sum(year(line, p)) / 12,
    ofyear: (line) => (p) => at(line, Math.floor(p / 12)),
  };

  const compile = (rule) => {
    if (typeof rule === "number") return (p) => at(rule, p);
    if (typeof rule === "string") { const digit = Number(rule); return () => digit; }
    const [name, ...parts] = rule;
    switch (name) {
      case "lowest": return () => Math.min(...parts.map((line) => Math.min(...rows[line])));
      case "products": return () => sum(rows[parts[0]].map((value, p) => value * at(parts[1], p)));
      case "number": { const [flag, figure] = parts.slice(0, 2).map(compile); return (p) => (flag(p) !== 0 ? figure(p) : NaN); }
      case "ratio": { const [above, below] = parts.slice(0, 2).map(compile);
        return (p) => { const d = below(p); return d === 0 ? NaN : above(p) / d; }; }
      case "rate": return () => rate(rows[parts[0]]);
    }
    if (name in over) return over[name](parts[0], ...parts.slice(1).map(compile));
    return within[name](...parts.map(compile));
  };

  // the rate at which flows that change sign once are worth nothing: Σ flow · e^(−ty) = 0, with y = ln(1 + rate)
  const rate = (flows) => {
    const most = Math.max(...flows.map(Math.abs));
    const all = flows.map((flow, time) => ({ flow, time })).filter(({ flow }) => Math.abs(flow) > 1e-12 * most);
    const turns = all.filter(({ flow }, n) => n && Math.sign(flow) !== Math.sign(all[n - 1].flow)).length;
    if (turns !== 1) return NaN;
    const side = (y) => {
      const powers = all.map(({ flow, time }) => Math.log(Math.abs(flow)) - (time - all[0].time) * y);
      const top = Math.max(...powers);
      return Math.sign(sum(all.map(({ flow }, n) => Math.sign(flow) * Math.exp(powers[n] - top))));
    };
    const logs = all.map(({ flow }) => Math.log(Math.abs(flow))), times = all.map(({ time }) => time - all[0].time);
    const last = logs.length - 1;
    let low = -Math.log(2) - 1 - Math.max(...logs.slice(0, -1).map((l, n) => (l - logs[last]) / (times[last] - times[n])));
    let high = Math.log(2) + 1 + Math.max(...logs.slice(1).map((l, n) => (l - logs[0]) / times[n + 1]));
    const start = side(low);
    for (let step = 0; step < 200; step += 1) {
      const middle = (low + high) / 2;
      if (!(low < middle && middle < high)) break;
      if (side(middle) === start) low = middle; else high = middle;
    }
    return Math.expm1((low + high) / 2);
  };

  const stepped = new Map(model.stepped);
  const isInput = (line) => typeof line[0] === "number";       // values, each with for how many periods; the last to the end
  const stated = model.lines.map((line, place) => {
    if (!isInput(line)) return null;
    const row = [];
    for (let n = 0; n < line.length; n += 2) row.push(...Array(line[n + 1] ?? sizes[place] - row.length).fill(line[n]));
    return row;
  });
  const rules = model.lines.map((line) => (isInput(line) ? null : compile(line)));

  // why a rule has no number in a period: the reason of the first part without one, otherwise its own
  const why = (rule, p) => {
    if (typeof rule === "number") return isInput(model.lines[rule]) ? "" : why(model.lines[rule], sizes[rule] === 1 ? 0 : p);
    if (typeof rule === "string") return "";
    const [name, ...parts] = rule;
    const given = name === "number" || name === "ratio" || name === "rate" ? model.texts[parts[parts.length - 1]] : "";
    const operands = given === "" ? parts : parts.slice(0, -1);
    if (name === "number" && compile(parts[0])(p) === 0) return given;
    const missing = name === "rate" ? undefined : operands.find((part) => Number.isNaN(compile(part)(p)));
    return missing === undefined ? given : why(missing, p);
  };

  return {
    // every line, with other values for inputs: by address a number, or a value a period
    run(changed = {}) {
      const other = new Map(Object.entries(changed).map(([address, given]) => [model.inputs[address], given]));
      for (let line = 0; line < model.lines.length; line += 1) {
        const given = other.get(line);
        if (rules[line] === null) {
          rows[line] = given === undefined ? stated[line] : [].concat(given);
          if (rows[line].length < sizes[line]) rows[line] = Array(sizes[line]).fill(rows[line][0]);
          continue;
        }
        const together = stepped.get(line) ?? 1;
        const last = line + together - 1;
        for (let each = line; each <= last; each += 1) rows[each] = [];
        for (let p = 0; p < sizes[line]; p += 1)
          for (let each = line; each <= last; each += 1) rows[each][p] = rules[each](p);
        line = last;
      }
    },
    stated: (address) => (model.inputs[address] === undefined ? [] : stated[model.inputs[address]]),
    figures: (address) => rows[model.figures[address]].map((value) => (Number.isNaN(value) ? null : value)),
    reason: (address, period = 0) =>
      (Number.isNaN(rows[model.figures[address]][period]) ? why(model.figures[address], period) : ""),
  };
};
