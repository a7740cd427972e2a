/* What every page does once it is there: errors first, the current column in view, then data-ready for tests. */
(function () {
  "use strict";

  function focusErrors() {
    const summary = document.querySelector("[data-error-summary]");
    if (summary) {
      summary.focus();
    }
  }

  function showCurrentColumn() {
    const current = document.querySelector(".site-nav [aria-current]");
    const list = current && current.closest("ul");
    if (list && list.scrollWidth > list.clientWidth) {
      list.scrollLeft += current.getBoundingClientRect().left - list.getBoundingClientRect().left - 24;
    }
  }

  function finish() {
    focusErrors();
    showCurrentColumn();
    document.documentElement.setAttribute("data-ready", "");
  }

  if (document.readyState === "complete") {
    finish();
  } else {
    window.addEventListener("load", finish);
  }
})();
