/*
 * A searchable list of facts over <input data-combobox list="…">. Without script the browser's own list does the work;
 * with script the list can be searched by any part of a name and by the first letters of its pinyin, with the keys of
 * the ARIA combobox pattern. Choosing sends “change”, so that whatever listens to the field hears it.
 */
(function () {
  "use strict";

  const MOST = 60;
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = "combobox-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "事实");
  let field = null;
  let active = -1;

  function source(input) {
    return Array.from(document.getElementById(input.dataset.source).options);
  }

  function prepare(input) {
    if (!input.matches || !input.matches("[data-combobox][list]")) {
      return;
    }
    input.dataset.source = input.getAttribute("list");
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.dataset.settled = input.value;
  }

  function options() {
    return Array.from(list.querySelectorAll('[role="option"]'));
  }

  function matching(input) {
    const wanted = input.value.trim().toLowerCase();
    const all = source(input);
    if (!wanted || input.value === input.dataset.settled) {
      return all;
    }
    return all.filter(function (option) {
      return option.value.toLowerCase().includes(wanted) || option.dataset.initials.includes(wanted);
    });
  }

  function line(text, role) {
    const item = document.createElement("li");
    item.textContent = text;
    item.setAttribute("role", role);
    return item;
  }

  function open(input) {
    field = input;
    active = -1;
    list.replaceChildren();
    const found = matching(input);
    let topic = "";
    found.slice(0, MOST * 3).forEach(function (option, place) {
      if (option.dataset.topic !== topic) {
        topic = option.dataset.topic;
        const head = line(topic, "presentation");
        head.className = "topic";
        list.append(head);
      }
      const item = line(option.value, "option");
      item.id = "combobox-option-" + place;
      item.setAttribute("aria-selected", "false");
      list.append(item);
    });
    if (found.length === 0) {
      const none = line("没有这样的事实。请换一个词。", "presentation");
      none.className = "topic";
      list.append(none);
    }
    input.after(list);
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", list.id);
  }

  function close() {
    if (!field) {
      return;
    }
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
    field = null;
    list.remove();
  }

  function mark(place) {
    const all = options();
    if (all.length === 0) {
      return;
    }
    active = (place + all.length) % all.length;
    all.forEach(function (option, at) {
      option.setAttribute("aria-selected", at === active ? "true" : "false");
    });
    all[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[active].id);
  }

  function choose(option) {
    const input = field;
    input.value = option.textContent;
    input.dataset.settled = input.value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("focusin", function (event) {
    prepare(event.target);
    if (field && event.target !== field) {
      close();
    }
  });

  document.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.source) {
      open(event.target);
    }
  });

  document.addEventListener("click", function (event) {
    const option = event.target.closest('#combobox-list [role="option"]');
    if (option && field) {
      choose(option);
    } else if (event.target.dataset && event.target.dataset.source) {
      open(event.target);
    } else if (field && !list.contains(event.target)) {
      close();
    }
  });

  /* The field keeps the focus while an option is pressed. */
  list.addEventListener("mousedown", function (event) {
    event.preventDefault();
  });

  document.addEventListener("keydown", function (event) {
    const input = event.target;
    if (!input.dataset || !input.dataset.source || event.isComposing) {
      return;
    }
    const isOpen = field === input;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) {
        open(input);
      }
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && isOpen && options().length > 0) {
      event.preventDefault();
      choose(options()[Math.max(active, 0)]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab" && isOpen) {
      if (active >= 0) {
        choose(options()[active]);
      } else {
        close();
      }
    }
  });
})();
