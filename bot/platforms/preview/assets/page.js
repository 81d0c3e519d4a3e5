// The page reads well without this file; with it, posts arrive by themselves and answers come in place.
"use strict";

const THEME = "vedette-theme";
const root = document.documentElement;
const stored = localStorage.getItem(THEME);
if (stored === "light" || stored === "dark") root.dataset.theme = stored;

document.addEventListener("DOMContentLoaded", () => {
  const at = (id) => document.getElementById(id);
  const [log, scroller, newer, state] = ["log", "scroller", "newer", "state"].map(at);
  const narrow = matchMedia("(max-width: 40rem)");
  const title = document.title;
  let unread = 0;

  if (location.search) history.replaceState(null, "", location.pathname); // the cookie took over from the token

  const foldSentences = (part) =>
    part.querySelectorAll(".fact details").forEach((details) => (details.open = !narrow.matches));
  narrow.addEventListener("change", () => foldSentences(log));

  // The server escapes all it sends; parsing through a template runs no script in any case.
  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    prepare(template.content);
    return template.content;
  };
  const prepare = (part) => {
    foldSentences(part);
    part.querySelectorAll(".dismiss").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        button.closest("article").remove();
        input.focus();
      });
    });
  };

  // The scroller's column is reversed, so that it rests at the newest post: its offset is 0 there.
  const atEnd = () => scroller.scrollTop > -80;
  const toEnd = () => (scroller.scrollTop = 0);
  scroller.addEventListener("scroll", () => atEnd() && (newer.hidden = true));
  newer.addEventListener("click", toEnd);

  function place(post) {
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
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) [unread, document.title] = [0, title];
  });

  const events = new EventSource(`/events?after=${encodeURIComponent(log.dataset.newest)}`);
  events.addEventListener("post", (event) => place(JSON.parse(event.data)));
  events.addEventListener("open", () => (state.textContent = "Live"));
  events.addEventListener("error", () => {
    const ended = events.readyState === EventSource.CLOSED; // refused: another run, with another token
    state.textContent = ended ? "Ended: open the new link" : "Reconnecting";
  });

  // Commands
  const [input, menu] = ["command", "menu"].map(at);
  const options = [...menu.children];
  let chosen = -1;

  async function answer(command) {
    hideMenu();
    input.disabled = true;
    try {
      const reply = await fetch("/answer", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ command }),
      });
      const html = reply.ok ? (await reply.json()).html : "";
      if (html) log.append(parsed(html));
      else state.textContent = await reply.text();
    } catch {
      state.textContent = "No answer: is Vedette still running?";
    }
    [input.disabled, input.value] = [false, ""];
    input.focus();
    toEnd();
  }
  document.querySelectorAll("form").forEach((form) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const command = (event.submitter?.value || input.value).trim();
      if (command) answer(command);
    }),
  );

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
    if (menu.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const taking = chosen >= 0 && ["Enter", "Tab"].includes(event.key);
    if (step || taking) event.preventDefault();
    if (step) choose((Math.max(chosen, step < 0 ? 0 : -1) + step + shown().length) % shown().length);
    else if (taking) take(shown()[chosen]);
  });
  input.addEventListener("blur", () => setTimeout(hideMenu, 150));
  options.forEach((option) => option.addEventListener("click", () => take(option)));

  // Colours
  const theme = at("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    localStorage.setItem(THEME, root.dataset.theme);
    showTheme();
  });
  theme.hidden = false;
  showTheme();
  prepare(log);
});
