"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const byId = (id) => document.getElementById(id);
  const number = new Intl.NumberFormat("en");
  const counted = (count, name) => `${number.format(count)} ${name}${count === 1 ? "" : "s"}`;

  // On a small screen the texts come first.
  const side = byId("side");
  if (matchMedia("(max-width: 63.99rem)").matches) side.open = false;

  const articles = [...document.querySelectorAll("article")].map((element) => {
    const id = element.id.slice(1);
    const text = element.querySelector(".text");
    const parts = { q: new Map(), c: new Map() };
    for (const part of text.querySelectorAll(".q,.c")) {
      const of = parts[part.classList.contains("q") ? "q" : "c"];
      const own = of.get(part.dataset.i);
      if (own) own.push(part);
      else of.set(part.dataset.i, [part]);
    }
    const entries = (list, letter, name) =>
      [...element.querySelectorAll(list)].map((entry) => ({
        entry,
        words: null,
        voice: entry.dataset.p,
        kind: entry.dataset.k,
        confidence: Number(entry.dataset.c),
        claim: "w" in entry.dataset,
        parts: parts[name].get(entry.id.slice(entry.id.indexOf("-") + 1)) ?? [],
      }));
    return {
      element,
      id,
      text,
      words: null,
      quotes: entries(".quotes>li", "i", "q"),
      claims: entries(".claims li", "c", "c"),
      list: element.querySelector(".claims"),
    };
  });
  const total = articles.reduce((sum, article) => sum + article.quotes.length, 0);

  const form = byId("filters");
  const search = byId("search");
  const confidence = byId("confidence");
  const claims = byId("claims");
  const kinds = [...form.querySelectorAll("[name=kind]")];
  const voices = [...document.querySelectorAll("[name=voice]")];

  // Any case and any blanks between words.
  function pattern() {
    const words = search.value.trim();
    if (words === "") return null;
    return new RegExp(words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
  }
  const has = (wanted, words) => {
    wanted.lastIndex = 0;
    return wanted.test(words);
  };

  function apply() {
    const wanted = pattern();
    const chosen = new Set(voices.filter((box) => box.checked).map((box) => box.value));
    const allowed = kinds.length ? new Set(kinds.filter((box) => box.checked).map((box) => box.value)) : null;
    const least = confidence ? Number(confidence.value) : 0;
    const about = claims ? claims.value : "shown";
    const narrowed = chosen.size > 0 || (allowed !== null && allowed.size < kinds.length) || least > 0 || about === "only";
    let quotesShown = 0;
    let articlesShown = 0;
    for (const article of articles) {
      const passes = article.quotes.map(
        (quote) =>
          (chosen.size === 0 || chosen.has(quote.voice)) &&
          (allowed === null || allowed.has(quote.kind)) &&
          quote.confidence >= least &&
          (about !== "only" || quote.claim),
      );
      let shown = passes;
      let seen = !narrowed || passes.includes(true);
      if (wanted) {
        const hits = article.quotes.map((quote, at) => passes[at] && has(wanted, (quote.words ??= quote.entry.textContent + quote.parts.map((part) => part.textContent).join(" "))));
        // What is found in no quotation may still be found in the text.
        if (hits.includes(true)) shown = hits;
        else seen = seen && has(wanted, (article.words ??= article.element.textContent));
      }
      article.element.hidden = !seen;
      articlesShown += seen;
      article.quotes.forEach((quote, at) => {
        quote.entry.hidden = !shown[at];
        for (const part of quote.parts) part.classList.toggle("off", !shown[at]);
        quotesShown += seen && shown[at];
      });
      for (const claim of article.claims) {
        const out = about === "hidden" || (chosen.size > 0 && !chosen.has(claim.voice));
        claim.entry.hidden = out;
        for (const part of claim.parts) part.classList.toggle("off", out);
      }
      if (article.list) article.list.hidden = article.claims.every((claim) => claim.entry.hidden);
    }
    const many = articles.length > 1 ? ` in ${number.format(articlesShown)} of ${counted(articles.length, "document")}` : "";
    byId("count").textContent = narrowed || wanted ? `${number.format(quotesShown)} of ${counted(total, "quotation")}${many}` : counted(total, "quotation");
    byId("none").hidden = articlesShown > 0 || articles.length === 0;
    if (confidence) form.querySelector("output").textContent = (least / 100).toFixed(2);
    highlight(wanted);
  }

  // Marks what is searched for without a change to the text.
  function highlight(wanted) {
    if (!CSS.highlights) return;
    CSS.highlights.delete("found");
    if (!wanted) return;
    const ranges = [];
    for (const { element, text } of articles) {
      if (element.hidden) continue;
      const nodes = [];
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      let whole = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push([whole.length, node]);
        whole += node.data;
      }
      const place = (offset, last) => {
        let at = nodes.length - 1;
        while (at > 0 && (last ? nodes[at][0] >= offset : nodes[at][0] > offset)) at -= 1;
        return [nodes[at][1], offset - nodes[at][0]];
      };
      for (const hit of whole.matchAll(wanted)) {
        if (hit[0] === "") continue;
        const range = new Range();
        range.setStart(...place(hit.index, false));
        range.setEnd(...place(hit.index + hit[0].length, true));
        ranges.push(range);
        if (ranges.length >= 2000) break;
      }
      if (ranges.length >= 2000) break;
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  let waiting = 0;
  const later = (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, event.target.type === "search" || event.target.type === "range" ? 120 : 0);
  };
  form.addEventListener("input", later);
  for (const box of voices) box.addEventListener("input", later);
  // The fields are empty only after the event.
  form.addEventListener("reset", () => {
    for (const box of voices) box.checked = false;
    setTimeout(apply);
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  // What the list says of a mark, beside the mark.
  const pop = byId("pop");
  let pinned = null;
  let closing = 0;
  function fill(target) {
    const found = [];
    for (const [kind, letter] of [["q", "i"], ["c", "c"]]) {
      const mark = target.closest(`.text .${kind}:not(.off)`);
      const entry = mark && byId(`${letter}${mark.closest("article").id.slice(1)}-${mark.dataset.i}`);
      if (entry) found.push(entry);
    }
    pop.replaceChildren(
      ...found.map((entry) => {
        const box = document.createElement("div");
        box.append(...[...entry.children].map((child) => child.cloneNode(true)));
        return box;
      }),
    );
    return found.length > 0;
  }
  function open(target, x, y) {
    clearTimeout(closing);
    if (!fill(target)) return close();
    pop.hidden = false;
    const { width, height } = pop.getBoundingClientRect();
    const below = y + 18;
    pop.style.left = `${Math.max(8, Math.min(x - 20, innerWidth - width - 8))}px`;
    pop.style.top = `${below + height < innerHeight - 8 ? below : Math.max(8, y - height - 14)}px`;
  }
  function close() {
    pop.hidden = true;
    pinned = null;
  }
  function atFocus() {
    const key = document.activeElement;
    if (!key.matches(".text .key:focus-visible")) return close();
    const { left, bottom } = key.getBoundingClientRect();
    open(key, left, bottom);
  }
  for (const { text } of articles) {
    text.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse" && !pinned) open(event.target, event.clientX, event.clientY);
    });
    text.addEventListener("pointerleave", () => {
      if (!pinned) closing = setTimeout(close, 120);
    });
    text.addEventListener("click", (event) => {
      if (event.target.closest("a") || String(getSelection()) !== "") return;
      const mark = event.target.closest(".q,.c");
      if (!mark || pinned === mark) return close();
      open(event.target, event.clientX, event.clientY);
      pinned = pop.hidden ? null : mark;
    });
    text.addEventListener("focusin", atFocus);
    text.addEventListener("focusout", close);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("click", (event) => {
    if (pinned && !event.target.closest(".text,#pop")) close();
  });
  // What has the focus may have been scrolled into sight for that.
  addEventListener("scroll", atFocus, { passive: true });

  // A link into what is folded or filtered out opens it.
  function reveal() {
    const target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    if (!target) return;
    if (target.closest("article[hidden]") || target.hidden) {
      form.reset();
    }
    for (let at = target.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "nearest" });
  }
  addEventListener("hashchange", reveal);
  apply();
  reveal();
})();
