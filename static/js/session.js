/*
 * Warns two minutes before the session ends for lack of use, and says so when it has ended. Other tabs may have moved
 * the end: the server is asked before anything is shown. `hengdu:session-ending` and `hengdu:session-ended` on the
 * document tell other scripts (drafts).
 */
(function () {
  "use strict";

  const WARN_SECONDS = 120;
  const dialog = document.getElementById("session-warning");
  const token = document.querySelector('meta[name="csrf-token"]');
  if (!dialog || !dialog.showModal) {
    return;
  }
  const minutes = dialog.querySelector("[data-minutes]");
  let timer = null;

  function tell(name, left) {
    document.dispatchEvent(new CustomEvent(name, { detail: { seconds: left } }));
  }

  function show(which) {
    dialog.querySelectorAll("[data-when]").forEach(function (part) {
      part.hidden = part.dataset.when !== which;
    });
    const shown = dialog.querySelector("[data-when]:not([hidden])");
    dialog.setAttribute("aria-labelledby", shown.querySelector("h2").id);
    dialog.setAttribute("aria-describedby", shown.querySelector("p").id);
    if (!dialog.open) {
      dialog.showModal();
    }
    shown.querySelector(".button").focus();
  }

  function ended() {
    clearTimeout(timer);
    const here = window.location.pathname + window.location.search;
    dialog.querySelector("[data-login]").href = dialog.dataset.loginUrl + "?next=" + encodeURIComponent(here);
    show("ended");
    tell("hengdu:session-ended", 0);
  }

  /* `left` seconds as the server counts them. */
  function plan(left) {
    clearTimeout(timer);
    if (left <= 0) {
      ended();
    } else if (left <= WARN_SECONDS) {
      minutes.textContent = left > 60 ? "2 分钟" : "1 分钟";
      if (!dialog.open) {
        tell("hengdu:session-ending", left);
      }
      show("ending");
      timer = setTimeout(ask, Math.min(left, 30) * 1000 + 500);
    } else {
      if (dialog.open) {
        dialog.close();
      }
      timer = setTimeout(ask, (left - WARN_SECONDS) * 1000 + 500);
    }
  }

  function request(method) {
    const headers = method === "POST" ? { "X-CSRFToken": token ? token.content : "" } : {};
    return fetch(dialog.dataset.leftUrl, { method: method, headers: headers, redirect: "manual", cache: "no-store" });
  }

  function ask(method) {
    request(method === "POST" ? "POST" : "GET")
      .then(function (answer) {
        if (!answer.ok) {
          ended();
          return null;
        }
        return answer.json().then(function (told) {
          plan(told.left);
        });
      })
      .catch(function () {
        /* No network: the count goes on without being shown as an end that did not happen. */
        timer = setTimeout(ask, 30000);
      });
  }

  dialog.querySelector("[data-go-on]").addEventListener("click", function () {
    ask("POST");
  });
  /* Esc is an act of the person too: they are there. An ended session cannot be waved away. */
  dialog.addEventListener("cancel", function (event) {
    event.preventDefault();
    if (dialog.querySelector('[data-when="ended"]').hidden) {
      ask("POST");
    }
  });

  /* Timers sleep with the computer: whoever comes back to the tab sees at once where they stand. */
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") {
      ask();
    }
  });

  plan(Number(dialog.dataset.left));
})();
