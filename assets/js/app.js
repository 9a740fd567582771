// Everything works without this file. It starts the GOV.UK components, and adds small conveniences.
import {
  Accordion, Button, CharacterCount, Checkboxes, createAll, ErrorSummary, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink, Tabs,
} from "govuk-frontend";

const WIDE = window.matchMedia("(min-width: 70em)");

/** Opens the filter panel on wide screens, for browsers that cannot do so in the style sheet. */
function openFilters() {
  document.querySelectorAll("details[data-gt-filter]").forEach((panel) => {
    if (WIDE.matches) panel.open = true;
  });
}

/** Says how many rows are chosen, and keeps the "select all" box in step with them. */
function selection(table) {
  const boxes = [...table.querySelectorAll("input[data-gt-row]")];
  const all = table.querySelector("input[data-gt-all]");
  const form = boxes[0] && boxes[0].form;
  const count = form && form.querySelector("[data-gt-count]");
  if (!all || !boxes.length) return;
  all.closest("[hidden]")?.removeAttribute("hidden");
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    if (count) count.textContent = chosen ? `${chosen} selected` : "None selected";
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
}

/** Closes an open menu on Escape, or when something else is pressed. */
function menus() {
  const open = () => document.querySelectorAll("details[data-gt-menu][open]");
  document.addEventListener("click", (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}

/** Shows print buttons, which are of no use without script. */
function printing() {
  document.querySelectorAll("[data-gt-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}

/** Starts everything on the page. */
function start() {
  // The first lines of the page do this too, sooner, where the security policy lets them.
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  [Accordion, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput,
    Radios, ServiceNavigation, SkipLink, Tabs].forEach((component) => createAll(component));
  openFilters();
  document.querySelectorAll("[data-gt-select]").forEach(selection);
  menus();
  printing();
}

start();
