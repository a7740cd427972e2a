/* 长辈版 and 深色: kept in this browser only, set on <html> before the first paint. */
(function () {
  "use strict";

  const root = document.documentElement;
  const names = ["size", "theme"];

  function stored(name) {
    try {
      return window.localStorage.getItem("hengdu-" + name) || "";
    } catch (refused) {
      return "";
    }
  }

  function keep(name, value) {
    try {
      if (value) {
        window.localStorage.setItem("hengdu-" + name, value);
      } else {
        window.localStorage.removeItem("hengdu-" + name);
      }
    } catch (refused) {
      /* A browser without storage still changes this page. */
    }
  }

  function apply(name, value) {
    if (value) {
      root.setAttribute("data-" + name, value);
    } else {
      root.removeAttribute("data-" + name);
    }
  }

  function showState() {
    document.querySelectorAll("[data-preference]").forEach(function (button) {
      const isOn = root.getAttribute("data-" + button.dataset.preference) === button.dataset.value;
      button.setAttribute("aria-pressed", String(isOn));
      button.hidden = false;
    });
  }

  function toggle(event) {
    const button = event.target.closest("[data-preference]");
    if (!button) {
      return;
    }
    const name = button.dataset.preference;
    const value = root.getAttribute("data-" + name) === button.dataset.value ? "" : button.dataset.value;
    apply(name, value);
    keep(name, value);
    showState();
    document.dispatchEvent(new CustomEvent("hengdu:preference", { detail: { name: name, value: value } }));
  }

  root.setAttribute("data-script", "on");
  names.forEach(function (name) {
    apply(name, stored(name));
  });
  document.addEventListener("click", toggle);
  document.addEventListener("DOMContentLoaded", showState);
})();
