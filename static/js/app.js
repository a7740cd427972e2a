/* Staff pages: the CSRF header of htmx requests, focus on errors that htmx brings, one submit per click. */
(function () {
  "use strict";

  const token = document.querySelector('meta[name="csrf-token"]');

  document.addEventListener("htmx:configRequest", function (event) {
    if (token && event.detail.verb !== "get") {
      event.detail.headers["X-CSRFToken"] = token.content;
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-print]")) {
      window.print();
    }
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    const summary = event.target.querySelector && event.target.querySelector("[data-error-summary]");
    /* What is marked for the focus comes before the control that had it: a moved row takes its number along. */
    const wanted = summary || (event.target.querySelector && event.target.querySelector("[autofocus]"));
    if (wanted) {
      wanted.focus();
    }
  });

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });

  /* Coming back with the browser's Back button must leave the form usable. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });
})();
