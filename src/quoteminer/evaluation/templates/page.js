"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const search = document.getElementById("text");
  const wanted = document.getElementById("document");
  const causes = [...form.querySelectorAll("#causes input")];
  const selects = [...form.querySelectorAll("select")];
  const groups = [...document.querySelectorAll(".group")];
  const number = new Intl.NumberFormat("en");
  const flat = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();
  const list = (text) => (text === "" ? [] : text.split("\n"));

  const errors = groups.flatMap((group) =>
    [...group.querySelectorAll("article")].map((element) => ({
      element,
      group,
      text: null,
      document: element.dataset.document,
      cause: list(element.dataset.cause),
      corpus: [element.dataset.corpus],
      kind: list(element.dataset.kind),
      rule: list(element.dataset.rule),
    })),
  );
  const names = new Set(errors.map((error) => error.document));
  for (const select of selects) {
    for (const option of select.options) option.dataset.name = option.text;
  }

  // Each filter: whether an error passes it.
  function filters() {
    const text = flat(search.value);
    const id = wanted.value;
    const part = flat(id);
    const chosen = new Set(causes.filter((box) => box.checked).map((box) => box.value));
    const tests = new Map([
      ["cause", (error) => chosen.size === 0 || error.cause.some((cause) => chosen.has(cause))],
      ["document", (error) => part === "" || (names.has(id) ? error.document === id : flat(error.document).includes(part))],
      ["text", (error) => text === "" || (error.text ??= flat(error.element.textContent)).includes(text)],
    ]);
    for (const select of selects) {
      const facet = select.dataset.facet;
      // By place, not by value: a corpus may have no name.
      const any = select.selectedIndex <= 0;
      const value = select.value;
      tests.set(facet, (error) => any || error[facet].includes(value));
    }
    return tests;
  }

  function apply() {
    const tests = filters();
    const counts = new Map([["cause", new Map()], ...selects.map((select) => [select.dataset.facet, new Map()])]);
    const inGroup = new Map(groups.map((group) => [group, 0]));
    let shown = 0;
    for (const error of errors) {
      const failed = [...tests].filter(([, passes]) => !passes(error)).map(([name]) => name);
      error.element.hidden = failed.length > 0;
      if (failed.length === 0) {
        shown += 1;
        inGroup.set(error.group, inGroup.get(error.group) + 1);
      }
      // A choice says how many errors it would show, all other filters left as they are.
      for (const [facet, count] of counts) {
        if (failed.length === 0 || (failed.length === 1 && failed[0] === facet)) {
          for (const value of error[facet]) count.set(value, (count.get(value) ?? 0) + 1);
        }
      }
    }
    for (const [group, count] of inGroup) {
      group.hidden = count === 0;
      group.querySelector("output").textContent = number.format(count);
    }
    for (const box of causes) {
      const count = counts.get("cause").get(box.value) ?? 0;
      box.parentElement.querySelector("output").textContent = number.format(count);
      box.parentElement.classList.toggle("empty", count === 0);
    }
    for (const select of selects) {
      for (const option of [...select.options].slice(1)) {
        const count = counts.get(select.dataset.facet).get(option.value) ?? 0;
        option.text = `${option.dataset.name} (${number.format(count)})`;
      }
    }
    const all = `${number.format(errors.length)} error${errors.length === 1 ? "" : "s"}`;
    document.getElementById("count").textContent = shown === errors.length ? all : `${number.format(shown)} of ${all}`;
    document.getElementById("nothing").hidden = shown > 0;
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, event.target.type === "search" ? 150 : 0);
  });
  // The fields are empty only after the event.
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
