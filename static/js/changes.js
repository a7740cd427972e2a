/* Compare pages: n and p step through the changes, as do the two buttons. Without script the page reads top to bottom. */
(function () {
  "use strict";

  const changes = Array.from(document.querySelectorAll("[data-change]"));
  const keys = document.querySelector("[data-change-keys]");
  let at = -1;

  function step(by) {
    const next = at + by;
    if (next < 0 || next >= changes.length) {
      return;
    }
    at = next;
    changes[at].focus({ preventScroll: true });
    changes[at].scrollIntoView({ block: "start" });
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  }

  if (keys) {
    keys.hidden = false;
    keys.addEventListener("click", function (event) {
      const button = event.target.closest("button");
      if (button && button.dataset.step) {
        step(Number(button.dataset.step));
      } else if (button) {
        window.print();
      }
    });
  }

  document.addEventListener("focusin", function (event) {
    const row = event.target.closest("[data-change]");
    if (row) {
      at = changes.indexOf(row);
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) {
      return;
    }
    if (event.key === "n" || event.key === "p") {
      event.preventDefault();
      step(event.key === "n" ? 1 : -1);
    }
  });
})();
