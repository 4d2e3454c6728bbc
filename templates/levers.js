// The levers of the page. Every figure comes from the model's own lines (interpreter.js), every word from Python;
// here is only which words hold, how a figure is written (finmodel/lines/display.py), and where it stands.
const finmodelLevers = (() => {
  const data = JSON.parse(document.getElementById("levers-data").textContent);
  const model = finmodelInterpreter(data.model);
  const panel = document.getElementById("levers"), banner = document.getElementById("what-if");
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
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
  const forms = {
    pounds, short, signed, whole,
    0: (value) => number(value, 0), 1: (value) => number(value, 1), 2: (value) => number(value, 2),
    size1: (value) => number(Math.abs(value), 1), plain: (value) => plain(value, 1),
    month: (value) => data.months[Math.round(value) - 1], year: (value) => data.years[Math.round(value) - 1],
  };

  const valueOf = (place) => { const [address, period] = data.figures[place]; return model.figures(address)[period]; };
  const holds = ([place, ...ends]) => {
    const value = valueOf(place);
    if (!ends.length || value === null) return !ends.length && value === null;
    return (ends[0] === null || value >= ends[0]) && (ends[1] === null || value < ends[1]);
  };
  const written = (piece) => {
    if (typeof piece === "string") return piece;
    const [place, form, beside] = piece, [address, period] = data.figures[place], value = valueOf(place);
    const shown = document.createElement("bdi");
    shown.dataset.figure = address;
    if (period) shown.dataset.period = period;
    shown.dataset.value = value ?? "";
    if (form === "reason") shown.textContent = model.reason(address, period);
    else shown.textContent = value === null ? "no figure" : forms[form](value, beside === undefined ? undefined : valueOf(beside));
    return shown;
  };
  const read = (text) => (data.texts[text].find(([states]) => states.every(holds)) ?? [[], ["no figure"]])[1].map(written);

  const texts = all("[data-text]").map((element) => ({ element, stated: [...element.childNodes] }));
  const again = () => texts.forEach(({ element }) => element.replaceChildren(...read(element.dataset.text)));
  const asStated = () => texts.forEach(({ element, stated }) => element.replaceChildren(...stated));

  // levers: what is shown, and what the model is given
  const levers = all("[data-address]", panel).map((field) => {
    const row = field.closest(".lever");
    return { ...data.levers[Number(row.dataset.lever)], row, field, slider: one("[type=range]", row), reset: one("button", row), now: Number(field.value) };
  });
  const moved = () => levers.filter((lever) => lever.now !== Number(lever.shown));
  const given = (lever) => {
    const value = lever.now / lever.times;
    return lever.profile.length ? lever.profile.map((each) => (each * value) / lever.value) : [value];
  };
  const changes = () => Object.fromEntries(moved().flatMap((lever) => lever.addresses.map((address) => [address, given(lever)])));

  const show = () => {
    const any = moved();
    document.body.classList.toggle("what-if", any.length > 0);
    banner.hidden = !any.length;
    one(".which", banner).replaceChildren(...any.map((lever) => {
      const item = document.createElement("li");
      item.textContent = `${lever.label}: ${said(lever, lever.now)}, not ${said(lever, Number(lever.shown))}`;
      return item;
    }));
    if (!any.length) { asStated(); return; }
    model.run(changes());
    again();
  };
  const said = (lever, value) => `${lever.before}${plain(value, 4)}${lever.after}`.replace(`£${MINUS}`, JOINED);
  const move = (lever, value) => {
    lever.now = value;
    lever.slider.value = value;
    if (Number(lever.field.value) !== value) lever.field.value = value;
    lever.reset.hidden = value === Number(lever.shown);
  };
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(show); };
  levers.forEach((lever) => {
    lever.slider.addEventListener("input", () => { move(lever, Number(lever.slider.value)); soon(); });
    lever.field.addEventListener("input", () => { if (lever.field.value !== "") { move(lever, Number(lever.field.value)); soon(); } });
    lever.reset.addEventListener("click", () => { move(lever, Number(lever.shown)); soon(); lever.field.focus(); });
  });
  panel.hidden = false;
  return { forms, read, show, again, levers, model };
})();
