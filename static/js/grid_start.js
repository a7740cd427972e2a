/* Puts the table together: fetches the rows, binds the buttons, asks now and then what others did. */
(function () {
  "use strict";

  const grid = window.hengduGrid;
  const holder = document.getElementById("grid-config");
  const POLL = 10000;
  const WIDE = window.matchMedia("(min-width: 901px)");
  if (!grid || !holder) {
    return;
  }
  const config = JSON.parse(holder.textContent);
  const find = function (name) {
    return document.querySelector("[data-grid-" + name + "]");
  };
  const SHOWN = "hengdu.grid.columns";
  const DENSITY = "hengdu.grid.density";

  function remembered(name, otherwise) {
    try {
      return JSON.parse(window.localStorage.getItem(name)) || otherwise;
    } catch (error) {
      return otherwise;
    }
  }
  function remember(name, value) {
    try {
      window.localStorage.setItem(name, JSON.stringify(value));
    } catch (error) {
      /* Only a preference. */
    }
  }

  find("desk").hidden = false;
  find("list").classList.add("is-replaced");

  const model = grid.createModel(config);
  const selection = grid.createSelection();
  const view = grid.createView(config, model, selection);
  const pen = grid.createPen(config, model, view, selection);
  function say(text) {
    find("live").textContent = text;
  }
  const parts = { model, view, selection, pen, say };
  parts.picker = grid.createPicker(config, pen, say);
  parts.acts = grid.createActs(config, parts);
  const panels = grid.createPanels(config, parts);
  parts.moved = panels.showCell;
  const sync = grid.createSync(config, model, function () {
    panels.showSaved(sync);
  });
  grid.bindKeys(config, parts);

  model.onChange(function () {
    if (selection.row >= model.rows.length) {
      selection.row = Math.max(0, model.rows.length - 1);
      selection.fromRow = Math.min(selection.fromRow, selection.row);
    }
    view.later();
    pen.place();
    panels.show();
    panels.showSaved(sync);
  });

  /* Columns and density, as the reader left them. */
  function known(names) {
    return model.columns
      .filter(function (column, index) {
        return index < 2 || names.includes(column.name);
      })
      .map(function (column) {
        return column.name;
      });
  }
  let shown = known(
    remembered(
      SHOWN,
      model.columns
        .filter(function (column) {
          return column.shown;
        })
        .map(function (column) {
          return column.name;
        }),
    ),
  );
  function arrange() {
    const density = find("density").value;
    view.arrange(shown, density);
    selection.column = Math.min(selection.column, view.columns.length - 1);
    selection.fromColumn = Math.min(selection.fromColumn, view.columns.length - 1);
    pen.place();
  }
  parts.showColumn = function (name) {
    shown = known(shown.concat(name));
    document.getElementById("column-" + name).checked = true;
    arrange();
  };
  find("density").value = remembered(DENSITY, "normal");
  if (!find("density").value) {
    find("density").value = "normal";
  }
  find("density").addEventListener("change", function () {
    remember(DENSITY, find("density").value);
    arrange();
  });
  document.querySelectorAll("[data-grid-column]").forEach(function (box) {
    box.checked = shown.includes(box.value);
    box.addEventListener("change", function () {
      shown = known(
        box.checked
          ? shown.concat(box.value)
          : shown.filter(function (name) {
              return name !== box.value;
            }),
      );
      remember(SHOWN, shown);
      arrange();
    });
  });
  /* Larger type, other fonts: the heights follow. */
  new MutationObserver(arrange).observe(document.documentElement, { attributes: true, attributeFilter: ["data-size"] });

  const BUTTONS = {
    undo: parts.acts.undo,
    redo: parts.acts.redo,
    fill: parts.acts.fill,
    paste: parts.acts.pasteButton,
    insert: parts.acts.insert,
    remove: parts.acts.remove,
    up: function () {
      parts.acts.move(-1);
    },
    down: function () {
      parts.acts.move(1);
    },
    comment: parts.acts.comment,
    retry: sync.retry,
    reload: load,
  };
  document.addEventListener("click", function (event) {
    const pressed = event.target.closest && event.target.closest("[data-grid-act]");
    if (pressed) {
      BUTTONS[pressed.dataset.gridAct]();
    }
  });
  /* A press must not take the focus from the pen before the act. */
  find("tools").addEventListener("mousedown", function (event) {
    if (event.target.closest("[data-grid-act]")) {
      event.preventDefault();
    }
  });

  parts.sendComment = function (body) {
    sync.post(config.comments, body).then(
      function (response) {
        return response.json().then(function (answer) {
          if (response.ok) {
            model.comments = answer.comments;
            view.redraw();
            panels.show();
            say("批注已保存。");
            if (find("comment-text") && !("resolve" in body) && !("answer_to" in body)) {
              find("comment-text").value = "";
            }
          } else {
            say(answer.message);
            find("comment-trouble").textContent = answer.message;
          }
        });
      },
      function () {
        find("comment-trouble").textContent = "没能保存批注，文字还在。请稍后再试。";
      },
    );
    find("comment-trouble").textContent = "";
  };
  if (find("comment-send")) {
    find("comment-send").addEventListener("click", function () {
      const at = pen.current();
      if (at.row && at.row.slug) {
        parts.sendComment({ entry: at.row.slug, column: at.column.name, text: find("comment-text").value });
      }
    });
  }

  function ask(since) {
    const at = pen.current();
    const on = document.activeElement === pen.element && at.row ? at.row.text.serial : "";
    const query = "?on=" + encodeURIComponent(on) + (since === null ? "" : "&since=" + since);
    return window.fetch(config.rows + query, { redirect: "manual" }).then(function (response) {
      if (!response.ok) {
        throw new Error(String(response.status));
      }
      return response.json();
    });
  }

  function load() {
    find("loading").hidden = false;
    find("broken").hidden = true;
    ask(null).then(
      function (answer) {
        find("loading").hidden = true;
        find("frame").hidden = false;
        model.lock = answer.lock;
        model.comments = answer.comments;
        model.doubled = answer.doubled;
        model.load(answer.rows);
        arrange();
        panels.showOthers(answer.others);
        const count = config.editable ? sync.bringBack() : 0;
        model.changed();
        say(count ? "上次没能保存的 " + count + " 格已放回，正在保存。" : model.rows.length + " 条已载入。");
        find("desk").dataset.gridReady = "";
      },
      function () {
        find("loading").hidden = true;
        find("broken").hidden = false;
      },
    );
  }

  function poll() {
    if (document.hidden || !WIDE.matches || sync.isBusy() || !("gridReady" in find("desk").dataset)) {
      return;
    }
    const since = model.lock < 0 ? null : model.lock;
    ask(since).then(
      function (answer) {
        if (sync.isBusy() || pen.mode !== "idle") {
          return;
        }
        panels.showOthers(answer.others);
        model.comments = answer.comments;
        if (answer.rows) {
          const kept = model.rows[selection.row];
          answer.order = answer.order || answer.rows.map(function (document) {
            return document.id;
          });
          model.doubled = answer.doubled;
          model.merge(answer);
          const now = model.indexOf(kept);
          if (now >= 0) {
            selection.fromRow += now - selection.row;
            selection.row = now;
          }
        }
        model.lock = answer.lock;
        model.changed();
      },
      function () {
        /* The next round asks again; saving has its own message. */
      },
    );
  }
  window.setInterval(poll, POLL);
  document.addEventListener("visibilitychange", poll);
  load();
})();
