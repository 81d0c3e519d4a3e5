// The page reads well without this file; with it, posts arrive by themselves and answers come in place.
"use strict";

const root = document.documentElement;

document.addEventListener("DOMContentLoaded", () => {
  const at = (id) => document.getElementById(id);
  const [log, scroller, newer, state] = ["log", "scroller", "newer", "state"].map(at);
  let title = document.title;
  let unread = 0;

  const address = new URL(location.href);
  address.searchParams.delete("token"); // the cookie took over from it
  history.replaceState(null, "", address.pathname === "/" ? address : "/");

  // The server escapes all it sends; parsing through a template runs no script in any case.
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    prepare(template.content);
    return template.content;
  };

  // A sentence behind a fact is open where there is room, and folded on a phone.
  let narrow = log.clientWidth < 640;
  const foldSentences = (part) =>
    part.querySelectorAll(".fact details").forEach((details) => (details.open = !narrow));
  new ResizeObserver(() => {
    if (narrow === log.clientWidth < 640) return;
    narrow = !narrow;
    foldSentences(log);
  }).observe(log);
  // A line that an answer shows goes into the box when it is clicked; selecting it still works.
  function offerLines(part) {
    for (const place of part.querySelectorAll(".look td, .look p, .look .section span, .look .context span")) {
      const line = /^(?:[^/]{0,200}: )?(\/watch \S.*)$/.exec(place.textContent.trim())?.[1];
      if (line && !place.querySelector("a, button")) [place.dataset.line, place.title] = [line, "Put it into the box"];
    }
  }
  log.addEventListener("click", (event) => {
    const line = event.target.closest?.("[data-line]")?.dataset.line;
    if (!line || String(getSelection())) return;
    input.value = line;
    input.focus();
  });
  function prepare(part) {
    foldSentences(part);
    offerLines(part);
    part.querySelectorAll(".dismiss").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        const article = button.closest("article");
        answers.delete(article);
        article.remove();
        input.focus();
      });
    });
  }

  // The scroller's column is reversed, so that it rests at the newest post: its offset is 0 there.
  const atEnd = () => scroller.scrollTop > -80;
  const toEnd = () => (scroller.scrollTop = 0);
  scroller.addEventListener("scroll", () => atEnd() && (newer.hidden = true));
  newer.addEventListener("click", toEnd);

  // Posts
  function place(post) {
    log.dataset.newest = post.id;
    if (at(post.id)) return;
    const rested = atEnd();
    const parent = post.parent && at(post.parent);
    if (parent) parent.querySelector(".replies").append(parsed(post.html));
    else {
      const days = log.querySelectorAll(".day");
      if (!days.length || days[days.length - 1].dataset.day !== post.day) log.append(parsed(post.dayLine));
      log.append(parsed(post.html));
    }
    if (rested) toEnd();
    else newer.hidden = false;
    if (document.hidden) document.title = `(${++unread}) ${title}`;
  }
  function change(post) {
    const rested = atEnd();
    const old = at(post.id);
    if (!old) return;
    const [before, after] = [old.previousElementSibling, old.nextElementSibling];
    if (post.html) old.replaceWith(parsed(post.html));
    else {
      old.remove();
      if (before?.matches(".day") && (!after || after.matches(".day"))) before.remove();
    }
    if (rested) toEnd();
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) [unread, document.title] = [0, title];
  });

  let events;
  function listen() {
    events?.close();
    const query = new URLSearchParams({ after: log.dataset.newest, look: root.dataset.look });
    const source = (events = new EventSource(`/events?${query}`));
    source.addEventListener("post", (event) => place(JSON.parse(event.data)));
    source.addEventListener("edit", (event) => change(JSON.parse(event.data)));
    source.addEventListener("gone", (event) => change(JSON.parse(event.data)));
    source.addEventListener("open", () => (state.textContent = "Live"));
    source.addEventListener("error", () => {
      const ended = source.readyState === EventSource.CLOSED; // refused: another run, with another token
      state.textContent = ended ? "Ended: open the new link" : "Reconnecting";
    });
  }
  listen();

  // Look, colours, width
  const toggles = at("toggles");
  const answers = new Map(); // an answer's article, and its message in every look
  function showToggles() {
    for (const button of toggles.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(root.dataset[button.name] === button.value));
  }
  async function turn(name, value) {
    const rested = atEnd();
    root.dataset[name] = value;
    showToggles();
    const { look, theme, width } = root.dataset;
    const query = new URLSearchParams({ look, theme, width });
    history.replaceState(null, "", `/?${query}`);
    const reply = await fetch(`/?${query}`); // which also remembers it for the next visit
    if (name === "look" && reply.ok && root.dataset.look === value) {
      dress(new DOMParser().parseFromString(await reply.text(), "text/html"));
      listen();
    }
    if (rested) toEnd();
  }
  function dress(fresh) {
    for (const article of log.querySelectorAll("article[id]")) {
      const other = fresh.getElementById(article.id)?.querySelector(".look");
      const worn = article.querySelector(".look");
      if (other && worn) worn.replaceWith(document.adoptNode(other));
    }
    for (const [article, looks] of answers)
      article.querySelector(".look").replaceWith(parsed(looks[root.dataset.look]));
    foldSentences(log);
    offerLines(log);
  }
  toggles.addEventListener("submit", (event) => {
    event.preventDefault();
    turn(event.submitter.name, event.submitter.value);
  });

  // Commands: typed, pressed, or filled into a form
  const [input, menu, confirm] = ["command", "menu", "confirm"].map(at);
  const options = [...menu.children];
  let chosen = -1;
  let before = ""; // the command typed last

  async function ask(action, body, beneath) {
    let article;
    let refused = true;
    try {
      const reply = await fetch(action, { method: "POST", headers: { Accept: "application/json" }, body });
      if (reply.ok) {
        const said = await reply.json();
        article = parsed(said.html).firstElementChild;
        answers.set(article, said.looks);
        refused = said.refused;
        call(said.title);
      } else state.textContent = await reply.text();
    } catch {
      state.textContent = "No answer: is Vedette still running?";
    }
    if (!article) return refused;
    if (beneath?.isConnected) {
      beneath.after(article);
      article.scrollIntoView({ block: "nearest" });
    } else {
      log.append(article);
      toEnd();
    }
    // A long answer is read from its beginning.
    if (article.offsetHeight > scroller.clientHeight) article.scrollIntoView({ block: "start" });
    return refused;
  }
  function call(name) {
    if (at("where").textContent === name) return;
    at("where").textContent = at("start-of").textContent = name;
    title = `${name} – ${document.querySelector(".product").textContent}`;
    if (!unread) document.title = title;
  }
  async function type(body) {
    hideMenu();
    input.disabled = true;
    const typed = input.value;
    const refused = await ask("/answer", body);
    // What was refused stays to be mended; the arrow up brings back what was typed before.
    [input.disabled, input.value] = [false, refused ? typed : ""];
    if (typed.trim()) before = typed;
    input.focus();
  }
  const sure = (question) =>
    new Promise((resolve) => {
      at("question").textContent = question;
      confirm.returnValue = "";
      confirm.addEventListener("close", () => resolve(confirm.returnValue === "yes"), { once: true });
      confirm.showModal();
    });
  const busy = new WeakSet();
  async function press(form, body) {
    const question = form.getAttribute("action") === "/confirm" ? body.get("question") : "";
    body.delete("question");
    if (question && !(await sure(question))) return;
    if (busy.has(form)) return;
    busy.add(form); // not disabled: that would take the focus from a reader at the keyboard
    const button = form.querySelector("button");
    button.setAttribute("aria-busy", "true");
    await ask(question ? "/answer" : form.getAttribute("action"), body, form.closest(".log > article"));
    button.removeAttribute("aria-busy");
    busy.delete(form);
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post") return; // a field of that name would hide the property
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    if (form.closest(".log")) press(form, body);
    else if (body.get("command").trim()) type(body);
  });

  const shown = () => options.filter((option) => !option.hidden);
  function hideMenu() {
    menu.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(index) {
    chosen = index;
    shown().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index >= 0) input.setAttribute("aria-activedescendant", shown()[index].id);
  }
  const take = (option) => ((input.value = option.dataset.command), hideMenu(), input.focus());
  input.addEventListener("input", () => {
    const typed = input.value.trimStart().toLowerCase();
    options.forEach((option) => (option.hidden = !option.dataset.command.toLowerCase().startsWith(typed)));
    menu.hidden = !typed.startsWith("/") || !shown().length;
    input.setAttribute("aria-expanded", String(!menu.hidden));
    choose(-1);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideMenu();
    if (event.key === "ArrowUp" && !input.value && before) {
      event.preventDefault();
      input.value = before;
    }
    if (menu.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const taking = chosen >= 0 && ["Enter", "Tab"].includes(event.key);
    if (step || taking) event.preventDefault();
    if (step) choose((Math.max(chosen, step < 0 ? 0 : -1) + step + shown().length) % shown().length);
    else if (taking) take(shown()[chosen]);
  });
  input.addEventListener("blur", () => setTimeout(hideMenu, 150));
  options.forEach((option) => option.addEventListener("click", () => take(option)));

  prepare(log);
});
