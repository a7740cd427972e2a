/* Keys, mouse and clipboard of the table, as people know them from Excel and WPS. */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});

  /* The current cell and the block around it; `row` and `column` are places in what is shown. */
  grid.createSelection = function () {
    const selection = { row: 0, column: 0, fromRow: 0, fromColumn: 0 };
    selection.box = function () {
      return {
        top: Math.min(selection.row, selection.fromRow),
        bottom: Math.max(selection.row, selection.fromRow),
        left: Math.min(selection.column, selection.fromColumn),
        right: Math.max(selection.column, selection.fromColumn),
      };
    };
    return selection;
  };

  grid.bindKeys = function (config, parts) {
    const { model, view, selection, pen, picker, acts, say } = parts;
    const area = pen.element;
    const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

    function go(row, column, extend) {
      selection.row = Math.max(0, Math.min(row, model.rows.length - 1));
      selection.column = Math.max(0, Math.min(column, view.columns.length - 1));
      if (!extend) {
        selection.fromRow = selection.row;
        selection.fromColumn = selection.column;
      }
      view.show(selection.row, selection.column);
      view.paint();
      pen.place();
      parts.moved();
    }
    parts.go = go;

    function onward(back) {
      const last = view.columns.length - 1;
      const isAtEnd = back ? selection.column === 0 && selection.row === 0 : selection.column === last && selection.row === model.rows.length - 1;
      if (isAtEnd) {
        return false;
      }
      if (back) {
        go(selection.column ? selection.row : selection.row - 1, selection.column ? selection.column - 1 : last);
      } else {
        go(selection.column < last ? selection.row : selection.row + 1, selection.column < last ? selection.column + 1 : 0);
      }
      return true;
    }

    function whileEditing(event) {
      const inChoice = pen.mode === "choice";
      if (event.key === "Escape") {
        event.preventDefault();
        if (picker.isOpen()) {
          picker.close();
        } else {
          pen.cancel();
        }
      } else if (picker.isOpen() && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        picker.step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && picker.hasChoice()) {
        event.preventDefault();
        picker.take();
      } else if (event.key === "Enter" && (event.altKey || event.shiftKey) && !inChoice) {
        event.preventDefault();
        area.setRangeText("\n", area.selectionStart, area.selectionEnd, "end");
        pen.place();
      } else if (event.key === "Enter") {
        event.preventDefault();
        pen.commit();
        pen.focus();
        go(selection.row + 1, selection.column);
      } else if (event.key === "Tab") {
        event.preventDefault();
        pen.commit();
        pen.focus();
        onward(event.shiftKey);
      } else if (pen.mode === "enter" && ARROWS[event.key] && !event.shiftKey) {
        event.preventDefault();
        pen.commit();
        go(selection.row + ARROWS[event.key][0], selection.column + ARROWS[event.key][1]);
      }
    }

    function withControl(event) {
      const key = event.key.toLowerCase();
      const last = model.rows.length - 1;
      const jumps = {
        Home: [0, 0],
        End: [last, view.columns.length - 1],
        ArrowUp: [0, selection.column],
        ArrowDown: [last, selection.column],
        ArrowLeft: [selection.row, 0],
        ArrowRight: [selection.row, view.columns.length - 1],
      };
      if (jumps[event.key]) {
        event.preventDefault();
        go(jumps[event.key][0], jumps[event.key][1], event.shiftKey);
      } else if (key === "a") {
        event.preventDefault();
        selection.fromRow = 0;
        selection.fromColumn = 0;
        go(last, view.columns.length - 1, true);
      } else if (key === "z" || key === "y") {
        event.preventDefault();
        if (key === "z" && !event.shiftKey) {
          acts.undo();
        } else {
          acts.redo();
        }
      } else if (key === "d") {
        event.preventDefault();
        acts.fill();
      } else if (event.key === "Enter") {
        event.preventDefault();
        acts.insert();
      } else if (event.key === "Delete") {
        event.preventDefault();
        acts.remove();
      }
    }

    function whileIdle(event) {
      const page = Math.max(1, Math.floor((view.scroll.clientHeight - view.headHeight) / view.rowHeight) - 1);
      const at = pen.current();
      if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        event.preventDefault();
        acts.move(event.key === "ArrowUp" ? -1 : 1);
      } else if (event.ctrlKey || event.metaKey) {
        withControl(event);
      } else if (ARROWS[event.key]) {
        event.preventDefault();
        go(selection.row + ARROWS[event.key][0], selection.column + ARROWS[event.key][1], event.shiftKey);
      } else if (event.key === "Enter") {
        event.preventDefault();
        go(selection.row + (event.shiftKey ? -1 : 1), selection.column);
      } else if (event.key === "Tab") {
        if (onward(event.shiftKey)) {
          event.preventDefault();
        }
      } else if (event.key === "F2") {
        event.preventDefault();
        if (event.shiftKey) {
          acts.comment();
        } else if (at.row) {
          pen.begin("edit", at.row.text[at.column.name] || "");
        }
      } else if (event.key === "Escape") {
        event.preventDefault();
        document.querySelector("[data-grid-tools] button").focus();
        say("已离开表格。按 Tab 可以回到表格。");
      } else if (event.key === "Home" || event.key === "End") {
        event.preventDefault();
        go(selection.row, event.key === "Home" ? 0 : view.columns.length - 1, event.shiftKey);
      } else if (event.key === "PageUp" || event.key === "PageDown") {
        event.preventDefault();
        go(selection.row + (event.key === "PageUp" ? -page : page), selection.column, event.shiftKey);
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        acts.clear();
      } else if (event.key.length === 1 && at.column && at.column.kind === "choice" && config.editable) {
        event.preventDefault();
        pen.begin("choice", null);
      }
    }

    function onKey(event) {
      if (event.isComposing || event.keyCode === 229) {
        return;
      }
      if (pen.mode === "idle") {
        whileIdle(event);
      } else {
        whileEditing(event);
      }
    }
    area.addEventListener("keydown", onKey);
    document.querySelector("[data-grid-choice]").addEventListener("keydown", onKey);
    area.addEventListener("focus", function () {
      view.paint();
      pen.place();
    });

    /* The mouse: one cell, a block by dragging or with Shift, the text with a double click. */
    let isDragging = false;
    view.scroll.addEventListener("mousedown", function (event) {
      if (event.target === area && pen.mode === "idle" && event.button === 0) {
        isDragging = true;
        go(selection.row, selection.column, event.shiftKey);
      }
      const place = view.placeOf(event.target);
      if (!place || event.button !== 0) {
        return;
      }
      event.preventDefault();
      pen.commit();
      isDragging = true;
      go(place.row, place.column, event.shiftKey);
      pen.focus();
    });
    view.scroll.addEventListener("mousemove", function (event) {
      const under = isDragging && event.buttons === 1 && document.elementsFromPoint(event.clientX, event.clientY);
      const cell = under && under.find(function (one) {
        return one.closest('[role="gridcell"]');
      });
      const place = cell && view.placeOf(cell);
      if (place && (place.row !== selection.row || place.column !== selection.column)) {
        go(place.row, place.column, true);
      }
    });
    window.addEventListener("mouseup", function () {
      isDragging = false;
    });
    area.addEventListener("dblclick", function () {
      const at = pen.current();
      if (pen.mode === "idle" && at.row) {
        pen.begin("edit", at.row.text[at.column.name] || "");
      }
    });

    ["copy", "cut"].forEach(function (name) {
      area.addEventListener(name, function (event) {
        if (pen.mode === "idle") {
          event.preventDefault();
          event.clipboardData.setData("text/plain", acts.copied());
          if (name === "cut") {
            acts.clear();
          }
        }
      });
    });
    area.addEventListener("paste", function (event) {
      if (pen.mode === "idle") {
        event.preventDefault();
        acts.paste(event.clipboardData.getData("text/plain"));
      }
    });
  };
})();
