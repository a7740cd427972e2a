/*
 * The pen lies over the current cell and has the focus: a text area, so that typing, also through an input method, begins
 * in it at once. Until something is typed it is empty and only frames the cell; then it holds the new text.
 */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});

  grid.createPen = function (config, model, view, selection) {
    const pen = document.querySelector("[data-grid-pen]");
    const choice = document.querySelector("[data-grid-choice]");
    const state = { mode: "idle", element: pen, isComposing: false };
    let target = null;

    state.current = function () {
      return { row: model.rows[selection.row], column: view.columns[selection.column] };
    };

    function lay(element, grows) {
      const column = view.columns[selection.column];
      if (!column || !model.rows[selection.row]) {
        element.hidden = true;
        return;
      }
      element.hidden = false;
      const shift = column.frozen ? view.scroll.scrollLeft : 0;
      element.style.top = view.headHeight + selection.row * view.rowHeight + "px";
      element.style.left = column.left + shift + "px";
      element.style.width = (grows ? Math.max(column.wide, 200) : column.wide) + "px";
      element.style.height = view.rowHeight + "px";
      element.classList.toggle("is-frozen", column.frozen);
      if (grows) {
        element.style.height = Math.min(Math.max(view.rowHeight, element.scrollHeight + 4), 260) + "px";
      }
    }

    state.place = function () {
      lay(pen, state.mode !== "idle" && state.mode !== "choice");
      if (state.mode === "choice") {
        lay(choice, false);
      }
      const at = state.current();
      if (!at.row || !at.column) {
        pen.removeAttribute("aria-activedescendant");
        return;
      }
      pen.setAttribute("aria-label", "第 " + (at.row.text.serial || "?") + " 条，" + at.column.label);
      if (state.mode === "idle") {
        pen.setAttribute("aria-activedescendant", view.cellId(at.row, at.column));
      } else {
        pen.removeAttribute("aria-activedescendant");
      }
    };

    state.focus = function () {
      (state.mode === "choice" ? choice : pen).focus({ preventScroll: true });
    };

    /* Begin: `typed` when the pen already holds what was typed, otherwise the text of the cell. */
    state.begin = function (mode, text) {
      const at = state.current();
      if (!config.editable || !at.row || state.mode !== "idle") {
        return;
      }
      target = at;
      if (at.column.kind === "choice") {
        state.mode = "choice";
        pen.value = "";
        choice.textContent = "";
        at.column.choices.forEach(function (label) {
          const option = document.createElement("option");
          option.textContent = label;
          option.selected = label === at.row.text[at.column.name];
          choice.appendChild(option);
        });
        choice.setAttribute("aria-label", "第 " + at.row.text.serial + " 条，" + at.column.label);
        state.place();
        choice.focus({ preventScroll: true });
        return;
      }
      state.mode = mode;
      if (text !== null) {
        pen.value = text;
        pen.setSelectionRange(text.length, text.length);
      }
      pen.classList.add("is-editing");
      state.place();
      state.focus();
      document.dispatchEvent(new CustomEvent("hengdu:pen", { detail: at }));
    };

    function finish() {
      state.mode = "idle";
      pen.value = "";
      pen.scrollTop = 0;
      pen.classList.remove("is-editing");
      choice.hidden = true;
      target = null;
      document.dispatchEvent(new CustomEvent("hengdu:pen", { detail: null }));
      state.place();
    }

    state.commit = function () {
      if (state.mode === "idle") {
        return;
      }
      const at = target;
      const text = state.mode === "choice" ? choice.value : pen.value;
      finish();
      if (model.indexOf(at.row) >= 0) {
        model.edit([{ row: at.row, column: at.column.name, text: text }]);
      }
    };
    state.cancel = function () {
      if (state.mode !== "idle") {
        finish();
      }
      pen.focus({ preventScroll: true });
    };

    pen.addEventListener("compositionstart", function () {
      state.isComposing = true;
      state.begin("enter", null);
    });
    pen.addEventListener("compositionend", function () {
      state.isComposing = false;
    });
    pen.addEventListener("input", function () {
      if (state.mode === "idle") {
        if (config.editable) {
          state.begin("enter", null);
        } else {
          pen.value = "";
        }
      }
      if (state.mode === "choice") {
        pen.value = "";
      } else {
        state.place();
      }
    });
    [pen, choice].forEach(function (element) {
      element.addEventListener("blur", function () {
        if (!state.isComposing && (element === choice ? state.mode === "choice" : state.mode !== "choice")) {
          state.commit();
        }
      });
    });
    view.scroll.addEventListener("scroll", state.place);
    return state;
  };

  /* The picker of a citation cell: provisions that fit the line being typed. */
  grid.createPicker = function (config, pen, say) {
    const list = document.querySelector("[data-grid-picker]");
    const area = pen.element;
    let found = [];
    let active = -1;
    let timer = null;
    let column = null;
    const picker = {};

    function lineOf() {
      const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
      const end = area.value.indexOf("\n", area.selectionStart);
      return { start: start, end: end < 0 ? area.value.length : end };
    }
    function draw() {
      list.textContent = "";
      list.hidden = !found.length;
      found.forEach(function (text, index) {
        const option = grid.make("div", "grid-option" + (index === active ? " is-active" : ""), "option");
        option.id = "provision-" + index;
        option.setAttribute("aria-selected", index === active ? "true" : "false");
        option.textContent = text;
        list.appendChild(option);
      });
      if (found.length) {
        list.style.left = area.style.left;
        list.style.top = parseFloat(area.style.top) + area.offsetHeight + "px";
      }
      if (active >= 0) {
        area.setAttribute("aria-activedescendant", "provision-" + active);
      } else if (pen.mode !== "idle") {
        area.removeAttribute("aria-activedescendant");
      }
    }
    picker.isOpen = function () {
      return found.length > 0;
    };
    picker.hasChoice = function () {
      return active >= 0;
    };
    picker.step = function (by) {
      active = (active + by + found.length + (active < 0 && by < 0 ? 1 : 0)) % found.length;
      draw();
    };
    picker.close = function () {
      found = [];
      active = -1;
      window.clearTimeout(timer);
      draw();
    };
    picker.take = function (index) {
      const line = lineOf();
      const text = found[index === undefined ? active : index];
      area.value = area.value.slice(0, line.start) + text + area.value.slice(line.end);
      area.setSelectionRange(line.start + text.length, line.start + text.length);
      picker.close();
      pen.place();
    };
    function ask() {
      const line = lineOf();
      const typed = area.value.slice(line.start, line.end).trim();
      if (typed.length < 2) {
        picker.close();
        return;
      }
      window
        .fetch(config.provisions + "?q=" + encodeURIComponent(typed))
        .then(function (response) {
          return response.ok ? response.json() : { found: [] };
        })
        .then(function (answer) {
          if (pen.mode === "idle" || !column) {
            return;
          }
          found = answer.found.filter(function (text) {
            return text !== typed;
          });
          active = -1;
          draw();
          say(found.length ? "找到 " + found.length + " 条，按向下键选择。" : "没有找到相符的条文，可以直接写。");
        })
        .catch(picker.close);
    }
    document.addEventListener("hengdu:pen", function (event) {
      column = event.detail && event.detail.column.kind === "provisions" ? event.detail.column : null;
      picker.close();
    });
    area.addEventListener("input", function () {
      window.clearTimeout(timer);
      if (column && pen.mode !== "idle") {
        timer = window.setTimeout(ask, 250);
      }
    });
    list.addEventListener("mousedown", function (event) {
      event.preventDefault();
      const option = event.target.closest('[role="option"]');
      if (option) {
        picker.take(Array.from(list.children).indexOf(option));
      }
    });
    return picker;
  };
})();
